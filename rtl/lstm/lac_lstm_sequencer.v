// SPDX-License-Identifier: Apache-2.0
// Sequencer: brings weight words and column values together and tells the PEs which sum they belong to.
//
// The record at the head of the queue is a column (its words come from the weight port one a cycle) or the end marker of a block
// (one cycle: the block's bank goes to the drain, the other one is next). A bank that still drains is waited for. Every cycle has
// exactly one class:
//
//   1 mac          a word was multiplied             2 weight wait   its weights have not arrived
//   3 bank wait    the sums are still draining       4 turn          end of a block
//   5 list wait    no record: fetch latency, tail    0 idle          no sequence
`default_nettype none

module lac_lstm_sequencer #(
    parameter Values     = 64,  // bits of a column's values
    parameter BlockWidth = 5,   // bits of a block's number of words
    parameter WordAddr   = 4    // bits of a word's number in its block
) (
    input  wire                        clk_i,
    input  wire                        rst_ni,
    input  wire                        busy_i,
    // records {marker, of h, words, values}
    input  wire                        record_valid_i,
    input  wire [Values+BlockWidth+1:0] record_i,
    output wire                        pop_o,
    // weights
    input  wire                        weight_valid_i,
    output wire                        weight_ready_o,
    // PEs: multiply in this cycle, accumulate in the next
    output wire                        mul_en_o,
    output wire [Values-1:0]           values_o,
    output reg                         acc_en_o,
    output reg                         acc_first_o,
    output reg  [WordAddr+1:0]         acc_addr_o,  // {of h, bank, word}
    // finished blocks {bank, x used, h used, words}
    output wire                        block_o,
    output wire [BlockWidth+2:0]       block_data_o,
    input  wire                        bank_free_i,  // one cycle: the bank that was handed over first has been read
    output wire [2:0]                  class_o
);
  wire                  marker = record_i[Values+BlockWidth+1];
  wire                  of_h   = record_i[Values+BlockWidth];
  wire [BlockWidth-1:0] words  = record_i[Values+BlockWidth-1:Values];

  reg                  bank_q;
  reg [1:0]            draining_q;  // banks handed over and not yet read
  reg                  oldest_q;    // the bank that was handed over first
  reg                  x_used_q, h_used_q;
  reg [BlockWidth-1:0] word_q;

  wire free   = !draining_q[bank_q];
  wire column = record_valid_i && !marker && free;
  wire turn   = record_valid_i && marker && free;
  wire mac    = column && weight_valid_i;
  wire finish = mac && word_q + 1'b1 == words;
  wire used   = of_h ? h_used_q : x_used_q;

  assign weight_ready_o = column;
  assign pop_o          = finish || turn;
  assign mul_en_o       = mac;
  assign values_o       = record_i[Values-1:0];
  assign block_o        = turn;
  assign block_data_o   = {bank_q, x_used_q, h_used_q, words};
  assign class_o        = !busy_i ? 3'd0 : mac ? 3'd1 : turn ? 3'd4 : !record_valid_i ? 3'd5 : !free ? 3'd3 : 3'd2;

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      bank_q     <= 1'b0;
      draining_q <= 2'b00;
      oldest_q   <= 1'b0;
      x_used_q   <= 1'b0;
      h_used_q   <= 1'b0;
      word_q     <= {BlockWidth{1'b0}};
      acc_en_o   <= 1'b0;
    end else begin
      acc_en_o <= mac;
      if (finish) word_q <= {BlockWidth{1'b0}};
      else if (mac) word_q <= word_q + 1'b1;
      if (turn) begin
        bank_q             <= !bank_q;
        draining_q[bank_q] <= 1'b1;
        x_used_q           <= 1'b0;
        h_used_q           <= 1'b0;
      end else if (finish) begin
        if (of_h) h_used_q <= 1'b1;
        else x_used_q <= 1'b1;
      end
      if (bank_free_i) begin
        draining_q[oldest_q] <= 1'b0;
        oldest_q             <= !oldest_q;
      end
    end
    acc_first_o <= !used;
    acc_addr_o  <= {of_h, bank_q, word_q[WordAddr-1:0]};
  end
endmodule

`default_nettype wire
