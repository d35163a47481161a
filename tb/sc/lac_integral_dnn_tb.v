// SPDX-License-Identifier: Apache-2.0
// Plays prepared images into a top of the stochastic engine on any Verilog simulator and writes down what comes out; lacuna compares it.
// The macro TOP names the top.
//
// Reads from the working folder seeds.hex (set, register and state), places.hex and codes.hex (layer, bank and input, and the codes there),
// runs.hex and x.hex; writes out.txt (a line an event: "1 BITS" and "2 BITS" of the hidden layers, "y SUMS CYCLE", the cycle since x was
// first offered) and cycles.txt (per run the cycles of each class, then "clocks N", then "done"). Plus arguments: +stall=N (of 1024)
// +seed=N.
`default_nettype none

module lac_integral_dnn_tb;
  parameter Inputs     = 784;
  parameter Hidden1    = 100;
  parameter Hidden2    = 200;
  parameter Outputs    = 10;
  parameter Bipolar    = 0;
  parameter Integral   = 4;
  parameter InLanes    = 16;
  parameter WriteLanes = 64;
  parameter LastCycle  = 0;  // of the network, as all that follows
  parameter States1    = 2;
  parameter States2    = 2;
  parameter Seeds      = 1;
  parameter Codes      = 1;  // words
  parameter Runs       = 1;
  parameter XBeats     = 1;  // of all runs together

  localparam Width       = 11;
  localparam Most        = (Inputs > Hidden1) ? ((Inputs > Hidden2) ? Inputs : Hidden2) : ((Hidden1 > Hidden2) ? Hidden1 : Hidden2);
  localparam IndexWidth  = $clog2(Most + 1);
  localparam ResetCycles = 4;
  localparam Patience    = 20000;

  reg [95:0]                 seeds [0:Seeds-1];   // {state, register, set}
  reg [95:0]                 places [0:Codes-1];  // {input, bank, layer}
  reg [WriteLanes*Width-1:0] codes [0:Codes-1];
  reg [63:0]                 run_table [0:Runs-1];  // {images, beats of x}
  reg [InLanes*8-1:0]        x_beats [0:XBeats-1];

  reg     clk = 1'b0, rst_n = 1'b0, writing = 1'b0, x_valid = 1'b0, y_ready = 1'b0;
  integer written = 0, x_next = 0;
  wire    x_ready, y_valid, stream1_valid, stream2_valid;
  wire [Outputs*32-1:0] y_data;
  wire [Hidden1-1:0]    stream1;
  wire [Hidden2-1:0]    stream2;
  wire [1:0]            cycle_class;

  // ---- memories: seeds, then codes
  wire        seed_we = writing && written < Seeds;
  wire        code_we = writing && !seed_we;
  wire [95:0] seed    = seeds[seed_we ? written : 0];
  wire [95:0] place   = places[code_we ? written - Seeds : 0];

  `TOP #(
      .Inputs    (Inputs),
      .Hidden1   (Hidden1),
      .Hidden2   (Hidden2),
      .Outputs   (Outputs),
`ifndef lac_folded_dnn
      .Bipolar   (Bipolar),
`endif
      .Integral  (Integral),
      .InLanes   (InLanes),
      .WriteLanes(WriteLanes)
  ) engine (
      .clk_i          (clk),
      .rst_ni         (rst_n),
      .cfg_last_i     (LastCycle[11:0]),
      .cfg_states1_i  (States1[12:0]),
      .cfg_states2_i  (States2[12:0]),
      .code_we_i      (code_we ? 3'd1 << place[1:0] : 3'd0),
      .code_bank_i    (place[39:32]),
      .code_input_i   (place[64 +: IndexWidth]),
      .code_data_i    (codes[code_we ? written - Seeds : 0]),
      .seed_we_i      (seed_we ? {{Integral{1'b0}}, 1'b1} << seed[2:0] : {(Integral+1){1'b0}}),
      .seed_index_i   (seed[32 +: IndexWidth]),
      .seed_data_i    (seed[64 +: Width]),
      .x_valid_i      (x_valid),
      .x_ready_o      (x_ready),
      .x_data_i       (x_beats[x_next]),
      .y_valid_o      (y_valid),
      .y_ready_i      (y_ready),
      .y_data_o       (y_data),
      .stream1_valid_o(stream1_valid),
      .stream1_o      (stream1),
      .stream2_valid_o(stream2_valid),
      .stream2_o      (stream2),
      .cycle_class_o  (cycle_class)
  );

  integer stall, random, out_file, cycle_file;
  integer cycle, now, waiting, phase, number, x_at, x_end, y_left, k;
  integer counts [0:3];

  function pass;  // whether a port is not stalled in the next cycle
    input dummy;
    pass = ($random(random) & 1023) >= stall;
  endfunction

  initial begin
    if (!$value$plusargs("stall=%d", stall)) stall = 0;
    if (!$value$plusargs("seed=%d", random)) random = 1;
    $readmemh("seeds.hex", seeds);
    $readmemh("places.hex", places);
    $readmemh("codes.hex", codes);
    $readmemh("runs.hex", run_table);
    $readmemh("x.hex", x_beats);
    out_file = $fopen("out.txt", "w");
    cycle_file = $fopen("cycles.txt", "w");
    cycle = 0;
    phase = 0;
    number = 0;
    x_end = 0;
  end

  always #1 clk = !clk;

  // Outputs are read as they were before the edge, inputs change after it.
  always @(posedge clk) begin
    cycle = cycle + 1;
    if (phase < ResetCycles) begin
      phase = phase + 1;
      if (phase == ResetCycles && written == 0) begin
        rst_n <= 1'b1;
        writing <= 1'b1;
      end else if (phase == ResetCycles) begin
        phase = ResetCycles + 1;
      end
    end else if (phase == ResetCycles) begin  // memories
      written <= written + 1;
      if (written == Seeds + Codes - 1) begin
        writing <= 1'b0;
        phase = ResetCycles + 1;
      end
    end else if (phase == ResetCycles + 1) begin  // begin a run
      x_end = x_next + run_table[number][31:0];
      y_left = run_table[number][63:32];
      rst_n <= 1'b1;
      x_valid <= x_next < x_end && pass(0);
      y_ready <= pass(0);
      now = 0;
      waiting = 0;
      for (k = 0; k < 4; k = k + 1) counts[k] = 0;
      phase = ResetCycles + 2;
    end else begin
      // What passed in this cycle.
      waiting = waiting + 1;
      counts[cycle_class] = counts[cycle_class] + 1;
      x_at = x_next;
      if (x_valid && x_ready) begin
        waiting = 0;
        x_at = x_at + 1;
      end
      if (stream1_valid) $fwrite(out_file, "1 %h\n", stream1);
      if (stream2_valid) $fwrite(out_file, "2 %h\n", stream2);
      if (y_valid && y_ready) begin
        waiting = 0;
        y_left = y_left - 1;
        $fwrite(out_file, "y %h %0d\n", y_data, now);
      end
      now = now + 1;
      // What is offered in the next; an offered beat stays until taken.
      if (!(x_valid && !x_ready)) x_valid <= x_at < x_end && pass(0);
      y_ready <= pass(0);
      x_next <= x_at;
      if (y_left == 0) begin
        $fwrite(cycle_file, "%0d %0d %0d %0d\n", counts[0], counts[1], counts[2], counts[3]);
        if (x_at != x_end) begin
          $fwrite(cycle_file, "leftover\n");
          $finish;
        end
        rst_n <= 1'b0;
        x_valid <= 1'b0;
        y_ready <= 1'b0;
        number = number + 1;
        phase = 0;
        if (number == Runs) begin
          $fwrite(cycle_file, "clocks %0d\ndone\n", cycle);
          $finish;
        end
      end
      if (waiting > Patience) begin
        $fwrite(cycle_file, "stuck\n");
        $finish;
      end
    end
  end
endmodule

`default_nettype wire
