// SPDX-License-Identifier: Apache-2.0
// The sparsely-connected layer (P5, "Sparsely-Connected Neural Networks"): the fully-connected engine with masks by shift register.
//
//   y = activation(scale x (W o M) x + bias)
//
// Groups = Outputs is the paper: every neuron has a mask of its own, and an image takes as many cycles as it has inputs. Fewer groups
// share masks, and with Skip = 1 missing connections take no cycle (ours). Masked = 0 is the dense layer. Ports in docs/fc.md.
`default_nettype none

module lac_lfsr_layer #(
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
  lac_fc #(
      .Outputs   (Outputs),
      .Groups    (Groups),
      .InLanes   (InLanes),
      .OutLanes  (OutLanes),
      .IndexWidth(IndexWidth),
      .Depth     (Depth),
      .WeightBits(WeightBits),
      .AccWidth  (AccWidth),
      .Masked    (Masked),
      .LfsrBits  (LfsrBits),
      .AllStates (AllStates),
      .Skip      (Skip),
      .Ahead     (Ahead),
      .FifoLog2  (FifoLog2)
  ) layer (
      .clk_i           (clk_i),
      .rst_ni          (rst_ni),
      .run_i           (run_i),
      .cfg_last_input_i(cfg_last_input_i),
      .cfg_last_beat_i (cfg_last_beat_i),
      .cfg_threshold_i (cfg_threshold_i),
      .cfg_shift_i     (cfg_shift_i),
      .cfg_relu_i      (cfg_relu_i),
      .seed_we_i       (seed_we_i),
      .weight_we_i     (weight_we_i),
      .group_i         (group_i),
      .seed_i          (seed_i),
      .weight_addr_i   (weight_addr_i),
      .weight_data_i   (weight_data_i),
      .param_we_i      (param_we_i),
      .param_beat_i    (param_beat_i),
      .param_data_i    (param_data_i),
      .x_valid_i       (x_valid_i),
      .x_ready_o       (x_ready_o),
      .x_data_i        (x_data_i),
      .y_valid_o       (y_valid_o),
      .y_ready_i       (y_ready_i),
      .y_data_o        (y_data_o),
      .y_last_o        (y_last_o),
      .cycle_class_o   (cycle_class_o)
  );
endmodule

`default_nettype wire
