// SPDX-License-Identifier: Apache-2.0
// For a proof that a counter never leaves its range, moves by its sum within it, and shows the right bit. Needs lac_sc_nstanh of one
// neuron with its registers turned into ports, as Yosys's `expose -evert-dff` leaves it.
`default_nettype none

module lac_sc_nstanh_range #(
    parameter SumWidth   = 13,
    parameter CountWidth = 12
) (
    input  wire                       begin_i,
    input  wire                       valid_i,
    input  wire [CountWidth-1:0]      half_states_i,  // states / 2 less 1: every even number of states from 2
    input  wire [CountWidth-1:0]      count_i,
    input  wire signed [SumWidth-1:0] sum_i,
    output wire                       wrong_o         // to be proved 0
);
  localparam Wide = SumWidth + CountWidth + 2;

  wire        [CountWidth:0]   states = {half_states_i, 1'b0} + 2'd2;
  wire        [CountWidth-1:0] after;
  wire                         shown;
  wire signed [Wide-1:0]       moved  = $signed({{(Wide-CountWidth){1'b0}}, count_i}) + sum_i;
  wire signed [Wide-1:0]       top    = $signed({{(Wide-CountWidth-1){1'b0}}, states}) - 1;
  wire signed [Wide-1:0]       wanted = begin_i ? $signed({1'b0, states[CountWidth:1]}) : !valid_i ? $signed({1'b0, count_i}) :
                                        moved < 0 ? 0 : moved > top ? top : moved;
  wire                         bit_before = count_i >= states[CountWidth:1];

  lac_sc_nstanh counter (
      .begin_i     (begin_i),
      .states_i    (states),
      .valid_i     (valid_i),
      .sums_i      (sum_i),
      .\counts_q.q (count_i),
      .\counts_q.d (after),
      .\bits_o.q   (bit_before),
      .\bits_o.d   (shown)
  );

  wire allowed = half_states_i < (1 << (CountWidth - 1)) && count_i < states;
  assign wrong_o = allowed && (after != wanted[CountWidth-1:0] || !(after < states) || shown != (after >= states[CountWidth:1]));
endmodule

`default_nettype wire
