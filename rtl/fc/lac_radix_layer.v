// SPDX-License-Identifier: Apache-2.0
// The binary-radix layer, fully parallel: a multiplier for each connection, the baseline of the stochastic network (P6).
//
//   acc[o] = sum over inputs i of W[o, i] x[i];   y = activation(scale x acc + bias)
//
// The ports of lac_fc, whose layers it runs without a mask: all inputs of an image are taken in one cycle, and weights lie in
// registers, as the codes of lac_sc_layer do. Output o is of group o mod Groups; groups matter for writing weights alone. An
// image's sums come three cycles after it is taken, then leave as in lac_fc. Ports, formats and cycle equation in docs/fc.md.
`default_nettype none

module lac_radix_layer #(
    parameter Outputs    = 100,           // physical outputs, a multiple of Groups and of OutLanes
    parameter Groups     = 2,             // whose weights are written separately
    parameter InLanes    = 16,            // activations a beat of x, a power of two
    parameter OutLanes   = 4,             // outputs a beat of y
    parameter IndexWidth = 10,            // bits of an input's number
    parameter Depth      = 784,           // physical inputs, a multiple of InLanes
    parameter WeightBits = 8,             // bits of a weight, an integer in two's complement
    parameter AccWidth   = 28,            // bits of a sum
    parameter Masked     = 0,             // there are no masks
    parameter LfsrBits   = 10,            // of ports that masks would need
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
    // weights and constants, written while run_i is low; an input that the layer lacks has weights of 0
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
    output wire [1:0]                    cycle_class_o  // 1 an image is taken, 2 waits for x, 3 waits otherwise; 0 not running
);
  localparam LanesLog2 = $clog2(InLanes);
  localparam WordWidth = IndexWidth - LanesLog2;
  localparam Words     = Depth / InLanes;

  generate
    if (Outputs % Groups != 0) begin : g_groups
      lac_radix_layer_outputs_must_be_a_multiple_of_groups fault ();
    end
    if ((1 << LanesLog2) != InLanes || InLanes < 2 || InLanes >= (1 << IndexWidth)) begin : g_lanes
      lac_radix_layer_inlanes_must_be_a_power_of_two fault ();
    end
    if (Depth % InLanes != 0 || Depth < 1 || Depth > (1 << IndexWidth)) begin : g_depth
      lac_radix_layer_depth_must_be_a_multiple_of_inlanes fault ();
    end
    if (Masked != 0) begin : g_mask
      lac_radix_layer_has_no_masks fault ();
    end
  endgenerate
  wire unused_mask = |{seed_we_i, seed_i, cfg_threshold_i, cfg_last_input_i[LanesLog2-1:0]};

  // ---- x: the next image, while the last one computes
  reg  [Depth*8-1:0]   next_q, values_q;
  reg  [WordWidth-1:0] word_q;
  reg                  full_q;
  wire                 x_take = x_valid_i && x_ready_o;
  wire                 x_last = word_q == cfg_last_input_i[IndexWidth-1:LanesLog2];
  wire                 drained;  // an image may be taken
  wire                 image_taken = full_q && drained;

  assign x_ready_o = run_i && !full_q;

  always @(posedge clk_i) begin
    if (!rst_ni || !run_i) begin
      word_q <= {WordWidth{1'b0}};
      full_q <= 1'b0;
    end else begin
      if (x_take) word_q <= x_last ? {WordWidth{1'b0}} : word_q + 1'b1;
      if (x_take && x_last) full_q <= 1'b1;
      else if (image_taken) full_q <= 1'b0;
    end
    if (image_taken) values_q <= next_q;
  end

  genvar w, o;
  generate
    for (w = 0; w < Words; w = w + 1) begin : g_word
      // Reset, because a simulator's unknown activation times a weight of 0 is unknown.
      always @(posedge clk_i)
        if (!rst_ni) next_q[w*InLanes*8 +: InLanes*8] <= {(InLanes*8){1'b0}};
        else if (x_take && word_q == w[WordWidth-1:0]) next_q[w*InLanes*8 +: InLanes*8] <= x_data_i;
    end
  endgenerate

  // ---- all neurons at once; the image follows its sums through the pipeline
  reg  [2:0]                  ending_q;
  wire                        busy;
  wire [Outputs*AccWidth-1:0] acc;
  always @(posedge clk_i) ending_q <= (rst_ni && run_i) ? {ending_q[1:0], image_taken} : 3'b000;
  assign drained       = ending_q == 3'b000 && !busy;
  assign cycle_class_o = !run_i ? 2'd0 : !full_q ? 2'd2 : image_taken ? 2'd1 : 2'd3;

  generate
    for (o = 0; o < Outputs; o = o + 1) begin : g_output
      localparam Group  = o % Groups;
      localparam Neuron = o / Groups;
      reg [Depth*WeightBits-1:0] weights_q;
      always @(posedge clk_i) begin
        if (weight_we_i && group_i == Group[GroupWidth-1:0])
          weights_q[weight_addr_i*WeightBits +: WeightBits] <= weight_data_i[Neuron*WeightBits +: WeightBits];
      end
      lac_radix_neuron #(
          .Inputs    (Depth),
          .WeightBits(WeightBits),
          .AccWidth  (AccWidth)
      ) neuron (
          .clk_i    (clk_i),
          .values_i (values_q),
          .weights_i(weights_q),
          .sum_o    (acc[o*AccWidth +: AccWidth])
      );
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
