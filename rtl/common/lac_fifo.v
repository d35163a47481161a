// SPDX-License-Identifier: Apache-2.0
// First-in first-out queue whose oldest word is visible without a read (first-word fall-through).
//
// A word pushed in cycle t is visible at the output from cycle t+1. The writer must know that there is room: the recurrent
// engine's fetch holds one credit for each word, so the queue has no full flag.
`default_nettype none

module lac_fifo #(
    parameter Width     = 8,  // bits of a word
    parameter DepthLog2 = 4   // 2^DepthLog2 words
) (
    input  wire             clk_i,
    input  wire             rst_ni,
    input  wire             push_i,
    input  wire [Width-1:0] push_data_i,
    output wire             valid_o,
    output wire [Width-1:0] data_o,
    input  wire             pop_i
);
  reg [Width-1:0]   memory [0:(1<<DepthLog2)-1];
  reg [DepthLog2:0] head_q, tail_q;  // one bit more than an address: equal means empty

  always @(posedge clk_i) begin
    if (push_i) memory[tail_q[DepthLog2-1:0]] <= push_data_i;
    if (!rst_ni) begin
      head_q <= {(DepthLog2+1){1'b0}};
      tail_q <= {(DepthLog2+1){1'b0}};
    end else begin
      if (push_i) tail_q <= tail_q + 1'b1;
      if (pop_i) head_q <= head_q + 1'b1;
    end
  end

  assign valid_o = head_q != tail_q;
  assign data_o  = memory[head_q[DepthLog2-1:0]];
endmodule

`default_nettype wire
