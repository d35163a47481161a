// SPDX-License-Identifier: Apache-2.0
// A bank of shift registers of one polynomial, each with a seed of its own: the random numbers of streams (P6).
//
//   state' = (state << 1 | parity(state & Taps) ^ (lower Width - 1 bits are zero)) mod 2^Width
//
// Taps belong to a primitive polynomial, and the last term puts the zero state after 10..0: every register goes through 2^Width states.
// While step_i is low every register stands at its seed. golden/lfsr.h is the model.
`default_nettype none

module lac_sc_registers #(
    parameter             Count      = 784,      // registers
    parameter             Width      = 11,       // bits of a register
    parameter [Width-1:0] Taps       = 11'h500,  // bits whose parity is shifted in
    parameter             IndexWidth = 10        // bits of a register's number
) (
    input  wire                   clk_i,
    input  wire                   seed_we_i,
    input  wire [IndexWidth-1:0]  seed_index_i,
    input  wire [Width-1:0]       seed_data_i,
    input  wire                   step_i,
    output reg  [Count*Width-1:0] states_o
);
  function [Width-1:0] after(input [Width-1:0] state);
    after = {state[Width-2:0], (^(state & Taps)) ^ (state[Width-2:0] == {(Width-1){1'b0}})};
  endfunction

  reg     [Count*Width-1:0] seeds_q;
  integer                   n;

  always @(posedge clk_i) begin
    if (seed_we_i) seeds_q[seed_index_i*Width +: Width] <= seed_data_i;
    for (n = 0; n < Count; n = n + 1)
      states_o[n*Width +: Width] <= step_i ? after(states_o[n*Width +: Width]) : seeds_q[n*Width +: Width];
  end
endmodule

`default_nettype wire
