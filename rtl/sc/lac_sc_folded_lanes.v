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
    input  wire                      rst_ni,
    input  wire [Lanes*Width-1:0]    codes_i,
    input  wire [Integral*Width-1:0] inverted_i,  // the states, each bit inverted
    input  wire                      bit_i,       // a clock after its codes and states: 1 where they count
    input  wire                      copy_i,      // the bank is complete; bit_i is 0
    output wire [OnesWidth-1:0]      ones_o       // of the first neuron; of the next one a clock later
);
  reg [Lanes*OnesWidth-1:0] chain_q;
  always @(posedge clk_i) chain_q <= copy_i ? ones : chain_q >> OnesWidth;
  assign ones_o = chain_q[OnesWidth-1:0];

  wire [Lanes*OnesWidth-1:0] ones;
  genvar                     n, k;
  generate
    for (n = 0; n < Lanes; n = n + 1) begin : g_lane
      // state < code where code + ~state carries: the inverters are shared, and a carry chain needs no more.
      reg  [Integral-1:0]  below_q;
      wire [Integral-1:0]  below;
      for (k = 0; k < Integral; k = k + 1) begin : g_stream
        wire [Width:0] compared = {1'b0, codes_i[n*Width +: Width]} + {1'b0, inverted_i[k*Width +: Width]};
        wire           unused   = ^compared;
        assign below[k] = compared[Width];
      end

      reg  [OnesWidth-1:0] count, ones_q;
      integer              j;
      always @(*) begin
        count = {OnesWidth{1'b0}};
        for (j = 0; j < Integral; j = j + 1) count = count + {{(OnesWidth-1){1'b0}}, bit_i && below_q[j]};
      end
      always @(posedge clk_i) begin
        below_q <= below;
        if (!rst_ni || copy_i) ones_q <= {OnesWidth{1'b0}};
        else ones_q <= ones_q + count;
      end
      assign ones[n*OnesWidth +: OnesWidth] = ones_q;
    end
  endgenerate
endmodule

`default_nettype wire
