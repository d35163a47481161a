// SPDX-License-Identifier: Apache-2.0
// NStanh, the activation of integral streams (P6): saturating up/down counters, one a neuron.
//
//   count' = clamp(count + sum, 0, states - 1),  bit = count >= states / 2      begins at states / 2
//
// Read as a unipolar stream the bit's mean is the logistic function of twice tanh's argument (docs/sc.md).
`default_nettype none

module lac_sc_nstanh #(
    parameter Count      = 100,  // neurons
    parameter SumWidth   = 13,   // bits of a sum
    parameter CountWidth = 12    // states up to 2^CountWidth
) (
    input  wire                      clk_i,
    input  wire                      begin_i,   // to the state in the middle
    input  wire [CountWidth:0]       states_i,  // even, 2 at least
    input  wire                      valid_i,   // the sums count
    input  wire [Count*SumWidth-1:0] sums_i,    // two's complement
    output reg  [Count-1:0]          bits_o
);
  localparam NextWidth = ((SumWidth > CountWidth + 1) ? SumWidth : CountWidth + 1) + 1;

  wire [CountWidth-1:0] half = states_i[CountWidth:1];
  wire [CountWidth:0]   most = states_i - 1'b1;

  function [CountWidth-1:0] moved(input [CountWidth-1:0] count, input [SumWidth-1:0] sum, input [CountWidth:0] top);
    reg [NextWidth-1:0] next;
    begin
      next = {{(NextWidth-CountWidth){1'b0}}, count} + {{(NextWidth-SumWidth){sum[SumWidth-1]}}, sum};
      if (next[NextWidth-1]) moved = {CountWidth{1'b0}};
      else if (next > {{(NextWidth-CountWidth-1){1'b0}}, top}) moved = top[CountWidth-1:0];
      else moved = next[CountWidth-1:0];
    end
  endfunction

  reg     [Count*CountWidth-1:0] counts_q;
  integer                        n;

  always @(posedge clk_i) begin
    for (n = 0; n < Count; n = n + 1) begin
      if (begin_i) begin
        counts_q[n*CountWidth +: CountWidth] <= half;
        bits_o[n]                            <= 1'b1;
      end else if (valid_i) begin
        counts_q[n*CountWidth +: CountWidth] <= moved(counts_q[n*CountWidth +: CountWidth], sums_i[n*SumWidth +: SumWidth], most);
        bits_o[n] <= moved(counts_q[n*CountWidth +: CountWidth], sums_i[n*SumWidth +: SumWidth], most) >= half;
      end
    end
  end
endmodule

`default_nettype wire
