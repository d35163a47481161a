// SPDX-License-Identifier: Apache-2.0
// The recurrent engine: an LSTM layer for up to Batch streams that skips what is zero in all of them.
//
//   pre = a_x (Wx x_t) + a_h (Wh h_{t-1}) + b;  c_t = f c_{t-1} + i g;  h_t = o tanh(n), 0 where |h_t| < threshold
//   n = c_t, or with CellNorm a_c c_t + b_c
//
// P3 ("Learning to skip ineffectual recurrent computations in LSTMs"); ports, formats and cycle equation in docs/lstm.md. x and h are
// lists of columns; rows are taken in blocks of Depth words; sums stay in the PEs; the weights stream past.
`default_nettype none

module lac_lstm #(
    parameter Lanes      = 24,    // weights a cycle, a multiple of 4
    parameter Batch      = 8,     // streams that share a weight
    parameter Depth      = 16,    // words of a block at most
    parameter EwWidth    = 2,     // streams the element-wise unit takes a cycle; divides Batch
    parameter EwGates    = 4,     // gates it takes a cycle: 4, or 1 for a small one with four cycles a visit
    parameter MaxUnits   = 1024,  // units of a layer at most
    parameter MaxInputs  = 1024,  // inputs of a layer at most
    parameter WeightBits = 8,     // bits of a weight, which name its format (lac_multiply)
    parameter AccWidth   = 24,    // bits of a sum
    parameter FifoDepth  = 16,    // columns fetched ahead, a power of two
    parameter SkipZeros  = 1,     // 0: no state is skipped (the baseline)
    parameter CellNorm   = 0,     // 1: cells are scaled and shifted before their tanh (P4)
    parameter AddrWidth  = 32,    // bits of a byte address, at least 32
    // Derived; not to be set.
    parameter MaxIndex   = (MaxUnits > MaxInputs) ? MaxUnits : MaxInputs,
    parameter IndexWidth = (MaxIndex > 1) ? $clog2(MaxIndex) : 1,
    parameter Groups     = Batch / EwWidth,
    parameter GroupWidth = (Groups > 1) ? $clog2(Groups) : 1,
    parameter BlockWidth = $clog2(Depth + 1),
    parameter ParamWidth = 16 * (4 * 3 + ((CellNorm != 0) ? 2 : 0))
) (
    input  wire                                       clk_i,
    input  wire                                       rst_ni,
    // configuration of the layer, stable while busy
    input  wire [15:0]                                cfg_units_i,
    input  wire [15:0]                                cfg_inputs_i,
    input  wire [15:0]                                cfg_words_i,
    input  wire [7:0]                                 cfg_block_words_i,
    input  wire [AddrWidth-1:0]                       cfg_base_i,
    input  wire [15:0]                                cfg_stride_i,
    input  wire [15:0]                                cfg_last_stride_i,
    input  wire [AddrWidth-1:0]                       cfg_span_i,
    input  wire [4:0]                                 cfg_pre_shift_i,
    input  wire [3:0]                                 cfg_cell_frac_i,
    input  wire [6:0]                                 cfg_threshold_i,
    input  wire [4:0]                                 cfg_norm_shift_i,  // used with CellNorm
    input  wire                                       param_we_i,
    input  wire [IndexWidth-1:0]                      param_unit_i,
    input  wire [ParamWidth-1:0]                      param_data_i,
    // sequence
    input  wire                                       start_valid_i,
    output wire                                       start_ready_o,
    input  wire [Batch*16:0]                          start_data_i,
    input  wire                                       init_valid_i,
    output wire                                       init_ready_o,
    input  wire [EwWidth*24-1:0]                      init_data_i,
    input  wire                                       x_valid_i,
    output wire                                       x_ready_o,
    input  wire [IndexWidth+Batch*8+1:0]              x_data_i,
    // weights
    output wire                                       cmd_valid_o,
    input  wire                                       cmd_ready_i,
    output wire [AddrWidth-1:0]                       cmd_addr_o,
    output wire [7:0]                                 cmd_words_o,
    input  wire                                       weight_valid_i,
    output wire                                       weight_ready_o,
    input  wire [Lanes*WeightBits-1:0]                weight_data_i,
    // states
    output wire                                       y_valid_o,
    input  wire                                       y_ready_i,
    output wire [IndexWidth+GroupWidth+EwWidth*24:0]  y_data_o,
    output wire                                       busy_o,
    output wire [2:0]                                 cycle_class_o
);
  localparam ValueBits   = 8;
  localparam Values      = Batch * ValueBits;
  localparam Slots       = Lanes / 4;
  localparam WordAddr    = (Depth > 1) ? $clog2(Depth) : 1;
  localparam BankAddr    = (Depth > 1) ? WordAddr + 1 : 1;  // of the PEs: {bank, word}, without a word where there is one only
  localparam CountWidth  = $clog2(MaxIndex + 1);
  localparam CreditsLog2 = $clog2(FifoDepth);
  localparam EntryWidth  = IndexWidth + Values;
  localparam RecordWidth = Values + BlockWidth + 2;

  generate
    if (Lanes % 4 != 0 || Lanes < 4) begin : g_lanes
      lac_lstm_lanes_must_be_a_multiple_of_4 fault ();
    end
    if (Batch % EwWidth != 0) begin : g_ew_width
      lac_lstm_ewwidth_must_divide_batch fault ();
    end
    if (EwGates != 1 && EwGates != 4) begin : g_ew_gates
      lac_lstm_ewgates_must_be_1_or_4 fault ();
    end
    if ((1 << CreditsLog2) != FifoDepth || FifoDepth < 2) begin : g_fifo
      lac_lstm_fifodepth_must_be_a_power_of_two fault ();
    end
    if (Depth > 127 || MaxIndex > 32768 || AccWidth <= WeightBits + ValueBits || AccWidth > 40) begin : g_widths
      lac_lstm_depth_maxunits_maxinputs_or_accwidth_out_of_range fault ();
    end
    if (AddrWidth < 32) begin : g_addr
      lac_lstm_addrwidth_must_be_at_least_32 fault ();
    end
  endgenerate

  // ---- sequence control
  wire                  start, use_init, empty_state, step_end, done, cell_zero, final_step, busy;
  wire [15:0]           steps;
  wire [GroupWidth-1:0] group;
  wire [EwWidth-1:0]    over;

  lac_lstm_control #(
      .Batch     (Batch),
      .EwWidth   (EwWidth),
      .GroupWidth(GroupWidth)
  ) control (
      .clk_i        (clk_i),
      .rst_ni       (rst_ni),
      .start_valid_i(start_valid_i),
      .start_ready_o(start_ready_o),
      .start_data_i (start_data_i),
      .start_o      (start),
      .steps_o      (steps),
      .use_init_o   (use_init),
      .empty_state_o(empty_state),
      .step_end_i   (step_end),
      .done_i       (done),
      .group_i      (group),
      .over_o       (over),
      .cell_zero_o  (cell_zero),
      .final_step_o (final_step),
      .busy_o       (busy)
  );
  assign busy_o = busy;

  // ---- lists
  wire [EntryWidth-1:0] x_entry, h_entry;
  wire [CountWidth-1:0] x_count, h_count, read_index;
  wire                  x_closed, h_closed, read_x, read_h, lists_free;
  wire                  kept_valid;
  wire [EntryWidth+1:0] kept_data;
  wire                  unused_h_ready;

  lac_list #(
      .EntryWidth(EntryWidth),
      .Entries   (MaxInputs),
      .CountWidth(CountWidth)
  ) x_list (
      .clk_i        (clk_i),
      .rst_ni       (rst_ni),
      .clear_i      (1'b0),
      .write_valid_i(x_valid_i),
      .write_ready_o(x_ready_o),
      .write_data_i (x_data_i),
      .count_o      (x_count),
      .closed_o     (x_closed),
      .read_en_i    (read_x),
      .read_index_i (read_index),
      .entry_o      (x_entry),
      .free_i       (lists_free)
  );

  // Without an initial state the first list is empty: one beat that only closes it.
  // Always ready: a step's h list is written after the walk over the one before the last has ended.
  lac_list #(
      .EntryWidth(EntryWidth),
      .Entries   (MaxUnits),
      .CountWidth(CountWidth)
  ) h_list (
      .clk_i        (clk_i),
      .rst_ni       (rst_ni),
      .clear_i      (start),
      .write_valid_i(kept_valid || empty_state),
      .write_ready_o(unused_h_ready),
      .write_data_i (empty_state ? {1'b1, 1'b0, {EntryWidth{1'b0}}} : kept_data),
      .count_o      (h_count),
      .closed_o     (h_closed),
      .read_en_i    (read_h),
      .read_index_i (read_index),
      .entry_o      (h_entry),
      .free_i       (lists_free)
  );

  // ---- fetch and sequencer
  wire                   push, pop, record_valid;
  wire [RecordWidth-1:0] push_record, record;
  wire [BlockWidth-1:0]  cmd_words;
  assign cmd_words_o = {{(8-BlockWidth){1'b0}}, cmd_words};
  wire unused_block_words = |cfg_block_words_i[7:BlockWidth];

  lac_lstm_fetch #(
      .Batch      (Batch),
      .ValueBits  (ValueBits),
      .IndexWidth (IndexWidth),
      .CountWidth (CountWidth),
      .BlockWidth (BlockWidth),
      .WordWidth  (16),
      .CreditsLog2(CreditsLog2),
      .AddrWidth  (AddrWidth)
  ) fetch (
      .clk_i            (clk_i),
      .rst_ni           (rst_ni),
      .start_i          (start),
      .steps_i          (steps),
      .cfg_inputs_i     (cfg_inputs_i),
      .cfg_words_i      (cfg_words_i),
      .cfg_block_words_i(cfg_block_words_i[BlockWidth-1:0]),
      .cfg_base_i       (cfg_base_i),
      .cfg_stride_i     (cfg_stride_i),
      .cfg_last_stride_i(cfg_last_stride_i),
      .cfg_span_i       (cfg_span_i),
      .x_count_i        (x_count),
      .x_closed_i       (x_closed),
      .x_entry_i        (x_entry),
      .h_count_i        (h_count),
      .h_closed_i       (h_closed),
      .h_entry_i        (h_entry),
      .read_x_o         (read_x),
      .read_h_o         (read_h),
      .read_index_o     (read_index),
      .free_o           (lists_free),
      .cmd_valid_o      (cmd_valid_o),
      .cmd_ready_i      (cmd_ready_i),
      .cmd_addr_o       (cmd_addr_o),
      .cmd_words_o      (cmd_words),
      .push_o           (push),
      .record_o         (push_record),
      .pop_i            (pop)
  );

  lac_fifo #(
      .Width    (RecordWidth),
      .DepthLog2(CreditsLog2)
  ) records (
      .clk_i      (clk_i),
      .rst_ni     (rst_ni),
      .push_i     (push),
      .push_data_i(push_record),
      .valid_o    (record_valid),
      .data_o     (record),
      .pop_i      (pop)
  );

  wire                  mul_en, acc_en, acc_first, block, bank_free;
  wire [Values-1:0]     values;
  wire [WordAddr+1:0]   acc_addr;
  wire [BlockWidth+2:0] block_data;

  lac_lstm_sequencer #(
      .Values    (Values),
      .BlockWidth(BlockWidth),
      .WordAddr  (WordAddr)
  ) sequencer (
      .clk_i         (clk_i),
      .rst_ni        (rst_ni),
      .busy_i        (busy),
      .record_valid_i(record_valid),
      .record_i      (record),
      .pop_o         (pop),
      .weight_valid_i(weight_valid_i),
      .weight_ready_o(weight_ready_o),
      .mul_en_o      (mul_en),
      .values_o      (values),
      .acc_en_o      (acc_en),
      .acc_first_o   (acc_first),
      .acc_addr_o    (acc_addr),
      .block_o       (block),
      .block_data_o  (block_data),
      .bank_free_i   (bank_free),
      .class_o       (cycle_class_o)
  );

  // ---- lanes, drain, element-wise unit, encoder
  wire                            ew_en, load, shift, visit, init_walk, last;
  wire                            x_used, h_used;
  wire [WordAddr:0]               drain_addr;
  wire [IndexWidth-1:0]           unit;
  wire [4*EwWidth*2*AccWidth-1:0] head;
  wire unused_word = ^{acc_addr, drain_addr};

  lac_lstm_array #(
      .Lanes     (Lanes),
      .Batch     (Batch),
      .EwWidth   (EwWidth),
      .WeightBits(WeightBits),
      .ValueBits (ValueBits),
      .AccWidth  (AccWidth),
      .BankAddr  (BankAddr)
  ) array (
      .clk_i        (clk_i),
      .mul_en_i     (mul_en),
      .weights_i    (weight_data_i),
      .values_i     (values),
      .acc_en_i     (acc_en),
      .acc_first_i  (acc_first),
      .acc_addr_i   (acc_addr[WordAddr+1 -: BankAddr+1]),
      .drain_en_i   (shift),
      .drain_load_i (load),
      .drain_addr_i (drain_addr[WordAddr -: BankAddr]),
      .head_o       (head)
  );

  lac_lstm_drain #(
      .Slots     (Slots),
      .Groups    (Groups),
      .UnitWidth (IndexWidth),
      .GroupWidth(GroupWidth),
      .BlockWidth(BlockWidth),
      .WordAddr  (WordAddr)
  ) drain (
      .clk_i       (clk_i),
      .rst_ni      (rst_ni),
      .start_i     (start),
      .init_i      (use_init),
      .cfg_units_i (cfg_units_i),
      .en_i        (ew_en),
      .init_valid_i(init_valid_i),
      .init_ready_o(init_walk),
      .block_i     (block),
      .block_data_i(block_data),
      .bank_free_o (bank_free),
      .shift_o     (shift),
      .load_o      (load),
      .drain_addr_o(drain_addr),
      .visit_o     (visit),
      .unit_o      (unit),
      .group_o     (group),
      .last_o      (last),
      .x_used_o    (x_used),
      .h_used_o    (h_used)
  );
  assign init_ready_o = init_walk;

  assign step_end = visit && !init_walk && last;

  wire                    h_valid, h_last;
  wire [IndexWidth-1:0]   h_unit;
  wire [GroupWidth-1:0]   h_group;
  wire [EwWidth*8-1:0]    h;

  lac_lstm_elementwise #(
      .EwWidth   (EwWidth),
      .Groups    (Groups),
      .AccWidth  (AccWidth),
      .CellNorm  (CellNorm),
      .EwGates   (EwGates),
      .ParamWidth(ParamWidth),
      .MaxUnits  (MaxUnits),
      .UnitWidth (IndexWidth),
      .GroupWidth(GroupWidth)
  ) elementwise (
      .clk_i          (clk_i),
      .rst_ni         (rst_ni),
      .start_i        (start),
      .en_o           (ew_en),
      .cfg_pre_shift_i(cfg_pre_shift_i),
      .cfg_cell_frac_i(cfg_cell_frac_i),
      .cfg_threshold_i(cfg_threshold_i),
      .cfg_norm_shift_i(cfg_norm_shift_i),
      .param_we_i     (param_we_i),
      .param_unit_i   (param_unit_i),
      .param_data_i   (param_data_i),
      .visit_i        (visit),
      .init_i         (init_walk),
      .unit_i         (unit),
      .group_i        (group),
      .last_i         (last),
      .final_i        (last && final_step),
      .cell_zero_i    (cell_zero),
      .over_i         (over),
      .init_data_i    (init_data_i),
      .sums_i         (head),
      .x_used_i       (x_used),
      .h_used_i       (h_used),
      .y_valid_o      (y_valid_o),
      .y_ready_i      (y_ready_i),
      .y_data_o       (y_data_o),
      .done_o         (done),
      .h_valid_o      (h_valid),
      .h_last_o       (h_last),
      .h_unit_o       (h_unit),
      .h_group_o      (h_group),
      .h_o            (h)
  );

  lac_lstm_encoder #(
      .Batch     (Batch),
      .EwWidth   (EwWidth),
      .ValueBits (ValueBits),
      .GroupWidth(GroupWidth),
      .UnitWidth (IndexWidth),
      .SkipZeros (SkipZeros)
  ) encoder (
      .clk_i  (clk_i),
      .valid_i(h_valid),
      .last_i (h_last),
      .unit_i (h_unit),
      .group_i(h_group),
      .h_i    (h),
      .valid_o(kept_valid),
      .data_o (kept_data)
  );
endmodule

`default_nettype wire
