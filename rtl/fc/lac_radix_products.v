// SPDX-License-Identifier: Apache-2.0
// Products of a binary-radix neuron (combinational): a multiplier for each input.
//
//   product[i] = weight[i] x value[i], two's complement
//
// A module of its own, so that synthesis maps multipliers and adder tree apart; merged, they take ABC minutes for a few inputs.
`default_nettype none

module lac_radix_products #(
    parameter Inputs      = 784,  // of the neuron
    parameter WeightBits  = 8,    // bits of a weight, an integer in two's complement
    parameter ValueBits   = 8,    // bits of an activation
    parameter ProductBits = 16    // bits of a product, WeightBits + ValueBits
) (
    input  wire [Inputs*ValueBits-1:0]   values_i,
    input  wire [Inputs*WeightBits-1:0]  weights_i,
    output reg  [Inputs*ProductBits-1:0] products_o
);
  integer i;

  // Waived WIDTH: everything is signed, so the narrower operands are extended.
  // verilator lint_off WIDTH
  always @(*) begin
    for (i = 0; i < Inputs; i = i + 1)
      products_o[i*ProductBits +: ProductBits] = $signed(weights_i[i*WeightBits +: WeightBits]) * $signed(values_i[i*ValueBits +: ValueBits]);
  end
  // verilator lint_on WIDTH
endmodule

`default_nettype wire
