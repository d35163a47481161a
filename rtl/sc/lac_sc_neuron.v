// SPDX-License-Identifier: Apache-2.0
// The integral stochastic neuron without its activation (P6, figure 11): products, bias, and an adder tree that keeps every bit.
//
//   W[i] = sum over k < Integral of (state[k, i] < code[i] ? 1 : -1)            the weight's integral stream, m comparators
//   sum  = sum over i of (bit[i] ? W[i] : 0) + W[bias]                          AND gating; two cycles after its bits
//
// Bipolar, the conventional neuron: a bit 0 is -1, products are XNORs, (bit[i] ? W[i] : -W[i]).
// Parts of PartInputs inputs are summed in the first cycle, the parts in the second.
`default_nettype none

module lac_sc_neuron #(
    parameter Inputs     = 784,  // without the bias
    parameter Bipolar    = 0,    // 1: a bit 0 stands for -1
    parameter Integral   = 4,    // P6's m: streams of a weight
    parameter PartInputs = 28,   // inputs summed in the first cycle
    parameter Width      = 11,   // bits of a register's state and of a code
    // Derived; not to be set.
    parameter SumWidth   = $clog2(Integral * (Inputs + 1) + 1) + 1
) (
    input  wire                                 clk_i,
    input  wire [Inputs-1:0]                    bits_i,
    input  wire [Integral*(Inputs+1)*Width-1:0] states_i,  // [k][input], the bias last
    input  wire [(Inputs+1)*Width-1:0]          codes_i,   // the bias last
    output reg signed [SumWidth-1:0]            sum_o
);
  localparam Parts       = (Inputs + PartInputs - 1) / PartInputs;
  localparam PartMost    = (PartInputs < Inputs) ? PartInputs : Inputs;
  localparam PartWidth   = $clog2(Integral * PartMost + 1) + 1;
  localparam WeightWidth = $clog2(Integral + 1) + 1;

  reg        [Parts*PartWidth-1:0] parts, parts_q;
  reg        [WeightWidth-1:0]     ones, bias_ones;
  reg signed [WeightWidth-1:0]     weight, bias, bias_q;
  integer                          i, k, b;

  // Waived WIDTH: everything is signed, so the narrower operands are extended.
  // verilator lint_off WIDTH
  // Additions stand outside of conditions: so synthesis makes one tree of carry-save adders of them.
  always @(*) begin
    parts = {(Parts*PartWidth){1'b0}};
    ones  = {WeightWidth{1'b0}};
    for (i = 0; i < Inputs; i = i + 1) begin
      weight = {WeightWidth{1'b0}};
      if (bits_i[i] || Bipolar != 0) begin
        ones = {WeightWidth{1'b0}};
        for (k = 0; k < Integral; k = k + 1)  // the weight's bit, or whether it is the input's
          ones = ones + ((states_i[(k*(Inputs+1)+i)*Width +: Width] < codes_i[i*Width +: Width]) ^ (Bipolar != 0 && !bits_i[i]));
        weight = ones + ones - Integral;
      end
      parts[(i/PartInputs)*PartWidth +: PartWidth] = $signed(parts[(i/PartInputs)*PartWidth +: PartWidth]) + weight;
    end
  end

  always @(*) begin
    bias_ones = {WeightWidth{1'b0}};
    for (b = 0; b < Integral; b = b + 1)
      bias_ones = bias_ones + (states_i[(b*(Inputs+1)+Inputs)*Width +: Width] < codes_i[Inputs*Width +: Width]);
    bias = bias_ones + bias_ones - Integral;
  end
  // verilator lint_on WIDTH

  // The bias's number is at most as wide as a part, and is summed as one.
  wire [PartWidth-1:0]       bias_part = {{(PartWidth-WeightWidth){bias_q[WeightWidth-1]}}, bias_q};
  wire signed [SumWidth-1:0] sum;
  lac_sum #(
      .Numbers (Parts + 1),
      .InWidth (PartWidth),
      .SumWidth(SumWidth)
  ) tree (
      .numbers_i({bias_part, parts_q}),
      .sum_o    (sum)
  );

  always @(posedge clk_i) begin
    parts_q <= parts;
    bias_q  <= bias;
    sum_o   <= sum;
  end
endmodule

`default_nettype wire
