// SPDX-License-Identifier: Apache-2.0
// Plays prepared vectors into a top of the fully-connected engine on any Verilog simulator and writes down what comes out; lacuna
// compares it. The macro TOP names the top, and a macro of the top's name is defined.
//
// Reads from the working folder seeds.hex, places.hex and weights.hex (group and address, and the word there), param.hex, runs.hex and
// x.hex; writes y.txt (a line a beat: data, last, cycle since run_i rose) and cycles.txt (per run the cycles of each class, then
// "clocks N", then "done"). Plus arguments: +stall=N (of 1024) +seed=N.
`default_nettype none

module lac_fc_tb;
  parameter Outputs    = 512;
  parameter Groups     = 512;
  parameter InLanes    = 16;
  parameter OutLanes   = 16;
  parameter IndexWidth = 10;
  parameter Depth      = 1024;
  parameter WeightBits = 8;
  parameter AccWidth   = 24;
  parameter Masked     = 1;
  parameter LfsrBits   = 10;
  parameter AllStates  = 1;
  parameter Skip       = 0;
  parameter Ahead      = 16;
  parameter FifoLog2   = 2;
  parameter LastInput  = 0;  // of the layer, as all that follows
  parameter LastBeat   = 0;
  parameter Threshold  = 0;
  parameter Shift      = 0;
  parameter Relu       = 0;
  parameter Seeds      = 0;
  parameter Weights    = 0;  // words
  parameter Runs       = 1;
  parameter XBeats     = 1;  // of all runs together

  localparam Neurons    = Outputs / Groups;
  localparam GroupWidth = (Groups > 1) ? $clog2(Groups) : 1;
  localparam AddrWidth  = (Depth > 1) ? $clog2(Depth) : 1;
  localparam OutBeats   = Outputs / OutLanes;
  localparam BeatWidth  = (OutBeats > 1) ? $clog2(OutBeats) : 1;
  localparam Writes     = Seeds + Weights + LastBeat + 1;
  localparam Patience   = 100000;

  reg [LfsrBits-1:0]           seeds [0:Seeds];
  reg [63:0]                   places [0:Weights];  // {group, address}
  reg [Neurons*WeightBits-1:0] weights [0:Weights];
  reg [OutLanes*48-1:0]        param_beats [0:LastBeat];
  reg [63:0]                   run_table [0:Runs-1];  // {images, beats of x}
  reg [InLanes*8-1:0]          x_beats [0:XBeats-1];

  reg     clk = 1'b0, rst_n = 1'b0, run = 1'b0, writing = 1'b0, x_valid = 1'b0, y_ready = 1'b0;
  integer written = 0, x_next = 0;
  wire    x_ready, y_valid, y_last;
  wire [OutLanes*16-1:0] y_data;
  wire [1:0]             cycle_class;

  // ---- memories: seeds, then weights, then parameters
  wire seed_we   = writing && written < Seeds;
  wire weight_we = writing && !seed_we && written < Seeds + Weights;
  wire param_we  = writing && !seed_we && !weight_we;
  wire [63:0] place = places[weight_we ? written - Seeds : 0];
  wire [31:0] group = seed_we ? written : place[63:32];
  wire [31:0] beat  = written - Seeds - Weights;

  `TOP #(
      .Outputs   (Outputs),
      .Groups    (Groups),
      .InLanes   (InLanes),
      .OutLanes  (OutLanes),
      .IndexWidth(IndexWidth),
      .Depth     (Depth),
      .WeightBits(WeightBits),
      .AccWidth  (AccWidth),
`ifndef lac_radix_layer  // has no masks
      .AllStates (AllStates),
      .Skip      (Skip),
      .Ahead     (Ahead),
      .FifoLog2  (FifoLog2),
`endif
      .Masked    (Masked),
      .LfsrBits  (LfsrBits)
  ) engine (
      .clk_i           (clk),
      .rst_ni          (rst_n),
      .run_i           (run),
      .cfg_last_input_i(LastInput[IndexWidth-1:0]),
      .cfg_last_beat_i (LastBeat[BeatWidth-1:0]),
      .cfg_threshold_i (Threshold[LfsrBits-1:0]),
      .cfg_shift_i     (Shift[4:0]),
      .cfg_relu_i      (Relu[0]),
      .seed_we_i       (seed_we),
      .weight_we_i     (weight_we),
      .group_i         (group[GroupWidth-1:0]),
      .seed_i          (seeds[seed_we ? written : 0]),
      .weight_addr_i   (place[AddrWidth-1:0]),
      .weight_data_i   (weights[weight_we ? written - Seeds : 0]),
      .param_we_i      (param_we),
      .param_beat_i    (beat[BeatWidth-1:0]),
      .param_data_i    (param_beats[param_we ? beat : 0]),
      .x_valid_i       (x_valid),
      .x_ready_o       (x_ready),
      .x_data_i        (x_beats[x_next]),
      .y_valid_o       (y_valid),
      .y_ready_i       (y_ready),
      .y_data_o        (y_data),
      .y_last_o        (y_last),
      .cycle_class_o   (cycle_class)
  );

  integer stall, seed, y_file, cycle_file;
  integer cycle, now, waiting, phase, number, x_at, x_end, y_left, k;
  integer counts [0:3];

  function pass;  // whether a port is not stalled in the next cycle
    input dummy;
    pass = ($random(seed) & 1023) >= stall;
  endfunction

  initial begin
    if (!$value$plusargs("stall=%d", stall)) stall = 0;
    if (!$value$plusargs("seed=%d", seed)) seed = 1;
    if (Seeds > 0) $readmemh("seeds.hex", seeds, 0, Seeds - 1);
    if (Weights > 0) $readmemh("places.hex", places, 0, Weights - 1);
    if (Weights > 0) $readmemh("weights.hex", weights, 0, Weights - 1);
    $readmemh("param.hex", param_beats);
    $readmemh("runs.hex", run_table);
    $readmemh("x.hex", x_beats);
    y_file = $fopen("y.txt", "w");
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
    if (phase < 4) begin  // reset
      phase = phase + 1;
      if (phase == 4) begin
        rst_n <= 1'b1;
        writing <= 1'b1;
      end
    end else if (phase == 4) begin  // memories
      if (written == Writes - 1) begin
        writing <= 1'b0;
        phase = 5;
      end else begin
        written <= written + 1;
      end
    end else if (phase == 5) begin  // begin a run
      x_end = x_next + run_table[number][31:0];
      y_left = run_table[number][63:32] * (LastBeat + 1);
      run <= 1'b1;
      x_valid <= x_next < x_end && pass(0);
      y_ready <= pass(0);
      now = 0;
      waiting = 0;
      for (k = 0; k < 4; k = k + 1) counts[k] = 0;
      phase = 6;
    end else begin
      // What passed in this cycle.
      waiting = waiting + 1;
      counts[cycle_class] = counts[cycle_class] + 1;
      x_at = x_next;
      if (x_valid && x_ready) begin
        waiting = 0;
        x_at = x_at + 1;
      end
      if (y_valid && y_ready) begin
        waiting = 0;
        y_left = y_left - 1;
        $fwrite(y_file, "%h %b %0d\n", y_data, y_last, now);
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
        run <= 1'b0;
        x_valid <= 1'b0;
        y_ready <= 1'b0;
        number = number + 1;
        phase = 5;
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
