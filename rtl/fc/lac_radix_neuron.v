// SPDX-License-Identifier: Apache-2.0
// The binary-radix neuron without its activation: a multiplier for each input and an adder tree, the baseline of the stochastic one (P6).
//
//   sum = sum over i of weight[i] x value[i]           two cycles after its values
//
// Parts of PartInputs inputs are summed in the first cycle, the parts in the second, as in lac_sc_neuron.
`default_nettype none

module lac_radix_neuron #(
    parameter Inputs     = 784,  // of the neuron
    parameter WeightBits = 8,    // bits of a weight, an integer in two's complement
    parameter ValueBits  = 8,    // bits of an activation
    parameter AccWidth   = 28,   // bits of a sum
    parameter PartInputs = 28    // inputs summed in the first cycle
) (
    input  wire                         clk_i,
    input  wire [Inputs*ValueBits-1:0]  values_i,
    input  wire [Inputs*WeightBits-1:0] weights_i,
    output reg signed [AccWidth-1:0]    sum_o
);
  localparam ProductBits = WeightBits + ValueBits;
  localparam Parts       = (Inputs + PartInputs - 1) / PartInputs;
  localparam PartMost    = (PartInputs < Inputs) ? PartInputs : Inputs;
  localparam PartWidth   = ProductBits + $clog2(PartMost);

  reg  [Parts*PartWidth-1:0] parts, parts_q;
  integer                    i;

  generate
    if (WeightBits < 3) begin : g_format
      lac_radix_neuron_weights_must_be_integers fault ();
    end
    if (AccWidth < PartWidth) begin : g_width
      lac_radix_neuron_accwidth_out_of_range fault ();
    end
  endgenerate

  wire [Inputs*ProductBits-1:0] products;
  lac_radix_products #(
      .Inputs     (Inputs),
      .WeightBits (WeightBits),
      .ValueBits  (ValueBits),
      .ProductBits(ProductBits)
  ) multipliers (
      .values_i  (values_i),
      .weights_i (weights_i),
      .products_o(products)
  );

  // Waived WIDTH: everything is signed, so the narrower operands are extended.
  // verilator lint_off WIDTH
  always @(*) begin
    parts = {(Parts*PartWidth){1'b0}};
    for (i = 0; i < Inputs; i = i + 1) begin
      parts[(i/PartInputs)*PartWidth +: PartWidth] =
          $signed(parts[(i/PartInputs)*PartWidth +: PartWidth]) + $signed(products[i*ProductBits +: ProductBits]);
    end
  end
  // verilator lint_on WIDTH

  wire signed [AccWidth-1:0] sum;
  lac_sum #(
      .Numbers (Parts),
      .InWidth (PartWidth),
      .SumWidth(AccWidth)
  ) tree (
      .numbers_i(parts_q),
      .sum_o    (sum)
  );

  always @(posedge clk_i) begin
    parts_q <= parts;
    sum_o   <= sum;
  end
endmodule

`default_nettype wire
