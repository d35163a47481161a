// SPDX-License-Identifier: Apache-2.0
// The fully-connected engine: a layer whose connections a register decides, one multiplier an output.
//
//   acc[o] = sum over inputs i with M[i, group of o] of W[o, i] x[i];   y = activation(scale x acc + bias)      W_s = W o M (P5)
//
// Outputs are divided into Groups that share a mask: output o is of group o mod Groups. Skip = 0 is the paper: one input a cycle goes
// to all outputs, and each group's register says whether the connection exists. Skip = 1 lists the connections ahead
// (lac_fc_ahead), so an image takes as many cycles as the largest group has connections. Masked = 0 is the dense baseline. Sums
// of an image leave while the next one accumulates. Ports, formats and cycle equation in docs/fc.md.
`default_nettype none

module lac_fc #(
    parameter Outputs    = 512,           // physical outputs, a multiple of Groups and of OutLanes
    parameter Groups     = 512,           // that share a mask each
    parameter InLanes    = 16,            // activations a beat of x, a power of two
    parameter OutLanes   = 16,            // outputs a beat of y
    parameter IndexWidth = 10,            // 2^IndexWidth inputs at most
    parameter Depth      = 1024,          // words of a group's weight memory
    parameter WeightBits = 8,             // bits of a weight, which name its format (lac_multiply)
    parameter AccWidth   = 24,            // bits of a sum
    parameter Masked     = 1,             // 0: all connections exist
    parameter LfsrBits   = 10,            // of each register
    parameter AllStates  = 1,             // 1: the register has its zero state too
    parameter Skip       = 0,             // 1: missing connections take no cycle
    parameter Ahead      = 16,            // inputs looked at in a cycle (Skip = 1)
    parameter FifoLog2   = 2,             // 2^FifoLog2 chunks of connections wait (Skip = 1)
    // Derived; not to be set.
    parameter Neurons    = Outputs / Groups,
    parameter GroupWidth = (Groups > 1) ? $clog2(Groups) : 1,
    parameter AddrWidth  = (Depth > 1) ? $clog2(Depth) : 1,
    parameter OutBeats   = Outputs / OutLanes,
    parameter BeatWidth  = (OutBeats > 1) ? $clog2(OutBeats) : 1
) (
    input  wire                          clk_i,
    input  wire                          rst_ni,
    // the layer, stable while run_i is high; run_i low for a cycle begins anew
    input  wire                          run_i,
    input  wire [IndexWidth-1:0]         cfg_last_input_i,
    input  wire [BeatWidth-1:0]          cfg_last_beat_i,
    input  wire [LfsrBits-1:0]           cfg_threshold_i,
    input  wire [4:0]                    cfg_shift_i,
    input  wire                          cfg_relu_i,
    // memories, written while run_i is low
    input  wire                          seed_we_i,
    input  wire                          weight_we_i,
    input  wire [GroupWidth-1:0]         group_i,
    input  wire [LfsrBits-1:0]           seed_i,
    input  wire [AddrWidth-1:0]          weight_addr_i,
    input  wire [Neurons*WeightBits-1:0] weight_data_i,
    input  wire                          param_we_i,
    input  wire [BeatWidth-1:0]          param_beat_i,
    input  wire [OutLanes*48-1:0]        param_data_i,
    // images in, activations out
    input  wire                          x_valid_i,
    output wire                          x_ready_o,
    input  wire [InLanes*8-1:0]          x_data_i,
    output wire                          y_valid_o,
    input  wire                          y_ready_i,
    output wire [OutLanes*16-1:0]        y_data_o,
    output wire                          y_last_o,
    output wire [1:0]                    cycle_class_o  // 1 inputs taken, 2 waits for x, 3 waits otherwise; 0 not running
);
  localparam LanesLog2 = $clog2(InLanes);
  localparam WordWidth = IndexWidth - LanesLog2;
  localparam Words     = 1 << WordWidth;

  generate
    if (Outputs % Groups != 0) begin : g_groups
      lac_fc_outputs_must_be_a_multiple_of_groups fault ();
    end
    if ((1 << $clog2(InLanes)) != InLanes || InLanes < 2) begin : g_lanes
      lac_fc_inlanes_must_be_a_power_of_two fault ();
    end
    if (Skip != 0 && Masked == 0) begin : g_skip_check
      lac_fc_skip_needs_a_mask fault ();
    end
    if (InLanes >= (1 << IndexWidth) || Depth < 1) begin : g_size
      lac_fc_indexwidth_or_depth_out_of_range fault ();
    end
    if (AccWidth <= WeightBits + 8 || AccWidth > 32) begin : g_width
      lac_fc_accwidth_out_of_range fault ();
    end
  endgenerate

  // ---- x: fills the two banks in turn
  reg                   write_bank_q, read_bank_q;
  reg  [1:0]            full_q;
  reg  [WordWidth-1:0]  write_word_q;
  wire                  x_take  = x_valid_i && x_ready_o;
  wire                  x_last  = write_word_q == cfg_last_input_i[IndexWidth-1:LanesLog2];
  wire                  image_end;

  always @(posedge clk_i) begin
    if (!rst_ni || !run_i) begin
      write_bank_q  <= 1'b0;
      read_bank_q   <= 1'b0;
      full_q        <= 2'b00;
      write_word_q  <= {WordWidth{1'b0}};
    end else begin
      if (x_take) write_word_q <= x_last ? {WordWidth{1'b0}} : write_word_q + 1'b1;
      if (x_take && x_last) begin
        write_bank_q         <= !write_bank_q;
        full_q[write_bank_q] <= 1'b1;
      end
      if (image_end) begin
        read_bank_q         <= !read_bank_q;
        full_q[read_bank_q] <= 1'b0;
      end
    end
  end
  assign x_ready_o = run_i && !full_q[write_bank_q];

  // ---- seeds
  reg [Groups*LfsrBits-1:0] seeds_q;
  generate
    if (Masked != 0) begin : g_seeds
      // A loop of enables: of a part chosen by group_i, Yosys would make a shifter as wide as all seeds.
      integer s;
      always @(posedge clk_i)
        if (seed_we_i) for (s = 0; s < Groups; s = s + 1) if (group_i == s[GroupWidth-1:0]) seeds_q[s*LfsrBits +: LfsrBits] <= seed_i;
    end else begin : g_no_seeds
      wire unused_mask = |{seed_we_i, seed_i, cfg_threshold_i, seeds_q};
      always @(posedge clk_i) seeds_q <= {(Groups*LfsrBits){1'b0}};
    end
  endgenerate

  // ---- which connection each group takes in this cycle
  wire                         present = run_i && full_q[read_bank_q];
  wire                         drained;  // an image may end
  wire [Groups-1:0]            take;
  wire [Groups*8-1:0]          values;
  genvar g, n;
  generate
    if (Skip != 0) begin : g_skip
      reg  [Groups-1:0] done_q;
      wire [Groups-1:0] finish;
      assign image_end = &(done_q | finish);
      always @(posedge clk_i) begin
        if (!rst_ni || !run_i || image_end) done_q <= {Groups{1'b0}};
        else done_q <= done_q | finish;
      end
      for (g = 0; g < Groups; g = g + 1) begin : g_group
        wire                  valid, exists, last;
        wire [IndexWidth-1:0] index;
        wire                  next = present && valid && !done_q[g] && (!last || drained);
        assign take[g]   = next && exists;
        assign finish[g] = next && last;
        lac_fc_ahead #(
            .LfsrBits  (LfsrBits),
            .AllStates (AllStates),
            .Steps     (Ahead),
            .FifoLog2  (FifoLog2),
            .IndexWidth(IndexWidth)
        ) ahead (
            .clk_i       (clk_i),
            .rst_ni      (rst_ni),
            .run_i       (run_i),
            .seed_i      (seeds_q[g*LfsrBits +: LfsrBits]),
            .threshold_i (cfg_threshold_i),
            .last_input_i(cfg_last_input_i),
            .valid_o     (valid),
            .exists_o    (exists),
            .last_o      (last),
            .index_o     (index),
            .next_i      (next)
        );
        lac_fc_values #(
            .Lanes     (InLanes),
            .Words     (Words),
            .IndexWidth(IndexWidth)
        ) activations (
            .clk_i        (clk_i),
            .write_en_i   (x_take),
            .write_bank_i (write_bank_q),
            .write_word_i (write_word_q),
            .write_data_i (x_data_i),
            .read_en_i    (take[g]),
            .read_bank_i  (read_bank_q),
            .read_index_i (index),
            .value_o      (values[g*8 +: 8])
        );
      end
      assign cycle_class_o = !run_i ? 2'd0 : !present ? 2'd2 : (take != {Groups{1'b0}}) ? 2'd1 : 2'd3;
    end else begin : g_all
      reg  [IndexWidth-1:0] index_q;
      wire                  last  = index_q == cfg_last_input_i;
      wire                  input_taken = present && (!last || drained);
      wire [7:0]            value;
      assign image_end = input_taken && last;
      always @(posedge clk_i) begin
        if (!rst_ni || !run_i || image_end) index_q <= {IndexWidth{1'b0}};
        else if (input_taken) index_q <= index_q + 1'b1;
      end
      lac_fc_values #(
          .Lanes     (InLanes),
          .Words     (Words),
          .IndexWidth(IndexWidth)
      ) activations (
          .clk_i        (clk_i),
          .write_en_i   (x_take),
          .write_bank_i (write_bank_q),
          .write_word_i (write_word_q),
          .write_data_i (x_data_i),
          .read_en_i    (input_taken),
          .read_bank_i  (read_bank_q),
          .read_index_i (index_q),
          .value_o      (value)
      );
      assign values = {Groups{value}};
      for (g = 0; g < Groups; g = g + 1) begin : g_group
        if (Masked != 0) begin : g_masked
          wire exists;
          lac_lfsr #(
              .Bits     (LfsrBits),
              .AllStates(AllStates),
              .Steps    (1)
          ) lfsr (
              .clk_i      (clk_i),
              .load_i     (!rst_ni || !run_i || image_end),
              .seed_i     (seeds_q[g*LfsrBits +: LfsrBits]),
              .step_i     (input_taken),
              .threshold_i(cfg_threshold_i),
              .exists_o   (exists)
          );
          assign take[g] = input_taken && exists;
        end else begin : g_dense
          assign take[g] = input_taken;
        end
      end
      assign cycle_class_o = !run_i ? 2'd0 : !present ? 2'd2 : input_taken ? 2'd1 : 2'd3;
    end
  endgenerate

  // ---- the end of an image follows its last product through the pipeline
  reg  [2:0] ending_q;
  wire       busy;
  always @(posedge clk_i) ending_q <= (rst_ni && run_i) ? {ending_q[1:0], image_end} : 3'b000;
  assign drained = ending_q == 3'b000 && !busy;

  wire [Outputs*AccWidth-1:0] acc;
  generate
    for (g = 0; g < Groups; g = g + 1) begin : g_neurons
      wire [Neurons*AccWidth-1:0] sums;
      lac_fc_group #(
          .Neurons   (Neurons),
          .WeightBits(WeightBits),
          .AccWidth  (AccWidth),
          .Depth     (Depth),
          .AddrWidth (AddrWidth)
      ) group (
          .clk_i        (clk_i),
          .rst_ni       (rst_ni && run_i),
          .weight_we_i  (weight_we_i && group_i == g[GroupWidth-1:0]),
          .weight_addr_i(weight_addr_i),
          .weight_data_i(weight_data_i),
          .take_i       (take[g] && !weight_we_i),  // never both: a tool need not keep the old word of a collision
          .last_i       (image_end),
          .value_i      (values[g*8 +: 8]),
          .clear_i      (ending_q[2]),
          .acc_o        (sums)
      );
      for (n = 0; n < Neurons; n = n + 1) begin : g_output
        assign acc[(n*Groups+g)*AccWidth +: AccWidth] = sums[n*AccWidth +: AccWidth];
      end
    end
  endgenerate

  lac_fc_drain #(
      .Outputs  (Outputs),
      .Lanes    (OutLanes),
      .AccWidth (AccWidth),
      .BeatWidth(BeatWidth)
  ) drain (
      .clk_i       (clk_i),
      .rst_ni      (rst_ni && run_i),
      .param_we_i  (param_we_i),
      .param_beat_i(param_beat_i),
      .param_data_i(param_data_i),
      .last_beat_i (cfg_last_beat_i),
      .shift_i     (cfg_shift_i),
      .relu_i      (cfg_relu_i),
      .load_i      (ending_q[2]),
      .acc_i       (acc),
      .busy_o      (busy),
      .y_valid_o   (y_valid_o),
      .y_ready_i   (y_ready_i),
      .y_data_o    (y_data_o),
      .y_last_o    (y_last_o)
  );
endmodule

`default_nettype wire
