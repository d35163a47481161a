// SPDX-License-Identifier: Apache-2.0
// One lane of the recurrent engine: one weight a cycle, shared by Batch PEs, and this lane's link of the drain chain.
//
// The chain carries the sums of EwWidth streams of one row towards the element-wise unit: with drain_load_i a lane puts its own sums
// (word drain_addr_i, streams of group drain_group_i) on it, otherwise it passes on what the lane of the next unit holds.
`default_nettype none

module lac_lstm_lane #(
    parameter Batch      = 8,   // streams that share the weight
    parameter EwWidth    = 2,   // streams on the chain; divides Batch
    parameter WeightBits = 8,   // bits of a weight
    parameter ValueBits  = 8,   // bits of a value
    parameter AccWidth   = 24,  // bits of a sum
    parameter Sums       = 32,  // sums a PE holds of each set
    parameter SumAddr    = 5,   // bits of a sum's address
    parameter GroupWidth = 2    // bits of a group's number
) (
    input  wire                          clk_i,
    input  wire                          mul_en_i,
    input  wire [WeightBits-1:0]         weight_i,
    input  wire [Batch*ValueBits-1:0]    values_i,
    input  wire                          acc_x_en_i,
    input  wire                          acc_h_en_i,
    input  wire                          acc_first_i,
    input  wire [SumAddr-1:0]            acc_addr_i,
    input  wire                          drain_en_i,
    input  wire                          drain_load_i,
    input  wire [SumAddr-1:0]            drain_addr_i,
    input  wire [GroupWidth-1:0]         drain_group_i,
    input  wire [EwWidth*2*AccWidth-1:0] chain_i,
    output wire [EwWidth*2*AccWidth-1:0] chain_o
);
  localparam Link   = EwWidth * 2 * AccWidth;
  localparam Groups = Batch / EwWidth;

  wire [Batch*2*AccWidth-1:0] sums;  // per stream {h, x}: a group's sums lie side by side, Link bits
  reg  [Link-1:0]             chain_q;

  genvar stream;
  generate
    for (stream = 0; stream < Batch; stream = stream + 1) begin : g_pe
      lac_pe #(
          .WeightBits(WeightBits),
          .ValueBits (ValueBits),
          .AccWidth  (AccWidth),
          .Sums      (Sums),
          .SumAddr   (SumAddr)
      ) pe (
          .clk_i       (clk_i),
          .mul_en_i    (mul_en_i),
          .weight_i    (weight_i),
          .value_i     (values_i[stream*ValueBits +: ValueBits]),
          .acc_x_en_i  (acc_x_en_i),
          .acc_h_en_i  (acc_h_en_i),
          .acc_first_i (acc_first_i),
          .acc_addr_i  (acc_addr_i),
          .drain_addr_i(drain_addr_i),
          .sum_x_o     (sums[stream*2*AccWidth +: AccWidth]),
          .sum_h_o     (sums[(stream*2+1)*AccWidth +: AccWidth])
      );
    end
  endgenerate

  wire [Link-1:0] own;
  generate
    if (Groups == 1) begin : g_one_group
      assign own = sums;
      wire unused_group = |drain_group_i;
    end else begin : g_groups
      assign own = sums[drain_group_i*Link +: Link];
    end
  endgenerate

  always @(posedge clk_i) begin
    if (drain_en_i) chain_q <= drain_load_i ? own : chain_i;
  end

  assign chain_o = chain_q;
endmodule

`default_nettype wire
