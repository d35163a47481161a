// SPDX-License-Identifier: Apache-2.0
// Binary/ternary LSTM core (P4): the recurrent engine with weights of few values and batch-normalised cells, and its union with the
// skipping of zero states (P3).
//
//   pre = a_x (Wx x_t) + a_h (Wh h_{t-1}) + b;  c_t = f c_{t-1} + i g;  h_t = o tanh(a_c c_t + b_c), 0 where |h_t| < threshold
//
// "Learning recurrent binary/ternary weights": the batch normalisations of both products and of the cell are folded into a and b;
// WeightBits = 12 is the full-precision baseline. At equal bandwidth of 192 weight bits a cycle: 16 lanes of int12, 24 of int8, 96 ternary,
// 192 binary. Ports and timing in docs/lstm.md.
`default_nettype none

module lac_bt_lstm #(
    parameter WeightBits = 2,     // 1 binary, 2 ternary, 8 or 12 integer
    parameter Lanes      = 96,    // weights a cycle, a multiple of 4
    parameter Batch      = 8,     // streams that share a weight
    parameter Depth      = 16,    // words of a block at most
    parameter EwWidth    = 4,     // streams the element-wise unit takes a cycle; divides Batch
    parameter EwGates    = 4,     // gates it takes a cycle: 4, or 1 for a small one with four cycles a visit
    parameter MaxUnits   = 1024,  // units of a layer at most
    parameter MaxInputs  = 1024,  // inputs of a layer at most
    parameter AccWidth   = 20,    // bits of a sum
    parameter FifoDepth  = 16,    // columns fetched ahead, a power of two
    parameter SkipZeros  = 1,     // 0: no state is skipped
    parameter AddrWidth  = 32,    // bits of a byte address
    // Derived; not to be set.
    parameter MaxIndex   = (MaxUnits > MaxInputs) ? MaxUnits : MaxInputs,
    parameter IndexWidth = (MaxIndex > 1) ? $clog2(MaxIndex) : 1,
    parameter Groups     = Batch / EwWidth,
    parameter GroupWidth = (Groups > 1) ? $clog2(Groups) : 1,
    parameter ParamWidth = 16 * (4 * 3 + 2)
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
    input  wire [4:0]                                 cfg_norm_shift_i,
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
  lac_lstm #(
      .Lanes     (Lanes),
      .Batch     (Batch),
      .Depth     (Depth),
      .EwWidth   (EwWidth),
      .EwGates   (EwGates),
      .MaxUnits  (MaxUnits),
      .MaxInputs (MaxInputs),
      .WeightBits(WeightBits),
      .AccWidth  (AccWidth),
      .FifoDepth (FifoDepth),
      .SkipZeros (SkipZeros),
      .CellNorm  (1),
      .AddrWidth (AddrWidth)
  ) engine (
      .clk_i            (clk_i),
      .rst_ni           (rst_ni),
      .cfg_units_i      (cfg_units_i),
      .cfg_inputs_i     (cfg_inputs_i),
      .cfg_words_i      (cfg_words_i),
      .cfg_block_words_i(cfg_block_words_i),
      .cfg_base_i       (cfg_base_i),
      .cfg_stride_i     (cfg_stride_i),
      .cfg_last_stride_i(cfg_last_stride_i),
      .cfg_span_i       (cfg_span_i),
      .cfg_pre_shift_i  (cfg_pre_shift_i),
      .cfg_cell_frac_i  (cfg_cell_frac_i),
      .cfg_threshold_i  (cfg_threshold_i),
      .cfg_norm_shift_i (cfg_norm_shift_i),
      .param_we_i       (param_we_i),
      .param_unit_i     (param_unit_i),
      .param_data_i     (param_data_i),
      .start_valid_i    (start_valid_i),
      .start_ready_o    (start_ready_o),
      .start_data_i     (start_data_i),
      .init_valid_i     (init_valid_i),
      .init_ready_o     (init_ready_o),
      .init_data_i      (init_data_i),
      .x_valid_i        (x_valid_i),
      .x_ready_o        (x_ready_o),
      .x_data_i         (x_data_i),
      .cmd_valid_o      (cmd_valid_o),
      .cmd_ready_i      (cmd_ready_i),
      .cmd_addr_o       (cmd_addr_o),
      .cmd_words_o      (cmd_words_o),
      .weight_valid_i   (weight_valid_i),
      .weight_ready_o   (weight_ready_o),
      .weight_data_i    (weight_data_i),
      .y_valid_o        (y_valid_o),
      .y_ready_i        (y_ready_i),
      .y_data_o         (y_data_o),
      .busy_o           (busy_o),
      .cycle_class_o    (cycle_class_o)
  );
endmodule

`default_nettype wire
