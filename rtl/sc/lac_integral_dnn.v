// SPDX-License-Identifier: Apache-2.0
// The integral stochastic network, fully parallel (P6): three layers of neurons on streams of random bits.
//
//   input bit = state[i] < 16 x + floor(x / 8);   hidden layers: NStanh of the neuron's sum;   last layer: y = sum over time of its sums
//
// Every layer takes the bits of the one before three cycles later, with the weight registers' states of that cycle: one set of
// registers, Integral for each input and the bias, serves all neurons of all layers. An image takes cfg_last_i + 1 cycles and nine
// more; the next one's pixels arrive meanwhile. Ports, formats and cycles in docs/sc.md.
//
// Bipolar, the conventional stochastic network: every layer reads a bit 0 as -1.
`default_nettype none

module lac_integral_dnn #(
    parameter Inputs     = 784,  // pixels of an image
    parameter Hidden1    = 100,  // neurons of the first layer
    parameter Hidden2    = 200,  // of the second
    parameter Outputs    = 10,   // of the last
    parameter Bipolar    = 0,    // 1: a bit 0 stands for -1
    parameter Integral   = 4,    // P6's m: streams of a weight, 1 to 4
    parameter InLanes    = 16,   // pixels a beat of x
    parameter WriteLanes = 64,   // codes a write
    // Derived; not to be set.
    parameter Width      = 11,                                             // bits of a register and of a code
    parameter CountWidth = 12,                                             // of a counter
    parameter SumBits    = 32,                                             // of a sum of the last layer
    parameter BankWidth  = 8,                                              // of the number of a bank of WriteLanes outputs
    // the widest layer, and bits of an input's number with the bias
    parameter Most       = (Inputs > Hidden1) ? ((Inputs > Hidden2) ? Inputs : Hidden2) : ((Hidden1 > Hidden2) ? Hidden1 : Hidden2),
    parameter IndexWidth = $clog2(Most + 1)
) (
    input  wire                        clk_i,
    input  wire                        rst_ni,
    // the network, stable while images run
    input  wire [Width:0]              cfg_last_i,     // cycles of an image less 1
    input  wire [CountWidth:0]         cfg_states1_i,  // of the counters of the first layer
    input  wire [CountWidth:0]         cfg_states2_i,
    input  wire [2:0]                  code_we_i,      // a layer each
    input  wire [BankWidth-1:0]        code_bank_i,
    input  wire [IndexWidth-1:0]       code_input_i,
    input  wire [WriteLanes*Width-1:0] code_data_i,
    input  wire [Integral:0]           seed_we_i,      // 0: registers of inputs; k + 1: those of the weights' stream k
    input  wire [IndexWidth-1:0]       seed_index_i,
    input  wire [Width-1:0]            seed_data_i,
    // images in, sums out
    input  wire                        x_valid_i,
    output wire                        x_ready_o,
    input  wire [InLanes*8-1:0]        x_data_i,
    output wire                        y_valid_o,
    input  wire                        y_ready_i,
    output wire [Outputs*SumBits-1:0]  y_data_o,
    // what passes between the layers, for observation
    output wire                        stream1_valid_o,
    output wire [Hidden1-1:0]          stream1_o,
    output wire                        stream2_valid_o,
    output wire [Hidden2-1:0]          stream2_o,
    output wire [1:0]                  cycle_class_o   // 1 an image runs, 2 waits for x, 3 waits for y
);
  localparam Beats     = (Inputs + InLanes - 1) / InLanes;
  localparam BeatWidth = (Beats > 1) ? $clog2(Beats) : 1;
  localparam LastBeat  = Beats - 1;
  localparam Sum1      = $clog2(Integral * (Inputs + 1) + 1) + 1;
  localparam Sum2      = $clog2(Integral * (Hidden1 + 1) + 1) + 1;
  localparam Sum3      = $clog2(Integral * (Hidden2 + 1) + 1) + 1;
  localparam Weights   = Inputs + 1;

  generate
    if (Integral < 1 || Integral > 4) begin : g_integral
      lac_integral_dnn_integral_must_be_1_to_4 fault ();
    end
    if (Bipolar != 0 && Bipolar != 1) begin : g_bipolar
      lac_integral_dnn_bipolar_must_be_0_or_1 fault ();
    end
    if (InLanes < 1 || WriteLanes < 1 || Most > WriteLanes * (1 << BankWidth)) begin : g_lanes
      lac_integral_dnn_inlanes_or_writelanes_out_of_range fault ();
    end
    if (Hidden1 > Inputs || Hidden2 > Inputs) begin : g_hidden
      lac_integral_dnn_layers_must_not_be_wider_than_the_input fault ();
    end
  endgenerate

  // ---- x: the next image's pixels, while the last one runs
  reg  [Inputs*7-1:0]  next_q, pixels_q;
  reg  [BeatWidth-1:0] beat_q;
  reg                  full_q, running_q;
  wire                 x_take = x_valid_i && x_ready_o;
  wire                 x_last = beat_q == LastBeat[BeatWidth-1:0];
  wire                 start  = full_q && !running_q;
  wire                 unused_signs = ^x_data_i;  // the highest bit of a pixel's byte is 0

  assign x_ready_o = rst_ni && !full_q;

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      beat_q <= {BeatWidth{1'b0}};
      full_q <= 1'b0;
    end else begin
      if (x_take) beat_q <= x_last ? {BeatWidth{1'b0}} : beat_q + 1'b1;
      if (x_take && x_last) full_q <= 1'b1;
      else if (start) full_q <= 1'b0;
    end
    if (start) pixels_q <= next_q;
  end

  // ---- the run of an image: bits enter for cfg_last_i + 1 cycles, then the pipeline empties
  reg  [Width:0] cycle_q;
  reg            entering_q;
  reg  [7:0]     valid_q;  // [n]: bits that entered n + 1 cycles ago
  reg            y_valid_q;
  wire           finished = running_q && !entering_q && valid_q == 8'd0;
  wire           leave    = finished && (!y_valid_q || y_ready_i);

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      running_q  <= 1'b0;
      entering_q <= 1'b0;
      valid_q    <= 8'd0;
      y_valid_q  <= 1'b0;
    end else begin
      valid_q <= {valid_q[6:0], entering_q};
      if (start) begin
        running_q  <= 1'b1;
        entering_q <= 1'b1;
      end else if (leave) begin
        running_q <= 1'b0;
      end else if (cycle_q == cfg_last_i) begin
        entering_q <= 1'b0;
      end
      if (leave) y_valid_q <= 1'b1;
      else if (y_ready_i) y_valid_q <= 1'b0;
    end
    if (start) cycle_q <= {(Width+1){1'b0}};
    else if (entering_q) cycle_q <= cycle_q + 1'b1;
  end

  // ---- random numbers
  wire [Inputs*Width-1:0]           input_states;
  wire [Integral*Weights*Width-1:0] states;
  lac_sc_registers #(
      .Count     (Inputs),
      .Taps      (11'h500),  // 11 9
      .Width     (Width),
      .IndexWidth(IndexWidth)
  ) input_registers (
      .clk_i       (clk_i),
      .seed_we_i   (seed_we_i[0]),
      .seed_index_i(seed_index_i),
      .seed_data_i (seed_data_i),
      .step_i      (running_q),
      .states_o    (input_states)
  );
  genvar  i, k, o;
  integer n;
  generate
    for (k = 0; k < Integral; k = k + 1) begin : g_weight_registers
      lac_sc_registers #(
          .Count     (Weights),
          .Taps      ((k == 0) ? 11'h402 : (k == 1) ? 11'h458 : (k == 2) ? 11'h4A4 : 11'h432),  // 11 2; 11 7 5 4; 11 8 6 3; 11 6 5 2
          .Width     (Width),
          .IndexWidth(IndexWidth)
      ) registers (
          .clk_i       (clk_i),
          .seed_we_i   (seed_we_i[k+1]),
          .seed_index_i(seed_index_i),
          .seed_data_i (seed_data_i),
          .step_i      (running_q),
          .states_o    (states[k*Weights*Width +: Weights*Width])
      );
    end
  endgenerate

  // ---- layers: each has the states of its inputs' registers and of the bias's
  reg  [Inputs-1:0]                      bits0;
  wire [Integral*(Hidden1+1)*Width-1:0]  states2;
  wire [Integral*(Hidden2+1)*Width-1:0]  states3;
  wire [Hidden1*Sum1-1:0]                sums1;
  wire [Hidden2*Sum2-1:0]                sums2;
  wire [Outputs*Sum3-1:0]                sums3;
  generate
    for (i = 0; i < Inputs; i = i + 1) begin : g_input
      localparam Beat = i / InLanes;
      always @(posedge clk_i)
        if (x_take && beat_q == Beat[BeatWidth-1:0]) next_q[i*7 +: 7] <= x_data_i[(i%InLanes)*8 +: 7];
    end
    for (k = 0; k < Integral; k = k + 1) begin : g_states
      wire [Width-1:0] bias = states[(k*Weights+Inputs)*Width +: Width];
      assign states2[k*(Hidden1+1)*Width +: (Hidden1+1)*Width] = {bias, states[k*Weights*Width +: Hidden1*Width]};
      assign states3[k*(Hidden2+1)*Width +: (Hidden2+1)*Width] = {bias, states[k*Weights*Width +: Hidden2*Width]};
    end
    for (o = 0; o < Outputs; o = o + 1) begin : g_sum
      reg  [SumBits-1:0] sum_q, y_q;
      wire [SumBits-1:0] sum = {{(SumBits-Sum3){sums3[(o+1)*Sum3-1]}}, sums3[o*Sum3 +: Sum3]};
      always @(posedge clk_i) begin
        if (start) sum_q <= {SumBits{1'b0}};
        else if (valid_q[7]) sum_q <= sum_q + sum;
        if (leave) y_q <= sum_q;
      end
      assign y_data_o[o*SumBits +: SumBits] = y_q;
    end
  endgenerate

  always @(*) begin
    for (n = 0; n < Inputs; n = n + 1)
      bits0[n] = input_states[n*Width +: Width] < {pixels_q[n*7 +: 7], pixels_q[n*7+3 +: 4]};
  end

  lac_sc_layer #(
      .Inputs    (Inputs),
      .Outputs   (Hidden1),
      .Bipolar   (Bipolar),
      .Integral  (Integral),
      .WriteLanes(WriteLanes),
      .Width     (Width),
      .BankWidth (BankWidth),
      .IndexWidth(IndexWidth)
  ) layer1 (
      .clk_i       (clk_i),
      .code_we_i   (code_we_i[0]),
      .code_bank_i (code_bank_i),
      .code_input_i(code_input_i),
      .code_data_i (code_data_i),
      .bits_i      (bits0),
      .states_i    (states),
      .sums_o      (sums1)
  );
  lac_sc_layer #(
      .Inputs    (Hidden1),
      .Outputs   (Hidden2),
      .Bipolar   (Bipolar),
      .Integral  (Integral),
      .WriteLanes(WriteLanes),
      .Width     (Width),
      .BankWidth (BankWidth),
      .IndexWidth(IndexWidth)
  ) layer2 (
      .clk_i       (clk_i),
      .code_we_i   (code_we_i[1]),
      .code_bank_i (code_bank_i),
      .code_input_i(code_input_i),
      .code_data_i (code_data_i),
      .bits_i      (stream1_o),
      .states_i    (states2),
      .sums_o      (sums2)
  );
  lac_sc_layer #(
      .Inputs    (Hidden2),
      .Outputs   (Outputs),
      .Bipolar   (Bipolar),
      .Integral  (Integral),
      .WriteLanes(WriteLanes),
      .Width     (Width),
      .BankWidth (BankWidth),
      .IndexWidth(IndexWidth)
  ) layer3 (
      .clk_i       (clk_i),
      .code_we_i   (code_we_i[2]),
      .code_bank_i (code_bank_i),
      .code_input_i(code_input_i),
      .code_data_i (code_data_i),
      .bits_i      (stream2_o),
      .states_i    (states3),
      .sums_o      (sums3)
  );

  lac_sc_nstanh #(
      .Count     (Hidden1),
      .SumWidth  (Sum1),
      .CountWidth(CountWidth)
  ) nstanh1 (
      .clk_i   (clk_i),
      .begin_i (start),
      .states_i(cfg_states1_i),
      .valid_i (valid_q[1]),
      .sums_i  (sums1),
      .bits_o  (stream1_o)
  );
  lac_sc_nstanh #(
      .Count     (Hidden2),
      .SumWidth  (Sum2),
      .CountWidth(CountWidth)
  ) nstanh2 (
      .clk_i   (clk_i),
      .begin_i (start),
      .states_i(cfg_states2_i),
      .valid_i (valid_q[4]),
      .sums_i  (sums2),
      .bits_o  (stream2_o)
  );

  assign stream1_valid_o = valid_q[2];
  assign stream2_valid_o = valid_q[5];
  assign y_valid_o       = y_valid_q;
  assign cycle_class_o   = finished && !leave ? 2'd3 : (running_q || full_q) ? 2'd1 : 2'd2;
endmodule

`default_nettype wire
