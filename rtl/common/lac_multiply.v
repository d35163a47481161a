// SPDX-License-Identifier: Apache-2.0
// Product of a weight and a value (combinational): the only place that knows the weight format.
//
//   product_o = weight_i x value_i, two's complement
`default_nettype none

module lac_multiply #(
    parameter WeightBits  = 8,  // bits of a weight
    parameter ValueBits   = 8,  // bits of a value
    parameter ProductBits = 16  // bits of the product, WeightBits + ValueBits
) (
    input  wire        [WeightBits-1:0]  weight_i,
    input  wire        [ValueBits-1:0]   value_i,
    output wire signed [ProductBits-1:0] product_o
);
  assign product_o = $signed(weight_i) * $signed(value_i);
endmodule

`default_nettype wire
