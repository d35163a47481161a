// SPDX-License-Identifier: Apache-2.0
// Arithmetic right shift that rounds half up, plus an offset, saturated (combinational).
//
//   value_o = saturate(floor(value_i / 2^shift_i + 1/2) + offset_i)
//
// The one place where RTL rounds; golden/fixed_point.h (round_shift, saturate) is its model.
`default_nettype none

module lac_shift_saturate #(
    parameter InWidth    = 41,  // bits of the value
    parameter ShiftWidth = 5,   // bits of the shift
    parameter OutWidth   = 16   // bits of the result and of the offset
) (
    input  wire signed [InWidth-1:0]    value_i,
    input  wire        [ShiftWidth-1:0] shift_i,
    input  wire signed [OutWidth-1:0]   offset_i,
    output wire signed [OutWidth-1:0]   value_o
);
  // floor(v / 2^s + 1/2) = floor((floor(v / 2^(s-1)) + 1) / 2): one guard bit below the result.
  wire signed [InWidth:0]   guarded = $signed({value_i, 1'b0}) >>> shift_i;
  wire signed [InWidth+1:0] rounded =
      ($signed({guarded[InWidth], guarded}) + $signed({{(InWidth+1){1'b0}}, 1'b1})) >>> 1;
  wire signed [InWidth+1:0] total =
      rounded + $signed({{(InWidth+2-OutWidth){offset_i[OutWidth-1]}}, offset_i});

  wire fits = total[InWidth+1:OutWidth-1] == {(InWidth+3-OutWidth){total[InWidth+1]}};
  assign value_o = fits ? total[OutWidth-1:0] : {total[InWidth+1], {(OutWidth-1){~total[InWidth+1]}}};
endmodule

`default_nettype wire
