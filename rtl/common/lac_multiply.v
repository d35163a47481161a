// SPDX-License-Identifier: Apache-2.0
// Product of a weight and a value (combinational): the only place that knows the weight format.
//
//   product_o = weight x value_i, two's complement
//
// WeightBits names the format: 1 is binary (P4), where the bit is the sign, 1 for -1; 2 is ternary (P4), 00, 01 and 11 for 0, 1
// and -1; more bits are an integer in two's complement (8: P3; 12: the papers' full precision). Binary and ternary need no
// multiplier: a negation and a selection.
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
  generate
    if (WeightBits != 1 && WeightBits != 2 && WeightBits != 8 && WeightBits != 12) begin : g_check
      lac_multiply_weightbits_must_be_1_2_8_or_12 fault ();
    end
    if (WeightBits <= 2) begin : g_sign
      wire [ProductBits-1:0] value    = {{(ProductBits-ValueBits){value_i[ValueBits-1]}}, value_i};
      wire                   negative = weight_i[WeightBits-1];
      wire [ProductBits-1:0] signed_value = (value ^ {ProductBits{negative}}) + {{(ProductBits-1){1'b0}}, negative};
      if (WeightBits == 1) begin : g_binary
        assign product_o = signed_value;
      end else begin : g_ternary
        assign product_o = weight_i[0] ? signed_value : {ProductBits{1'b0}};
      end
    end else begin : g_integer
      assign product_o = $signed(weight_i) * $signed(value_i);
    end
  endgenerate
endmodule

`default_nettype wire
