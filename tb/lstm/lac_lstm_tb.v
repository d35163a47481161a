// SPDX-License-Identifier: Apache-2.0
// Plays prepared vectors into a top of the recurrent engine on any Verilog simulator and writes down what comes out; lacuna compares it.
// The macro TOP names the top, CELL_NORM says that it normalises cells.
//
// Reads from the working folder param.hex, sequences.hex, start.hex, init.hex, x.hex and weights.hex; writes y.hex (one line a
// beat) and cycles.txt (per sequence the cycles of each class, then "clocks N", then "done"). Plus arguments: +latency=N +stall=N
// (of 1024) +seed=N. The memory answers a command after `latency` cycles with one word a cycle.
`default_nettype none

module lac_lstm_tb;
  parameter WeightBits = 8;
  parameter Lanes      = 24;
  parameter Batch      = 8;
  parameter Depth      = 16;
  parameter EwWidth    = 2;
  parameter EwGates    = 4;
  parameter MaxUnits   = 1024;
  parameter MaxInputs  = 1024;
  parameter AccWidth   = 24;
  parameter FifoDepth  = 16;
  parameter SkipZeros  = 1;
  parameter Units      = 1;  // of the layer, as all that follows
  parameter Inputs     = 1;
  parameter Words      = 1;
  parameter BlockWords = 1;
  parameter Base       = 0;
  parameter Stride     = 32;
  parameter LastStride = 32;
  parameter Span       = 32;
  parameter PreShift   = 12;
  parameter CellFrac   = 12;
  parameter Threshold  = 0;
  parameter NormShift  = 0;
  parameter Sequences  = 1;
  parameter InitBeats  = 0;  // of all sequences together
  parameter XBeats     = 1;
  parameter WeightBytes = 1;  // of the memory image

  localparam MaxIndex   = (MaxUnits > MaxInputs) ? MaxUnits : MaxInputs;
  localparam IndexWidth = (MaxIndex > 1) ? $clog2(MaxIndex) : 1;
  localparam Groups     = Batch / EwWidth;
  localparam GroupWidth = (Groups > 1) ? $clog2(Groups) : 1;
  localparam XWidth     = IndexWidth + Batch * 8 + 2;
  localparam YWidth     = IndexWidth + GroupWidth + EwWidth * 24 + 1;
  localparam WordBytes  = (Lanes * WeightBits + 7) / 8;
  localparam QueueSize  = 4096;
  localparam Patience   = 100000;

`ifdef CELL_NORM
  localparam ParamWidth = 224;
`else
  localparam ParamWidth = 192;
`endif

  reg [ParamWidth-1:0] param_beats [0:Units-1];
  reg [63:0]           sequence_table [0:Sequences-1];  // {beats of init, beats of x}
  reg [Batch*16:0]     start_beats [0:Sequences-1];
  reg [EwWidth*24-1:0] init_beats [0:InitBeats];
  reg [XWidth-1:0]     x_beats [0:XBeats-1];
  reg [7:0]            weights [0:WeightBytes-1];

  reg clk = 1'b0, rst_n = 1'b0;
  reg param_we = 1'b0, start_valid = 1'b0, init_valid = 1'b0, x_valid = 1'b0, weight_valid = 1'b0;
  reg cmd_ready = 1'b0, y_ready = 1'b0;
  reg [IndexWidth-1:0] param_unit = 0;
  reg [WordBytes*8-1:0] weight_data;
  wire start_ready, init_ready, x_ready, cmd_valid, weight_ready, y_valid, busy;
  wire [31:0]          cmd_addr;
  wire [7:0]           cmd_words;
  wire [YWidth-1:0]    y_data;
  wire [2:0]           cycle_class;

  integer sequence, init_next, init_end, x_next, x_end;
  integer latency, stall, seed, y_file, cycle_file;
  integer cycle, waiting, phase, k, b;
  integer counts [0:7];
  integer due [0:QueueSize-1];
  integer address [0:QueueSize-1];
  integer head, tail, last_due;
  reg was_busy;

  `TOP #(
`ifdef CELL_NORM
      .WeightBits(WeightBits),
`endif
      .Lanes    (Lanes),
      .Batch    (Batch),
      .Depth    (Depth),
      .EwWidth  (EwWidth),
      .EwGates  (EwGates),
      .MaxUnits (MaxUnits),
      .MaxInputs(MaxInputs),
      .AccWidth (AccWidth),
      .FifoDepth(FifoDepth),
      .SkipZeros(SkipZeros)
  ) engine (
      .clk_i            (clk),
      .rst_ni           (rst_n),
      .cfg_units_i      (Units),
      .cfg_inputs_i     (Inputs),
      .cfg_words_i      (Words),
      .cfg_block_words_i(BlockWords),
      .cfg_base_i       (Base),
      .cfg_stride_i     (Stride),
      .cfg_last_stride_i(LastStride),
      .cfg_span_i       (Span),
      .cfg_pre_shift_i  (PreShift),
      .cfg_cell_frac_i  (CellFrac),
      .cfg_threshold_i  (Threshold),
`ifdef CELL_NORM
      .cfg_norm_shift_i (NormShift),
`endif
      .param_we_i       (param_we),
      .param_unit_i     (param_unit),
      .param_data_i     (param_beats[param_unit]),
      .start_valid_i    (start_valid),
      .start_ready_o    (start_ready),
      .start_data_i     (start_beats[sequence]),
      .init_valid_i     (init_valid),
      .init_ready_o     (init_ready),
      .init_data_i      (init_beats[init_next]),
      .x_valid_i        (x_valid),
      .x_ready_o        (x_ready),
      .x_data_i         (x_beats[x_next]),
      .cmd_valid_o      (cmd_valid),
      .cmd_ready_i      (cmd_ready),
      .cmd_addr_o       (cmd_addr),
      .cmd_words_o      (cmd_words),
      .weight_valid_i   (weight_valid),
      .weight_ready_o   (weight_ready),
      .weight_data_i    (weight_data[Lanes*WeightBits-1:0]),
      .y_valid_o        (y_valid),
      .y_ready_i        (y_ready),
      .y_data_o         (y_data),
      .busy_o           (busy),
      .cycle_class_o    (cycle_class)
  );

  function pass;  // whether a port is not stalled in the next cycle
    input dummy;
    pass = ($random(seed) & 1023) >= stall;
  endfunction

  initial begin
    if (!$value$plusargs("latency=%d", latency)) latency = 1;
    if (!$value$plusargs("stall=%d", stall)) stall = 0;
    if (!$value$plusargs("seed=%d", seed)) seed = 1;
    $readmemh("param.hex", param_beats);
    $readmemh("sequences.hex", sequence_table);
    $readmemh("start.hex", start_beats);
    if (InitBeats > 0) $readmemh("init.hex", init_beats, 0, InitBeats - 1);
    $readmemh("x.hex", x_beats);
    $readmemh("weights.hex", weights);
    y_file = $fopen("y.hex", "w");
    cycle_file = $fopen("cycles.txt", "w");
    sequence = 0;
    init_next = 0;
    init_end = 0;
    x_next = 0;
    x_end = 0;
    cycle = 0;
    waiting = 0;
    phase = 0;
    head = 0;
    tail = 0;
    last_due = 0;
    was_busy = 1'b0;
    for (k = 0; k < 8; k = k + 1) counts[k] = 0;
  end

  always #1 clk = !clk;

  // Outputs are read as they were before the edge, inputs change after it.
  always @(posedge clk) begin
    cycle = cycle + 1;
    if (phase < 4) begin  // reset
      phase = phase + 1;
      if (phase == 4) begin
        rst_n <= 1'b1;
        param_we <= 1'b1;
      end
    end else if (phase == 4) begin  // parameters
      if (param_unit == Units - 1) begin
        param_we <= 1'b0;
        phase = 5;
      end else begin
        param_unit <= param_unit + 1'b1;
      end
    end else if (phase == 5) begin  // begin a sequence
      init_end = init_next + sequence_table[sequence][63:32];
      x_end = x_next + sequence_table[sequence][31:0];
      start_valid <= 1'b1;
      init_valid <= init_next < init_end && pass(0);
      x_valid <= x_next < x_end && pass(0);
      cmd_ready <= pass(0);
      y_ready <= pass(0);
      was_busy = 1'b0;
      phase = 6;
    end else begin
      // What passed in this cycle.
      waiting = waiting + 1;
      if (start_valid && start_ready) start_valid <= 1'b0;
      if (init_valid && init_ready) init_next = init_next + 1;
      if (x_valid && x_ready) x_next = x_next + 1;
      if (weight_valid && weight_ready) head = head + 1;
      if (cmd_valid && cmd_ready) begin
        waiting = 0;
        for (k = 0; k < cmd_words; k = k + 1) begin
          last_due = (cycle + latency > last_due + 1) ? cycle + latency : last_due + 1;
          due[tail % QueueSize] = last_due;
          address[tail % QueueSize] = cmd_addr - Base + k * WordBytes;
          tail = tail + 1;
        end
      end
      if (y_valid && y_ready) begin
        waiting = 0;
        $fwrite(y_file, "%h\n", y_data);
      end
      // What is offered in the next; an offered beat stays until taken.
      if (!(init_valid && !init_ready)) init_valid <= init_next < init_end && pass(0);
      if (!(x_valid && !x_ready)) x_valid <= x_next < x_end && pass(0);
      if (!(weight_valid && !weight_ready)) begin
        weight_valid <= 1'b0;
        if (head < tail && due[head % QueueSize] <= cycle + 1 && pass(0)) begin
          weight_valid <= 1'b1;
          for (b = 0; b < WordBytes; b = b + 1)
            weight_data[b*8 +: 8] <= weights[address[head % QueueSize] + b];
        end
      end
      cmd_ready <= tail - head < QueueSize / 2 && pass(0);
      y_ready <= pass(0);
      // Cycles, and the end of the sequence.
      if (busy) begin
        was_busy = 1'b1;
        counts[cycle_class] = counts[cycle_class] + 1;
      end else if (was_busy) begin
        $fwrite(cycle_file, "%0d %0d %0d %0d %0d %0d\n", counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
        for (k = 0; k < 8; k = k + 1) counts[k] = 0;
        if (init_next != init_end || x_next != x_end || head != tail) begin
          $fwrite(cycle_file, "leftover\n");
          $finish;
        end
        sequence = sequence + 1;
        phase = 5;
        if (sequence == Sequences) begin
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
