// SPDX-License-Identifier: Apache-2.0
// Walks lac_sc_walk past 2048 registers with the polynomial of inputs and the four of weights, from every part of the cycle, and compares
// each state with that of the register stepped one by one. Prints "passed" or what is wrong.
`default_nettype none

module lac_sc_walk_tb;
  localparam Width   = 11;
  localparam Sets    = 5;
  localparam Stride  = 1265;
  localparam integer Period = 1 << Width;
  localparam [Sets*Width-1:0] AllTaps = {11'h432, 11'h4A4, 11'h458, 11'h402, 11'h500};

  reg                   clk = 1'b0, we = 1'b0, phase = 1'b0, load = 1'b0, step = 1'b0, restart = 1'b0, advance = 1'b0;
  reg  [Sets*Width-1:0] seeds;
  wire [Sets*Width-1:0] states;
  reg  [Width-1:0]      table_of [0:Sets*Period-1];  // state by phase
  reg  [Width-1:0]      state, taps;
  integer               set, at, number, begins, faults = 0;

  genvar s;
  generate
    for (s = 0; s < Sets; s = s + 1) begin : g_set
      lac_sc_walk #(
          .Taps(AllTaps[s*Width +: Width])
      ) walk (
          .clk_i       (clk),
          .seed_we_i   (we),
          .seed_phase_i(phase),
          .seed_data_i (seeds[s*Width +: Width]),
          .load_i      (load),
          .step_i      (step),
          .restart_i   (restart),
          .advance_i   (advance),
          .state_o     (states[s*Width +: Width])
      );
    end
  endgenerate

  task tick;
    begin
      #1 clk = 1'b1;
      #1 clk = 1'b0;
    end
  endtask

  // All sets stand at register `number` of the walk, register 0 being at phase `from`.
  task check(input integer from);
    for (set = 0; set < Sets; set = set + 1) begin
      if (states[set*Width +: Width] !== table_of[set*Period + (from + Stride * number) % Period]) begin
        if (faults == 0) $display("failed: set %0d, register %0d from phase %0d", set, number, from);
        faults = faults + 1;
      end
    end
  endtask

  initial begin
    for (set = 0; set < Sets; set = set + 1) begin
      taps  = AllTaps[set*Width +: Width];
      state = 1;
      for (at = 0; at < Period; at = at + 1) begin
        table_of[set*Period+at] = state;
        state = {state[Width-2:0], (^(state & taps)) ^ (state[Width-2:0] == 0)};
      end
    end
    for (begins = 0; begins < Period; begins = begins + 409) begin
      we = 1'b1;
      phase = 1'b1;
      seeds = {Sets{begins[Width-1:0]}};
      tick;
      phase = 1'b0;
      for (set = 0; set < Sets; set = set + 1) seeds[set*Width +: Width] = table_of[set*Period+begins];
      tick;
      we = 1'b0;
      load = 1'b1;
      tick;
      load = 1'b0;
      restart = 1'b1;
      step = 1'b1;  // the walk begins where register 0 was
      tick;
      restart = 1'b0;
      step = 1'b0;
      advance = 1'b1;
      for (number = 0; number < Period + 5; number = number + 1) begin
        check(begins);
        tick;
      end
      advance = 1'b0;
      restart = 1'b1;
      tick;
      restart = 1'b0;
      number = 0;
      check(begins + 1);
    end
    if (faults == 0) $display("passed: %0d polynomials", Sets);
    $finish;
  end
endmodule

`default_nettype wire
