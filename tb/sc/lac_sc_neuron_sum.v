// SPDX-License-Identifier: Apache-2.0
// For a proof that a neuron's tree is the sum of its products for every bit, state and code. Needs lac_sc_neuron with its registers
// turned into ports, as Yosys's `expose -evert-dff` leaves it; what goes into the first stage's registers is fed on at once.
`default_nettype none

module lac_sc_neuron_sum #(
    parameter Inputs     = 5,
    parameter Bipolar    = 0,
    parameter Integral   = 2,
    parameter PartInputs = 2,
    parameter Width      = 2,
    parameter SumWidth   = $clog2(Integral * (Inputs + 1) + 1) + 1
) (
    input  wire [Inputs-1:0]                    bits_i,
    input  wire [Integral*(Inputs+1)*Width-1:0] states_i,
    input  wire [(Inputs+1)*Width-1:0]          codes_i,
    output wire                                 wrong_o    // to be proved 0
);
  localparam Parts     = (Inputs + PartInputs - 1) / PartInputs;
  localparam PartWidth = $clog2(Integral * PartInputs + 1) + 1;
  localparam BiasWidth = $clog2(Integral + 1) + 1;

  wire        [Parts*PartWidth-1:0] parts;
  wire        [BiasWidth-1:0]       bias;
  wire signed [SumWidth-1:0]        sum;

  lac_sc_neuron neuron (
      .bits_i      (bits_i),
      .states_i    (states_i),
      .codes_i     (codes_i),
      .\parts_q.q  (parts),
      .\parts_q.d  (parts),
      .\bias_q.q   (bias),
      .\bias_q.d   (bias),
      .\sum_o.q    ({SumWidth{1'b0}}),
      .\sum_o.d    (sum)
  );

  integer wanted, weight, i, k;
  always @(*) begin
    wanted = 0;
    for (i = 0; i <= Inputs; i = i + 1) begin
      for (k = 0; k < Integral; k = k + 1) begin
        weight = (states_i[(k*(Inputs+1)+i)*Width +: Width] < codes_i[i*Width +: Width]) ? 1 : -1;
        if (i == Inputs || bits_i[i % Inputs]) wanted = wanted + weight;
        else if (Bipolar != 0) wanted = wanted - weight;
      end
    end
  end

  assign wrong_o = sum != wanted;
endmodule

`default_nettype wire
