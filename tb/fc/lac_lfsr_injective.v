// SPDX-License-Identifier: Apache-2.0
// For a proof that no two states of lac_lfsr have the same successor: the walk through its states can then enter no loop that it does
// not already go round in. Needs lac_lfsr with its register turned into ports, as Yosys's `expose -evert-dff` leaves it.
`default_nettype none

module lac_lfsr_injective #(
    parameter Bits = 10
) (
    input  wire [Bits-1:0] first_i,
    input  wire [Bits-1:0] second_i,
    output wire            trapped_o  // to be proved 0
);
  wire [Bits-1:0] after_first, after_second;

  lac_lfsr first (
      .load_i      (1'b0),
      .step_i      (1'b1),
      .\state_q.q  (first_i),
      .\state_q.d  (after_first)
  );
  lac_lfsr second (
      .load_i      (1'b0),
      .step_i      (1'b1),
      .\state_q.q  (second_i),
      .\state_q.d  (after_second)
  );

  assign trapped_o = first_i != second_i && after_first == after_second;
endmodule

`default_nettype wire
