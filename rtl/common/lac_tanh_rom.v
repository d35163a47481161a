// SPDX-License-Identifier: Apache-2.0
// Generated from golden/activation.h by generate_tanh_rom; do not edit.
//
// Table of tanh for the positive half of the argument's range, in 128 segments of 1/16:
//
//     base_o  = Y[k] = min(32767, round(32768 tanh(k / 16)))      Q0.15
//     slope_o = D[k] = Y[k + 1] - Y[k]                            k = segment_i
//
// The straight line of a segment is base_o + ((slope_o * d + 128) >> 8) with d = 0..255 the
// argument's position in it (docs/lstm.md, "Numeric formats"); sigmoid uses the same table.
// Combinational.
`default_nettype none

module lac_tanh_rom (
    input  wire [ 6:0] segment_i,
    output wire [14:0] base_o,
    output wire [10:0] slope_o
);

  function [25:0] entry(input [6:0] segment);
    case (segment)
      7'd0:   entry = {15'd0, 11'd2045};
      7'd1:   entry = {15'd2045, 11'd2030};
      7'd2:   entry = {15'd4075, 11'd1998};
      7'd3:   entry = {15'd6073, 11'd1952};
      7'd4:   entry = {15'd8025, 11'd1894};
      7'd5:   entry = {15'd9919, 11'd1824};
      7'd6:   entry = {15'd11743, 11'd1743};
      7'd7:   entry = {15'd13486, 11'd1657};
      7'd8:   entry = {15'd15143, 11'd1563};
      7'd9:   entry = {15'd16706, 11'd1467};
      7'd10:  entry = {15'd18173, 11'd1369};
      7'd11:  entry = {15'd19542, 11'd1271};
      7'd12:  entry = {15'd20813, 11'd1173};
      7'd13:  entry = {15'd21986, 11'd1080};
      7'd14:  entry = {15'd23066, 11'd988};
      7'd15:  entry = {15'd24054, 11'd902};
      7'd16:  entry = {15'd24956, 11'd820};
      7'd17:  entry = {15'd25776, 11'd743};
      7'd18:  entry = {15'd26519, 11'd672};
      7'd19:  entry = {15'd27191, 11'd606};
      7'd20:  entry = {15'd27797, 11'd544};
      7'd21:  entry = {15'd28341, 11'd489};
      7'd22:  entry = {15'd28830, 11'd438};
      7'd23:  entry = {15'd29268, 11'd392};
      7'd24:  entry = {15'd29660, 11'd350};
      7'd25:  entry = {15'd30010, 11'd312};
      7'd26:  entry = {15'd30322, 11'd278};
      7'd27:  entry = {15'd30600, 11'd247};
      7'd28:  entry = {15'd30847, 11'd220};
      7'd29:  entry = {15'd31067, 11'd195};
      7'd30:  entry = {15'd31262, 11'd173};
      7'd31:  entry = {15'd31435, 11'd154};
      7'd32:  entry = {15'd31589, 11'd137};
      7'd33:  entry = {15'd31726, 11'd120};
      7'd34:  entry = {15'd31846, 11'd107};
      7'd35:  entry = {15'd31953, 11'd95};
      7'd36:  entry = {15'd32048, 11'd84};
      7'd37:  entry = {15'd32132, 11'd74};
      7'd38:  entry = {15'd32206, 11'd65};
      7'd39:  entry = {15'd32271, 11'd58};
      7'd40:  entry = {15'd32329, 11'd52};
      7'd41:  entry = {15'd32381, 11'd45};
      7'd42:  entry = {15'd32426, 11'd40};
      7'd43:  entry = {15'd32466, 11'd35};
      7'd44:  entry = {15'd32501, 11'd31};
      7'd45:  entry = {15'd32532, 11'd28};
      7'd46:  entry = {15'd32560, 11'd24};
      7'd47:  entry = {15'd32584, 11'd22};
      7'd48:  entry = {15'd32606, 11'd19};
      7'd49:  entry = {15'd32625, 11'd17};
      7'd50:  entry = {15'd32642, 11'd15};
      7'd51:  entry = {15'd32657, 11'd13};
      7'd52:  entry = {15'd32670, 11'd11};
      7'd53:  entry = {15'd32681, 11'd10};
      7'd54:  entry = {15'd32691, 11'd9};
      7'd55:  entry = {15'd32700, 11'd8};
      7'd56:  entry = {15'd32708, 11'd7};
      7'd57:  entry = {15'd32715, 11'd6};
      7'd58:  entry = {15'd32721, 11'd6};
      7'd59:  entry = {15'd32727, 11'd5};
      7'd60:  entry = {15'd32732, 11'd4};
      7'd61:  entry = {15'd32736, 11'd4};
      7'd62:  entry = {15'd32740, 11'd3};
      7'd63:  entry = {15'd32743, 11'd3};
      7'd64:  entry = {15'd32746, 11'd3};
      7'd65:  entry = {15'd32749, 11'd2};
      7'd66:  entry = {15'd32751, 11'd2};
      7'd67:  entry = {15'd32753, 11'd2};
      7'd68:  entry = {15'd32755, 11'd1};
      7'd69:  entry = {15'd32756, 11'd2};
      7'd70:  entry = {15'd32758, 11'd1};
      7'd71:  entry = {15'd32759, 11'd1};
      7'd72:  entry = {15'd32760, 11'd1};
      7'd73:  entry = {15'd32761, 11'd1};
      7'd74:  entry = {15'd32762, 11'd0};
      7'd75:  entry = {15'd32762, 11'd1};
      7'd76:  entry = {15'd32763, 11'd1};
      7'd77:  entry = {15'd32764, 11'd0};
      7'd78:  entry = {15'd32764, 11'd1};
      7'd79:  entry = {15'd32765, 11'd0};
      7'd80:  entry = {15'd32765, 11'd0};
      7'd81:  entry = {15'd32765, 11'd1};
      7'd82:  entry = {15'd32766, 11'd0};
      7'd83:  entry = {15'd32766, 11'd0};
      7'd84:  entry = {15'd32766, 11'd0};
      7'd85:  entry = {15'd32766, 11'd1};
      7'd86:  entry = {15'd32767, 11'd0};
      7'd87:  entry = {15'd32767, 11'd0};
      7'd88:  entry = {15'd32767, 11'd0};
      7'd89:  entry = {15'd32767, 11'd0};
      7'd90:  entry = {15'd32767, 11'd0};
      7'd91:  entry = {15'd32767, 11'd0};
      7'd92:  entry = {15'd32767, 11'd0};
      7'd93:  entry = {15'd32767, 11'd0};
      7'd94:  entry = {15'd32767, 11'd0};
      7'd95:  entry = {15'd32767, 11'd0};
      7'd96:  entry = {15'd32767, 11'd0};
      7'd97:  entry = {15'd32767, 11'd0};
      7'd98:  entry = {15'd32767, 11'd0};
      7'd99:  entry = {15'd32767, 11'd0};
      7'd100: entry = {15'd32767, 11'd0};
      7'd101: entry = {15'd32767, 11'd0};
      7'd102: entry = {15'd32767, 11'd0};
      7'd103: entry = {15'd32767, 11'd0};
      7'd104: entry = {15'd32767, 11'd0};
      7'd105: entry = {15'd32767, 11'd0};
      7'd106: entry = {15'd32767, 11'd0};
      7'd107: entry = {15'd32767, 11'd0};
      7'd108: entry = {15'd32767, 11'd0};
      7'd109: entry = {15'd32767, 11'd0};
      7'd110: entry = {15'd32767, 11'd0};
      7'd111: entry = {15'd32767, 11'd0};
      7'd112: entry = {15'd32767, 11'd0};
      7'd113: entry = {15'd32767, 11'd0};
      7'd114: entry = {15'd32767, 11'd0};
      7'd115: entry = {15'd32767, 11'd0};
      7'd116: entry = {15'd32767, 11'd0};
      7'd117: entry = {15'd32767, 11'd0};
      7'd118: entry = {15'd32767, 11'd0};
      7'd119: entry = {15'd32767, 11'd0};
      7'd120: entry = {15'd32767, 11'd0};
      7'd121: entry = {15'd32767, 11'd0};
      7'd122: entry = {15'd32767, 11'd0};
      7'd123: entry = {15'd32767, 11'd0};
      7'd124: entry = {15'd32767, 11'd0};
      7'd125: entry = {15'd32767, 11'd0};
      7'd126: entry = {15'd32767, 11'd0};
      7'd127: entry = {15'd32767, 11'd0};
    endcase
  endfunction

  assign {base_o, slope_o} = entry(segment_i);

endmodule

`default_nettype wire
