// SPDX-License-Identifier: Apache-2.0
// Walks lac_lfsr of every width through its whole cycle: 2^k - 1 states, or 2^k with the zero state, and no shorter.
//
// The next state depends on the state alone, so a state that came again before the first one did would keep the first one from ever
// coming again: it is enough to count the steps to it. Beside the register runs one that takes Steps steps a cycle and must say the same.
// Prints "passed" and the number of widths, or what is wrong.
`default_nettype none

module lac_lfsr_tb;
  parameter AllStates = 1;
  parameter Steps     = 5;  // of the second register
  localparam Least    = 2;
  localparam Most     = 20;

  integer walks = 0;

  genvar bits;
  generate
    for (bits = Least; bits <= Most; bits = bits + 1) begin : g_width
      localparam integer Period    = (1 << bits) - (AllStates ? 0 : 1);
      localparam integer Threshold = (1 << bits) / 3;

      reg             clk = 1'b0, load = 1'b1;
      reg  [bits-1:0] seed = 1;
      integer         steps = 0, place = 0, existing = 0;
      wire            exists;
      wire [Steps-1:0] ahead;

      lac_lfsr #(
          .Bits     (bits),
          .AllStates(AllStates),
          .Steps    (1)
      ) lfsr (
          .clk_i      (clk),
          .load_i     (load),
          .seed_i     (seed),
          .step_i     (1'b1),
          .threshold_i(Threshold[bits-1:0]),
          .exists_o   (exists)
      );
      lac_lfsr #(
          .Bits     (bits),
          .AllStates(AllStates),
          .Steps    (Steps)
      ) leaping (
          .clk_i      (clk),
          .load_i     (load),
          .seed_i     (seed),
          .step_i     (place == Steps - 1),
          .threshold_i(Threshold[bits-1:0]),
          .exists_o   (ahead)
      );

      task fail(input [8*40-1:0] what);
        begin
          $display("failed: %0d bits, after %0d steps: %0s", bits, steps, what);
          $finish;
        end
      endtask

      initial begin
        #1 clk = 1'b1;
        #1 load = 1'b0;
        clk = 1'b0;
        while (steps < Period) begin
          #1;
          if (^lfsr.state_q === 1'bx) fail("state unknown");
          if (steps != 0 && lfsr.state_q == seed) fail("the cycle is too short");
          if (!AllStates && lfsr.state_q == 0) fail("stuck at zero");
          if (exists !== (lfsr.state_q >= Threshold)) fail("comparison with the threshold is wrong");
          if (ahead[place] !== exists) fail("several steps at once differ");
          existing = existing + exists;
          clk = 1'b1;
          #1 clk = 1'b0;
          steps = steps + 1;
          place = (place == Steps - 1) ? 0 : place + 1;
        end
        if (lfsr.state_q != seed) fail("the cycle is too long");
        if (existing != (1 << bits) - Threshold) fail("wrong number of connections");
        walks = walks + 1;
        if (walks == Most - Least + 1) begin
          $display("passed: %0d widths", walks);
          $finish;
        end
      end
    end
  endgenerate
endmodule

`default_nettype wire
