// SPDX-License-Identifier: Apache-2.0
// The neurons of a bank at work at once, an input a clock: comparators, AND, and what the tree of lac_sc_neuron would add, in time.
//
//   ones = sum over the bank's inputs, where the bit is 1, of how many of the Integral states are below the code
//
// The neuron's sum (P6, figure 11) is 2 ones - Integral x inputs whose bit is 1: the drain's to finish. When a bank is complete its ones
// go to a chain that moves a neuron a clock, while the next bank begins.
`default_nettype none

module lac_sc_folded_lanes #(
    parameter Lanes     = 40,  // neurons at once
    parameter Integral  = 2,   // P6's m: streams of a weight
    parameter Width     = 11,  // bits of a register's state and of a code
    parameter OnesWidth = 9    // bits of the ones of a neuron
) (
    input  wire                      clk_i,
    input  wire                      compare_i,  // codes and states are there; their bit comes a clock later
    input  wire [Lanes*Width-1:0]    codes_i,
    input  wire [Integral*Width-1:0] states_i,
    input  wire                      add_i,      // what was compared a clock ago counts
    input  wire                      first_i,    // it is the first of a bank
    input  wire                      bit_i,
    input  wire                      copy_i,     // the bank is complete
    output wire [OnesWidth-1:0]      ones_o      // of the first neuron; of the next one a clock later
);
  reg     [Lanes*Integral-1:0]  below_q;
  reg     [Lanes*OnesWidth-1:0] ones_q, chain_q, ones;
  integer                       n, k, l, j;

  always @(*) begin
    for (l = 0; l < Lanes; l = l + 1) begin
      ones[l*OnesWidth +: OnesWidth] = first_i ? {OnesWidth{1'b0}} : ones_q[l*OnesWidth +: OnesWidth];
      for (j = 0; j < Integral; j = j + 1)
        ones[l*OnesWidth +: OnesWidth] = ones[l*OnesWidth +: OnesWidth] + {{(OnesWidth-1){1'b0}}, bit_i && below_q[l*Integral+j]};
    end
  end

  always @(posedge clk_i) begin
    if (compare_i) begin
      for (n = 0; n < Lanes; n = n + 1) begin
        for (k = 0; k < Integral; k = k + 1)
          below_q[n*Integral+k] <= states_i[k*Width +: Width] < codes_i[n*Width +: Width];
      end
    end
    if (add_i) ones_q <= ones;
    chain_q <= copy_i ? ones_q : chain_q >> OnesWidth;
  end

  assign ones_o = chain_q[OnesWidth-1:0];
endmodule

`default_nettype wire
