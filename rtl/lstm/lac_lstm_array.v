// SPDX-License-Identifier: Apache-2.0
// The lanes: Lanes x Batch processing elements and the drain chains through them.
//
// Lane 4 x slot + gate; the chain of a gate runs from the last slot to slot 0, whose lanes are the head.
`default_nettype none

module lac_lstm_array #(
    parameter Lanes      = 24,  // weights a cycle, a multiple of 4
    parameter Batch      = 8,   // streams that share a weight
    parameter EwWidth    = 2,   // streams on the chain
    parameter WeightBits = 8,   // bits of a weight
    parameter ValueBits  = 8,   // bits of a value
    parameter AccWidth   = 24,  // bits of a sum
    parameter Sums       = 32,  // sums a PE holds of each set
    parameter SumAddr    = 5,   // bits of a sum's address
    parameter GroupWidth = 2    // bits of a group's number
) (
    input  wire                            clk_i,
    input  wire                            mul_en_i,
    input  wire [Lanes*WeightBits-1:0]     weights_i,
    input  wire [Batch*ValueBits-1:0]      values_i,
    input  wire                            acc_x_en_i,
    input  wire                            acc_h_en_i,
    input  wire                            acc_first_i,
    input  wire [SumAddr-1:0]              acc_addr_i,
    input  wire                            drain_en_i,
    input  wire                            drain_load_i,
    input  wire [SumAddr-1:0]              drain_addr_i,
    input  wire [GroupWidth-1:0]           drain_group_i,
    output wire [4*EwWidth*2*AccWidth-1:0] head_o
);
  localparam Link = EwWidth * 2 * AccWidth;

  // Link l is what lane l puts out; four links past the last lane feed the end of the chains.
  wire [Link-1:0] link [0:Lanes+3];

  genvar l;
  generate
    for (l = 0; l < 4; l = l + 1) begin : g_end
      assign link[Lanes+l]             = {Link{1'b0}};
      assign head_o[l*Link +: Link]    = link[l];
    end
    for (l = 0; l < Lanes; l = l + 1) begin : g_lane
      lac_lstm_lane #(
          .Batch     (Batch),
          .EwWidth   (EwWidth),
          .WeightBits(WeightBits),
          .ValueBits (ValueBits),
          .AccWidth  (AccWidth),
          .Sums      (Sums),
          .SumAddr   (SumAddr),
          .GroupWidth(GroupWidth)
      ) lane (
          .clk_i        (clk_i),
          .mul_en_i     (mul_en_i),
          .weight_i     (weights_i[l*WeightBits +: WeightBits]),
          .values_i     (values_i),
          .acc_x_en_i   (acc_x_en_i),
          .acc_h_en_i   (acc_h_en_i),
          .acc_first_i  (acc_first_i),
          .acc_addr_i   (acc_addr_i),
          .drain_en_i   (drain_en_i),
          .drain_load_i (drain_load_i),
          .drain_addr_i (drain_addr_i),
          .drain_group_i(drain_group_i),
          .chain_i      (link[l+4]),
          .chain_o      (link[l])
      );
    end
  endgenerate
endmodule

`default_nettype wire
