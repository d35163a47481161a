// SPDX-License-Identifier: Apache-2.0
// The integral stochastic network, folded for small FPGAs (P6): WriteLanes neurons at work at once, an input a clock, codes in block RAM.
//
//   input bit = state[i] < 16 x + floor(x / 8);   hidden layers: NStanh of the neuron's sum;   last layer: y = sum over time of its sums
//
// The arithmetic is that of lac_integral_dnn with one difference: all layers do a cycle of the streams before the registers step, so a
// layer takes the bits of the one before in the same cycle. Registers are not stored: lac_sc_walk makes one after the other. Ports,
// formats, cycles and memories in docs/sc.md, "The folded engine".
`default_nettype none

module lac_folded_dnn #(
    parameter Inputs     = 196,  // pixels of an image
    parameter Hidden1    = 40,   // neurons of the first layer
    parameter Hidden2    = 16,   // of the second
    parameter Outputs    = 10,   // of the last
    parameter Integral   = 2,    // P6's m: streams of a weight, 1 to 4
    parameter InLanes    = 1,    // pixels a beat of x
    parameter WriteLanes = 40,   // codes a write, and so neurons at work at once
    parameter CodesFile  = "",   // memory image of the codes, a word a line, as $readmemh takes it; none: they are written
    // Derived; not to be set.
    parameter Width      = 11,   // bits of a register and of a code
    parameter CountWidth = 12,   // of a counter
    parameter SumBits    = 32,   // of a sum of the last layer
    parameter BankWidth  = 8,    // of the number of a bank of WriteLanes outputs
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
    input  wire [IndexWidth-1:0]       seed_index_i,   // 0: state of register 0; 1: its phase
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
  localparam Lanes     = WriteLanes;
  localparam Beats     = (Inputs + InLanes - 1) / InLanes;
  localparam BeatWidth = (Beats > 1) ? $clog2(Beats) : 1;
  localparam LaneWidth = (InLanes > 1) ? $clog2(InLanes) : 1;
  localparam LastBeat  = Beats - 1;
  localparam LastLane  = InLanes - 1;
  localparam Next1     = Inputs + 1;  // words of a bank of each layer
  localparam Next2     = Hidden1 + 1;
  localparam Next3     = Hidden2 + 1;
  localparam Words1    = ((Hidden1 + Lanes - 1) / Lanes) * Next1;
  localparam Words2    = ((Hidden2 + Lanes - 1) / Lanes) * Next2;
  localparam Words     = Words1 + Words2 + ((Outputs + Lanes - 1) / Lanes) * Next3;
  localparam AddrWidth = $clog2(Words);
  localparam BitWidth  = $clog2(((Hidden1 > Hidden2) ? Hidden1 : Hidden2) + 1);
  localparam OnesWidth = $clog2(Integral * (Most + 1) + 1);
  localparam YWidth    = $clog2((1 << (Width + 1)) * Integral * (Hidden2 + 1) + 1) + 1;

  generate
    if (Integral < 1 || Integral > 4) begin : g_integral
      lac_folded_dnn_integral_must_be_1_to_4 fault ();
    end
    if (InLanes < 1 || Lanes < 1 || Hidden1 > Lanes << BankWidth || Hidden2 > Lanes << BankWidth || Outputs > Lanes << BankWidth) begin : g_lanes
      lac_folded_dnn_inlanes_or_writelanes_out_of_range fault ();
    end
    if (YWidth > SumBits || YWidth < OnesWidth + 1) begin : g_sums
      lac_folded_dnn_sums_do_not_fit fault ();
    end
  endgenerate

  // ---- an image's run: y must have room before the next begins
  reg                   full_q, running_q, y_valid_q, half_q;
  reg  [BeatWidth-1:0]  beat_q;
  wire                  x_take = x_valid_i && x_ready_o;
  wire                  x_last = beat_q == LastBeat[BeatWidth-1:0];
  wire                  start  = full_q && !running_q && (!y_valid_q || y_ready_i);
  wire                  finish;

  assign x_ready_o     = rst_ni && !full_q;
  assign y_valid_o     = y_valid_q;
  assign cycle_class_o = (running_q || start) ? 2'd1 : full_q ? 2'd3 : 2'd2;

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      beat_q    <= {BeatWidth{1'b0}};
      full_q    <= 1'b0;
      running_q <= 1'b0;
      y_valid_q <= 1'b0;
      half_q    <= 1'b0;
    end else begin
      if (x_take) beat_q <= x_last ? {BeatWidth{1'b0}} : beat_q + 1'b1;
      if (x_take && x_last) full_q <= 1'b1;
      else if (start) full_q <= 1'b0;
      if (start) running_q <= 1'b1;
      else if (finish) running_q <= 1'b0;
      if (finish) y_valid_q <= 1'b1;
      else if (y_ready_i) y_valid_q <= 1'b0;
      if (start) half_q <= !half_q;
    end
  end

  // ---- clock 0 of an input: its address and the states of its registers
  wire                  working, issue, bias, step;
  wire [1:0]            layer;
  wire [IndexWidth-1:0] index;
  wire [AddrWidth-1:0]  addr;
  lac_sc_folded_order #(
      .Inputs    (Inputs),
      .Hidden1   (Hidden1),
      .Hidden2   (Hidden2),
      .Outputs   (Outputs),
      .Lanes     (Lanes),
      .IndexWidth(IndexWidth),
      .AddrWidth (AddrWidth),
      .LengthBits(Width + 1)
  ) order (
      .clk_i    (clk_i),
      .rst_ni   (rst_ni),
      .start_i  (start),
      .last_i   (cfg_last_i),
      .working_o(working),
      .issue_o  (issue),
      .layer_o  (layer),
      .input_o  (index),
      .bias_o   (bias),
      .step_o   (step),
      .addr_o   (addr)
  );

  wire [(Integral+1)*Width-1:0] walk;  // registers of inputs, then of the weights' streams
  genvar                        k;
  generate
    for (k = 0; k <= Integral; k = k + 1) begin : g_walk
      lac_sc_walk #(
          .Width(Width),
          .Taps ((k == 0) ? 11'h500 : (k == 1) ? 11'h402 : (k == 2) ? 11'h458 : (k == 3) ? 11'h4A4 : 11'h432)  // 11 9; 11 2; 11 7 5 4; 11 8 6 3; 11 6 5 2
      ) registers (
          .clk_i       (clk_i),
          .seed_we_i   (seed_we_i[k]),
          .seed_phase_i(seed_index_i[0]),
          .seed_data_i (seed_data_i),
          .load_i      (!working && !start),
          .step_i      (step),
          .restart_i   (start || (issue && bias)),
          .advance_i   (issue),
          .state_o     (walk[k*Width +: Width])
      );
    end
  endgenerate
  wire unused_index = ^{seed_index_i, index};

  reg [Integral*Width-1:0] bias_q;  // register number Inputs of each stream, which the first layer's walk comes to
  always @(posedge clk_i) if (issue && bias && layer == 2'd0) bias_q <= walk[Width +: Integral*Width];

  reg [BeatWidth-1:0] word_q;
  reg [LaneWidth-1:0] lane_q;
  wire                word_end = lane_q == LastLane[LaneWidth-1:0];
  always @(posedge clk_i) begin
    if (!rst_ni || (issue && bias)) begin
      word_q <= {BeatWidth{1'b0}};
      lane_q <= {LaneWidth{1'b0}};
    end else if (issue) begin
      word_q <= word_end ? word_q + 1'b1 : word_q;
      lane_q <= word_end ? {LaneWidth{1'b0}} : lane_q + 1'b1;
    end
  end

  // ---- clock 1: codes, pixel and states are there and are compared
  reg                           valid1_q, bias1_q;
  reg  [1:0]                    layer1_q;
  reg  [BitWidth-1:0]           index1_q;
  reg  [LaneWidth-1:0]          lane1_q;
  reg  [Width-1:0]              state1_q;     // of the input's register
  reg  [Integral*Width-1:0]     inverted1_q;  // of the weights' registers, for the comparators
  wire [Lanes*Width-1:0]        codes;
  wire [InLanes*7-1:0]          pixels, next_pixels;
  wire [(1<<BitWidth)-1:0]      bits1 = {{((1<<BitWidth)-Hidden1){1'b0}}, stream1_o};
  wire [(1<<BitWidth)-1:0]      bits2 = {{((1<<BitWidth)-Hidden2){1'b0}}, stream2_o};
  wire [6:0]                    pixel = pixels[lane1_q*7 +: 7];
  wire                          bit1  = bias1_q || ((layer1_q == 2'd0) ? state1_q < {pixel, pixel[6:3]} :
                                                 (layer1_q == 2'd1) ? bits1[index1_q] : bits2[index1_q]);
  always @(posedge clk_i) begin
    valid1_q  <= rst_ni && issue;
    bias1_q   <= bias;
    layer1_q  <= layer;
    index1_q  <= index[BitWidth-1:0];
    lane1_q   <= lane_q;
    state1_q  <= walk[Width-1:0];
    inverted1_q <= (bias && layer != 2'd0) ? ~bias_q : ~walk[Width +: Integral*Width];
  end

  // The word of an input and a bank: banks of a layer one after the other, layers one after the other.
  wire [31:0] bank    = (Words > Next1 + Next2 + Next3) ? {{(32-BankWidth){1'b0}}, code_bank_i} : 32'd0;
  wire [31:0] first   = code_we_i[0] ? 32'd0 : code_we_i[1] ? Words1 : Words1 + Words2;
  wire [31:0] written = first + bank * (code_we_i[0] ? Next1 : code_we_i[1] ? Next2 : Next3) + {{(32-IndexWidth){1'b0}}, code_input_i};
  wire        unused  = ^written;
  lac_ram #(
      .Width    (Lanes*Width),
      .Depth    (Words),
      .AddrWidth(AddrWidth),
      .InitFile (CodesFile)
  ) code_memory (
      .clk_i       (clk_i),
      .write_en_i  (code_we_i != 3'd0),
      .write_addr_i(written[AddrWidth-1:0]),
      .write_data_i(code_data_i),
      .read_en_i   (issue && code_we_i == 3'd0),  // never both: a tool need not keep the old word of a collision
      .read_addr_i (addr),
      .read_data_o (codes)
  );

  lac_ram #(
      .Width    (InLanes*7),
      .Depth    (2 << BeatWidth),
      .AddrWidth(BeatWidth + 1)
  ) pixel_memory (
      .clk_i       (clk_i),
      .write_en_i  (x_take),
      .write_addr_i({half_q, beat_q}),
      .write_data_i(next_pixels),
      .read_en_i   (issue),
      .read_addr_i ({!half_q, word_q}),
      .read_data_o (pixels)
  );
  wire unused_signs = ^x_data_i;  // the highest bit of a pixel's byte is 0
  generate
    for (k = 0; k < InLanes; k = k + 1) begin : g_pixel
      assign next_pixels[k*7 +: 7] = x_data_i[k*8 +: 7];
    end
  endgenerate

  // ---- clock 2: they are added; clock 3: a bank that is complete leaves the lanes
  reg                  bias2_q, bit2_q, copy_q;
  reg  [OnesWidth-1:0] active_q;
  wire [OnesWidth-1:0] ones;
  always @(posedge clk_i) begin
    bias2_q <= rst_ni && valid1_q && bias1_q;
    bit2_q  <= rst_ni && valid1_q && bit1;
    copy_q  <= rst_ni && bias2_q;
    if (!rst_ni || copy_q) active_q <= {OnesWidth{1'b0}};
    else if (bit2_q) active_q <= active_q + Integral[OnesWidth-1:0];
  end

  lac_sc_folded_lanes #(
      .Lanes    (Lanes),
      .Integral (Integral),
      .Width    (Width),
      .OnesWidth(OnesWidth)
  ) lanes (
      .clk_i     (clk_i),
      .rst_ni    (rst_ni),
      .codes_i   (codes),
      .inverted_i(inverted1_q),
      .bit_i     (bit2_q),
      .copy_i    (copy_q),
      .ones_o    (ones)
  );

  wire [Outputs*YWidth-1:0] y;
  lac_sc_folded_drain #(
      .Hidden1   (Hidden1),
      .Hidden2   (Hidden2),
      .Outputs   (Outputs),
      .Lanes     (Lanes),
      .OnesWidth (OnesWidth),
      .CountWidth(CountWidth),
      .YWidth    (YWidth)
  ) drain (
      .clk_i    (clk_i),
      .rst_ni   (rst_ni),
      .start_i  (start),
      .working_i(working),
      .states1_i(cfg_states1_i),
      .states2_i(cfg_states2_i),
      .copy_i   (copy_q),
      .active_i (active_q),
      .ones_i   (ones),
      .bits1_o  (stream1_o),
      .bits2_o  (stream2_o),
      .done1_o  (stream1_valid_o),
      .done2_o  (stream2_valid_o),
      .finish_o (finish),
      .y_o      (y)
  );
  generate
    for (k = 0; k < Outputs; k = k + 1) begin : g_y
      assign y_data_o[k*SumBits +: SumBits] = {{(SumBits-YWidth){y[(k+1)*YWidth-1]}}, y[k*YWidth +: YWidth]};
    end
  endgenerate
endmodule

`default_nettype wire
