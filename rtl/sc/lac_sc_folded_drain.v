// SPDX-License-Identifier: Apache-2.0
// Takes the sums of a folded stochastic network, a neuron a clock: counters of the hidden layers, sums over time of the last.
//
//   S = 2 ones - active,  active = Integral x inputs whose bit is 1, the bias's included
//   hidden:  n' = clamp(n + S, 0, states - 1),  bit = n' >= states / 2    NStanh (P6), from states / 2; n lies in memory
//   last:    y' = y + S
//
// The sum of a neuron is made in the clock in which its counter is read, its bit in the next.
`default_nettype none

module lac_sc_folded_drain #(
    parameter Hidden1    = 40,  // neurons of the first layer
    parameter Hidden2    = 16,  // of the second
    parameter Outputs    = 10,  // of the last
    parameter Lanes      = 40,  // neurons of a bank
    parameter OnesWidth  = 9,   // bits of the ones of a neuron
    parameter CountWidth = 12,  // states up to 2^CountWidth
    parameter YWidth     = 24   // bits of a sum over time
) (
    input  wire                      clk_i,
    input  wire                      rst_ni,
    input  wire                      start_i,    // an image
    input  wire                      working_i,  // some of its inputs are still to come
    input  wire [CountWidth:0]       states1_i,  // even, 2 at least
    input  wire [CountWidth:0]       states2_i,
    input  wire                      copy_i,     // a bank is complete: its ones come from the next clock on
    input  wire [OnesWidth-1:0]      active_i,   // of that bank, with copy_i
    input  wire [OnesWidth-1:0]      ones_i,
    output reg  [Hidden1-1:0]        bits1_o,
    output reg  [Hidden2-1:0]        bits2_o,
    output reg                       done1_o,    // all bits of a cycle are there
    output reg                       done2_o,
    output reg                       finish_o,   // the last sum of the image is added in this clock
    output wire [Outputs*YWidth-1:0] y_o
);
  localparam Counters   = Hidden1 + Hidden2;
  localparam AddrWidth  = (Counters > 1) ? $clog2(Counters) : 1;
  localparam Most       = (Hidden1 > Hidden2) ? ((Hidden1 > Outputs) ? Hidden1 : Outputs) : ((Hidden2 > Outputs) ? Hidden2 : Outputs);
  localparam IndexWidth = (Most > 1) ? $clog2(Most) : 1;
  localparam LaneWidth  = (Lanes > 1) ? $clog2(Lanes) : 1;
  localparam SumWidth   = OnesWidth + 1;
  localparam NextWidth  = ((SumWidth > CountWidth + 1) ? SumWidth : CountWidth + 1) + 1;
  localparam End1       = Hidden1 - 1;
  localparam End2       = Hidden2 - 1;
  localparam End3       = Outputs - 1;
  localparam LaneEnd    = Lanes - 1;

  // ---- which neuron
  reg                   draining_q, first_q;
  reg  [1:0]            layer_q;
  reg  [IndexWidth-1:0] neuron_q;
  reg  [LaneWidth-1:0]  lane_q;
  reg  [AddrWidth-1:0]  addr_q;
  reg  [OnesWidth-1:0]  active_q;
  wire [IndexWidth-1:0] last      = (layer_q == 2'd0) ? End1[IndexWidth-1:0] : (layer_q == 2'd1) ? End2[IndexWidth-1:0] : End3[IndexWidth-1:0];
  wire                  layer_end = neuron_q == last;
  wire                  cycle_end = layer_end && layer_q == 2'd2;
  wire                  bank_end  = layer_end || lane_q == LaneEnd[LaneWidth-1:0];

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      draining_q <= 1'b0;
      layer_q    <= 2'd0;
      neuron_q   <= {IndexWidth{1'b0}};
      lane_q     <= {LaneWidth{1'b0}};
      addr_q     <= {AddrWidth{1'b0}};
    end else begin
      draining_q <= copy_i || (draining_q && !bank_end);
      if (draining_q) begin
        neuron_q <= layer_end ? {IndexWidth{1'b0}} : neuron_q + 1'b1;
        lane_q   <= bank_end ? {LaneWidth{1'b0}} : lane_q + 1'b1;
        if (layer_end) layer_q <= (layer_q == 2'd2) ? 2'd0 : layer_q + 1'b1;
        if (cycle_end) addr_q <= {AddrWidth{1'b0}};
        else if (layer_q != 2'd2) addr_q <= addr_q + 1'b1;
      end
    end
    if (start_i) first_q <= 1'b1;
    else if (draining_q && cycle_end) first_q <= 1'b0;
    if (copy_i) active_q <= active_i;
  end

  // ---- its sum, a clock later
  reg  [SumWidth-1:0]   sum_q;
  reg                   valid_q, counts_from_middle_q;
  reg  [1:0]            sum_layer_q;
  reg  [IndexWidth-1:0] sum_neuron_q;
  reg  [AddrWidth-1:0]  sum_addr_q;
  always @(posedge clk_i) begin
    sum_q                <= {ones_i, 1'b0} - {1'b0, active_q};
    counts_from_middle_q <= first_q;
    sum_layer_q          <= layer_q;
    sum_neuron_q         <= neuron_q;
    sum_addr_q           <= addr_q;
    valid_q              <= rst_ni && draining_q;
    finish_o             <= rst_ni && draining_q && cycle_end && !working_i;
    done1_o              <= rst_ni && valid_q && sum_layer_q == 2'd0 && sum_neuron_q == End1[IndexWidth-1:0];
    done2_o              <= rst_ni && valid_q && sum_layer_q == 2'd1 && sum_neuron_q == End2[IndexWidth-1:0];
  end

  // ---- counters
  wire [CountWidth-1:0] read, half, count;
  wire [CountWidth:0]   states = (sum_layer_q == 2'd0) ? states1_i : states2_i;
  wire [CountWidth:0]   most   = states - 1'b1;
  wire [NextWidth-1:0]  next   = {{(NextWidth-CountWidth){1'b0}}, count} + {{(NextWidth-SumWidth){sum_q[SumWidth-1]}}, sum_q};
  wire                  below  = next[NextWidth-1];
  wire                  above  = next > {{(NextWidth-CountWidth-1){1'b0}}, most};
  wire                  bit_d  = !below && next >= {{(NextWidth-CountWidth){1'b0}}, half};
  wire                  hidden = valid_q && sum_layer_q != 2'd2;
  assign half  = states[CountWidth:1];
  assign count = counts_from_middle_q ? half : read;

  lac_ram #(
      .Width    (CountWidth),
      .Depth    (Counters),
      .AddrWidth(AddrWidth)
  ) counters (
      .clk_i       (clk_i),
      .write_en_i  (hidden),
      .write_addr_i(sum_addr_q),
      .write_data_i(below ? {CountWidth{1'b0}} : above ? most[CountWidth-1:0] : next[CountWidth-1:0]),
      .read_en_i   (draining_q),
      .read_addr_i (addr_q),
      .read_data_o (read)
  );

  integer n;
  always @(posedge clk_i) begin
    for (n = 0; n < Hidden1; n = n + 1)
      if (valid_q && sum_layer_q == 2'd0 && sum_neuron_q == n[IndexWidth-1:0]) bits1_o[n] <= bit_d;
    for (n = 0; n < Hidden2; n = n + 1)
      if (valid_q && sum_layer_q == 2'd1 && sum_neuron_q == n[IndexWidth-1:0]) bits2_o[n] <= bit_d;
  end

  // ---- sums over time: the first is updated and becomes the last, so that after a cycle they are in order
  reg  [Outputs*YWidth-1:0] y_q;
  wire [YWidth-1:0]         y = (counts_from_middle_q ? {YWidth{1'b0}} : y_q[YWidth-1:0]) + {{(YWidth-SumWidth){sum_q[SumWidth-1]}}, sum_q};
  always @(posedge clk_i) begin
    if (valid_q && sum_layer_q == 2'd2) begin
      y_q <= y_q >> YWidth;
      y_q[(Outputs-1)*YWidth +: YWidth] <= y;
    end
  end
  assign y_o = y_q;
endmodule

`default_nettype wire
