// SPDX-License-Identifier: Apache-2.0
// Shift register that decides which connections exist (P5), several steps a cycle.
//
//   state' = (state << 1 | parity(state & Taps)) mod 2^Bits
//
// with AllStates the parity is inverted where the Bits - 1 lower bits are zero, which puts the zero state after 10..0: 2^Bits states
// instead of 2^Bits - 1. exists_o[j] says whether the state j steps from now is at least the threshold (P5: S_i >= p). Steps = 1 is
// the paper's generator; more look ahead. golden/fc/lfsr.h is the model.
`default_nettype none

module lac_lfsr #(
    parameter Bits      = 10,             // of the register
    parameter Taps      = 32'b1001000000, // bits whose parity is shifted in: a primitive polynomial
    parameter AllStates = 1,              // 1: the zero state is one of them
    parameter Steps     = 1               // a cycle
) (
    input  wire             clk_i,
    input  wire             load_i,       // takes the seed, whatever step_i says
    input  wire [Bits-1:0]  seed_i,
    input  wire             step_i,
    input  wire [Bits-1:0]  threshold_i,
    output reg  [Steps-1:0] exists_o
);
  generate
    if (Bits < 2 || Steps < 1) begin : g_check
      lac_lfsr_bits_or_steps_out_of_range fault ();
    end
  endgenerate

  reg [Bits-1:0] state_q, state;
  integer        j;

  always @(*) begin
    state = state_q;
    for (j = 0; j < Steps; j = j + 1) begin
      exists_o[j] = state >= threshold_i;
      state = {state[Bits-2:0], (^(state & Taps[Bits-1:0])) ^ (AllStates != 0 && state[Bits-2:0] == {(Bits-1){1'b0}})};
    end
  end

  always @(posedge clk_i) begin
    if (load_i) state_q <= seed_i;
    else if (step_i) state_q <= state;
  end
endmodule

`default_nettype wire
