// SPDX-License-Identifier: Apache-2.0
// Walks lac_sc_registers through its whole cycle with the polynomial of inputs and the four of weights: 2048 states, and no fewer.
//
// The next state depends on the state alone, so it is enough to count the steps until the seed comes again. Two registers of a bank run
// from different seeds and must never meet; while step_i is low both stand at their seeds. Prints "passed" or what is wrong.
`default_nettype none

module lac_sc_registers_tb;
  parameter Width      = 11;
  localparam integer Period = 1 << Width;
  localparam Sets      = 5;
  localparam [Sets*11-1:0] AllTaps = {11'h432, 11'h4A4, 11'h458, 11'h402, 11'h500};

  reg               clk = 1'b0, step = 1'b0, we = 1'b0, index = 1'b0;
  reg  [Width-1:0]  seed;
  wire [Sets*2*Width-1:0] states;
  integer           walks = 0, cycle, set, first [0:Sets-1];

  genvar s;
  generate
    for (s = 0; s < Sets; s = s + 1) begin : g_set
      lac_sc_registers #(
          .Count     (2),
          .Width     (Width),
          .Taps      (AllTaps[s*11 +: 11]),
          .IndexWidth(1)
      ) bank (
          .clk_i       (clk),
          .seed_we_i   (we),
          .seed_index_i(index),
          .seed_data_i (seed),
          .step_i      (step),
          .states_o    (states[s*2*Width +: 2*Width])
      );
    end
  endgenerate

  task tick;
    begin
      #1 clk = 1'b1;
      #1 clk = 1'b0;
    end
  endtask

  initial begin
    we = 1'b1;
    seed = 5;
    tick;
    index = 1'b1;
    seed = 1365;
    tick;
    we = 1'b0;
    for (cycle = 0; cycle < 3; cycle = cycle + 1) tick;
    for (set = 0; set < Sets; set = set + 1) begin
      first[set] = 0;
      if (states[set*2*Width +: Width] != 5 || states[(set*2+1)*Width +: Width] != 1365) $display("failed: set %0d is not at its seeds", set);
      else walks = walks + 1;
    end
    step = 1'b1;
    for (cycle = 1; cycle <= Period; cycle = cycle + 1) begin
      tick;
      for (set = 0; set < Sets; set = set + 1) begin
        if (states[set*2*Width +: Width] == states[(set*2+1)*Width +: Width]) begin
          $display("failed: registers of set %0d meet", set);
          $finish;
        end
        if (states[set*2*Width +: Width] == 5 && first[set] == 0) first[set] = cycle;
      end
    end
    for (set = 0; set < Sets; set = set + 1) begin
      if (first[set] != Period) $display("failed: set %0d: the seed comes again after %0d steps", set, first[set]);
      else walks = walks + 1;
    end
    if (walks == 2 * Sets) $display("passed: %0d polynomials", Sets);
    $finish;
  end
endmodule

`default_nettype wire
