// SPDX-License-Identifier: Apache-2.0
// Encoder of zero states: puts a unit's groups together and turns it into a beat of the h list.
//
// A unit is kept if any stream's value is not zero, or always with SkipZeros = 0: that is the whole difference between the sparse and
// the dense engine (P3, "encoder of zero states").
`default_nettype none

module lac_lstm_encoder #(
    parameter Batch      = 8,   // streams
    parameter EwWidth    = 2,   // streams of a group, lowest group first
    parameter ValueBits  = 8,   // bits of a value
    parameter GroupWidth = 2,   // bits of a group's number
    parameter UnitWidth  = 10,  // bits of a unit's number
    parameter SkipZeros  = 1    // 0: keep every unit
) (
    input  wire                                 clk_i,
    input  wire                                 valid_i,
    input  wire                                 last_i,   // last group of the step
    input  wire [UnitWidth-1:0]                 unit_i,
    input  wire [GroupWidth-1:0]                group_i,
    input  wire [EwWidth*ValueBits-1:0]         h_i,
    output wire                                 valid_o,
    output wire [UnitWidth+Batch*ValueBits+1:0] data_o    // {last, keep, unit, values}
);
  localparam Groups = Batch / EwWidth;
  localparam Group  = EwWidth * ValueBits;

  wire [Batch*ValueBits-1:0] values;
  generate
    if (Groups == 1) begin : g_one_group
      assign values  = h_i;
      assign valid_o = valid_i;
      wire unused = |{clk_i, group_i};
    end else begin : g_groups
      localparam LastGroup = Groups - 1;
      reg [(Groups-1)*Group-1:0] waiting_q;  // the groups before, the first one lowest when all are there
      always @(posedge clk_i) begin
        if (valid_i) waiting_q <= values[Batch*ValueBits-1:Group];
      end
      assign values  = {h_i, waiting_q};
      assign valid_o = valid_i && group_i == LastGroup[GroupWidth-1:0];
    end
  endgenerate

  wire keep = SkipZeros == 0 || |values;
  assign data_o = {last_i, keep, unit_i, values};
endmodule

`default_nettype wire
