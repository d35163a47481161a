// SPDX-License-Identifier: Apache-2.0
// Shift register that decides which connections exist (P5), several steps a cycle.
//
//   state' = (state << 1 | parity(state & taps)) mod 2^Bits              taps: a primitive polynomial of each width
//
// with AllStates the parity is inverted where the Bits - 1 lower bits are zero, which puts the zero state after 10..0: 2^Bits states
// instead of 2^Bits - 1. exists_o[j] says whether the state j steps from now is at least the threshold (P5: S_i >= p). Steps = 1 is
// the paper's generator; more look ahead. golden/lfsr.h is the model.
`default_nettype none

module lac_lfsr #(
    parameter Bits      = 10,  // of the register, 2 to 20
    parameter AllStates = 1,   // 1: the zero state is one of them
    parameter Steps     = 1    // a cycle
) (
    input  wire             clk_i,
    input  wire             load_i,       // takes the seed, whatever step_i says
    input  wire [Bits-1:0]  seed_i,
    input  wire             step_i,
    input  wire [Bits-1:0]  threshold_i,
    output reg  [Steps-1:0] exists_o
);
  // Exponents of the polynomial with the fewest terms, highest first, without the 1; as golden/lfsr.cpp has them.
  function [19:0] polynomial(input integer bits);
    case (bits)
      2:       polynomial = 20'b11;                       // 2 1
      3:       polynomial = 20'b110;                      // 3 2
      4:       polynomial = 20'b1100;                     // 4 3
      5:       polynomial = 20'b1_0100;                   // 5 3
      6:       polynomial = 20'b11_0000;                  // 6 5
      7:       polynomial = 20'b110_0000;                 // 7 6
      8:       polynomial = 20'b1011_1000;                // 8 6 5 4
      9:       polynomial = 20'b1_0001_0000;              // 9 5
      10:      polynomial = 20'b10_0100_0000;             // 10 7
      11:      polynomial = 20'b101_0000_0000;            // 11 9
      12:      polynomial = 20'b1110_0000_1000;           // 12 11 10 4
      13:      polynomial = 20'b1_1100_1000_0000;         // 13 12 11 8
      14:      polynomial = 20'b11_1000_0000_0010;        // 14 13 12 2
      15:      polynomial = 20'b110_0000_0000_0000;       // 15 14
      16:      polynomial = 20'b1101_0000_0000_1000;      // 16 15 13 4
      17:      polynomial = 20'b1_0010_0000_0000_0000;    // 17 14
      18:      polynomial = 20'b10_0000_0100_0000_0000;   // 18 11
      19:      polynomial = 20'b111_0010_0000_0000_0000;  // 19 18 17 14
      20:      polynomial = 20'b1001_0000_0000_0000_0000; // 20 17
      default: polynomial = 20'b0;
    endcase
  endfunction

  localparam [19:0] Taps = polynomial(Bits);

  generate
    if (Bits < 2 || Bits > 20 || Steps < 1) begin : g_check
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
