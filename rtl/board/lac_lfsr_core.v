// SPDX-License-Identifier: Apache-2.0
// Two layers of lac_lfsr_layer in a chain behind a host's bytes: a core of lac_host (docs/fpga.md, "Cores").
//
// Everything but sizes and formats is written: address = {layer, kind of 2 bits, 13 bits}; kind 0 seeds {group, byte}, 1 scale and bias
// {output, byte of 8}, 2 weights {group, word, byte}. A word takes a power of two of bytes and is written with its last one: frames of the
// host begin and end at words, so that one that is sent again writes the same. The result is the last layer's outputs, 2 bytes each, the
// lower first.
`default_nettype none

module lac_lfsr_core #(
    parameter Inputs     = 196,  // of the first layer
    parameter Hidden     = 20,   // outputs of the first layer that are used
    parameter Outputs    = 10,   // of the second, 128 at most
    parameter Outputs1   = 20,   // physical outputs of each layer, a multiple of its groups
    parameter Outputs2   = 10,
    parameter Groups1    = 5,    // that share a mask each
    parameter Groups2    = 5,
    parameter Depth1     = 128,  // words of a group's weight memory
    parameter Depth2     = 16,
    parameter Index1     = 8,    // 2^Index1 inputs at most
    parameter Index2     = 5,
    parameter WeightBits = 2,    // bits of a weight, which name its format
    parameter AccWidth1  = 16,   // bits of a sum
    parameter AccWidth2  = 16,
    parameter LfsrBits1  = 8,    // of each register
    parameter LfsrBits2  = 5,
    parameter AllStates  = 1,    // 1: the registers have their zero state too
    parameter Threshold1 = 128,  // a connection exists where the state is as much
    parameter Threshold2 = 16,
    parameter Shift1     = 8,    // of the scaled sums
    parameter Shift2     = 8
) (
    input  wire        clk_i,
    input  wire        rst_ni,
    input  wire        write_valid_i,
    input  wire        input_valid_i,
    input  wire [15:0] addr_i,
    input  wire [7:0]  data_i,
    output wire        done_o,
    output wire [7:0]  read_data_o
);
  localparam Lanes      = 2;
  localparam Params     = 48;  // {bias 32, scale 16}
  localparam WeightWord1 = Outputs1 / Groups1 * WeightBits;
  localparam WeightWord2 = Outputs2 / Groups2 * WeightBits;
  localparam ByteLog1   = (WeightWord1 > 8) ? $clog2(WeightWord1) - 3 : 0;  // a word is 2^ByteLog1 bytes
  localparam ByteLog2   = (WeightWord2 > 8) ? $clog2(WeightWord2) - 3 : 0;
  localparam Widest     = (WeightWord1 > WeightWord2) ? WeightWord1 : WeightWord2;
  localparam Bytes      = (Widest > 64) ? (1 << ($clog2(Widest) - 3)) : 8;
  localparam AddrWidth1 = (Depth1 > 1) ? $clog2(Depth1) : 1;
  localparam AddrWidth2 = (Depth2 > 1) ? $clog2(Depth2) : 1;
  localparam GroupWidth1 = (Groups1 > 1) ? $clog2(Groups1) : 1;
  localparam GroupWidth2 = (Groups2 > 1) ? $clog2(Groups2) : 1;
  localparam BeatWidth1 = (Outputs1 > 1) ? $clog2(Outputs1) : 1;
  localparam BeatWidth2 = (Outputs2 > 1) ? $clog2(Outputs2) : 1;
  localparam SeedLog1   = (LfsrBits1 > 8) ? $clog2(LfsrBits1) - 3 : 0;
  localparam SeedLog2   = (LfsrBits2 > 8) ? $clog2(LfsrBits2) - 3 : 0;
  localparam LastInput1 = Inputs - 1;
  localparam LastInput2 = Hidden - 1;
  localparam LastOutput = Outputs - 1;

  generate
    if (GroupWidth1 + AddrWidth1 + ByteLog1 > 13 || GroupWidth2 + AddrWidth2 + ByteLog2 > 13 || Outputs > 128) begin : g_check
      lac_lfsr_core_is_larger_than_its_addresses fault ();
    end
    if (Inputs > 1 << Index1 || Hidden > 1 << Index2 || Hidden > Outputs1 || Outputs > Outputs2 || Outputs1 > 1024) begin : g_sizes
      lac_lfsr_core_inputs_hidden_or_outputs_out_of_range fault ();
    end
    if (Threshold1 >= 1 << LfsrBits1 || Threshold2 >= 1 << LfsrBits2 || Shift1 > 31 || Shift2 > 31) begin : g_settings
      lac_lfsr_core_thresholds_or_shifts_out_of_range fault ();
    end
  endgenerate

  // ---- writes: a word is there with its last byte
  reg  [Bytes*8-1:0] word_q;
  wire [Bytes*8-1:0] word   = {data_i, word_q[Bytes*8-1:8]};
  wire               second = addr_i[15];
  wire [1:0]         kind   = addr_i[14:13];
  wire [12:0]        place  = addr_i[12:0];
  wire               seed1  = write_valid_i && !second && kind == 2'd0 && (place | ~13'd0 << SeedLog1) == ~13'd0;
  wire               seed2  = write_valid_i && second && kind == 2'd0 && (place | ~13'd0 << SeedLog2) == ~13'd0;
  wire               param  = write_valid_i && kind == 2'd1 && place[2:0] == 3'd7;
  wire               weight1 = write_valid_i && !second && kind == 2'd2 && (place | ~13'd0 << ByteLog1) == ~13'd0;
  wire               weight2 = write_valid_i && second && kind == 2'd2 && (place | ~13'd0 << ByteLog2) == ~13'd0;
  wire [12:0]        where1 = place >> ((kind == 2'd0) ? SeedLog1 : ByteLog1 + AddrWidth1);  // the group
  wire [12:0]        where2 = place >> ((kind == 2'd0) ? SeedLog2 : ByteLog2 + AddrWidth2);
  wire [12:0]        address1 = place >> ByteLog1;
  wire [12:0]        address2 = place >> ByteLog2;
  wire [47:0]        params = word[Bytes*8-64 +: Params];
  wire               unused = ^{word, word_q, where1, where2, address1, address2};

  reg run_q;  // low while memories are written
  always @(posedge clk_i) begin
    if (write_valid_i) word_q <= word;
    if (!rst_ni || write_valid_i) run_q <= 1'b0;
    else if (input_valid_i) run_q <= 1'b1;
  end

  // ---- two bytes are a beat
  reg  [7:0]  low1_q;
  wire        last1    = addr_i == LastInput1[15:0];
  wire        x1_valid = input_valid_i && (addr_i[0] || last1);
  wire [15:0] x1       = addr_i[0] ? {data_i, low1_q} : {8'd0, data_i};
  always @(posedge clk_i) if (input_valid_i) low1_q <= data_i;

  wire        x1_ready, y1_valid, y1_last, x2_ready;
  wire [15:0] y1;
  wire [1:0]  cycle_class1, cycle_class2;
  reg         half_q;  // an output waits for the second one of its beat
  reg  [7:0]  low2_q;
  wire        full = half_q || y1_last;
  wire        unused_layers = ^{x1_ready, y1[15:8], cycle_class1, cycle_class2};
  lac_lfsr_layer #(
      .Outputs   (Outputs1),
      .Groups    (Groups1),
      .InLanes   (Lanes),
      .OutLanes  (1),
      .IndexWidth(Index1),
      .Depth     (Depth1),
      .WeightBits(WeightBits),
      .AccWidth  (AccWidth1),
      .LfsrBits  (LfsrBits1),
      .AllStates (AllStates)
  ) layer1 (
      .clk_i           (clk_i),
      .rst_ni          (rst_ni),
      .run_i           (run_q),
      .cfg_last_input_i(LastInput1[Index1-1:0]),
      .cfg_last_beat_i (LastInput2[BeatWidth1-1:0]),
      .cfg_threshold_i (Threshold1[LfsrBits1-1:0]),
      .cfg_shift_i     (Shift1[4:0]),
      .cfg_relu_i      (1'b1),
      .seed_we_i       (seed1),
      .weight_we_i     (weight1),
      .group_i         (where1[GroupWidth1-1:0]),
      .seed_i          (word[Bytes*8-(8<<SeedLog1) +: LfsrBits1]),
      .weight_addr_i   (address1[AddrWidth1-1:0]),
      .weight_data_i   (word[Bytes*8-(8<<ByteLog1) +: WeightWord1]),
      .param_we_i      (param && !second),
      .param_beat_i    (place[3+:BeatWidth1]),
      .param_data_i    (params),
      .x_valid_i       (x1_valid),
      .x_ready_o       (x1_ready),
      .x_data_i        (x1),
      .y_valid_o       (y1_valid),
      .y_ready_i       (x2_ready || !full),
      .y_data_o        (y1),
      .y_last_o        (y1_last),
      .cycle_class_o   (cycle_class1)
  );

  always @(posedge clk_i) begin
    if (!run_q) half_q <= 1'b0;
    else if (y1_valid && (x2_ready || !full)) half_q <= !full;
    if (y1_valid && !full) low2_q <= y1[7:0];
  end

  wire        y2_valid, y2_last;
  wire [15:0] y2;
  lac_lfsr_layer #(
      .Outputs   (Outputs2),
      .Groups    (Groups2),
      .InLanes   (Lanes),
      .OutLanes  (1),
      .IndexWidth(Index2),
      .Depth     (Depth2),
      .WeightBits(WeightBits),
      .AccWidth  (AccWidth2),
      .LfsrBits  (LfsrBits2),
      .AllStates (AllStates)
  ) layer2 (
      .clk_i           (clk_i),
      .rst_ni          (rst_ni),
      .run_i           (run_q),
      .cfg_last_input_i(LastInput2[Index2-1:0]),
      .cfg_last_beat_i (LastOutput[BeatWidth2-1:0]),
      .cfg_threshold_i (Threshold2[LfsrBits2-1:0]),
      .cfg_shift_i     (Shift2[4:0]),
      .cfg_relu_i      (1'b0),
      .seed_we_i       (seed2),
      .weight_we_i     (weight2),
      .group_i         (where2[GroupWidth2-1:0]),
      .seed_i          (word[Bytes*8-(8<<SeedLog2) +: LfsrBits2]),
      .weight_addr_i   (address2[AddrWidth2-1:0]),
      .weight_data_i   (word[Bytes*8-(8<<ByteLog2) +: WeightWord2]),
      .param_we_i      (param && second),
      .param_beat_i    (place[3+:BeatWidth2]),
      .param_data_i    (params),
      .x_valid_i       (y1_valid && full),
      .x_ready_o       (x2_ready),
      .x_data_i        (half_q ? {y1[7:0], low2_q} : {8'd0, y1[7:0]}),
      .y_valid_o       (y2_valid),
      .y_ready_i       (1'b1),
      .y_data_o        (y2),
      .y_last_o        (y2_last),
      .cycle_class_o   (cycle_class2)
  );

  // ---- the result
  reg                   done_q, odd_q;
  reg  [BeatWidth2-1:0] beat_q;
  wire [15:0]           output_word;
  always @(posedge clk_i) begin
    odd_q <= addr_i[0];
    if (!run_q || (y2_valid && y2_last)) beat_q <= {BeatWidth2{1'b0}};
    else if (y2_valid) beat_q <= beat_q + 1'b1;
    if (!rst_ni || (input_valid_i && addr_i == 16'd0)) done_q <= 1'b0;
    else if (y2_valid && y2_last) done_q <= 1'b1;
  end
  lac_ram #(
      .Width    (16),
      .Depth    (Outputs2),
      .AddrWidth(BeatWidth2)
  ) results (
      .clk_i       (clk_i),
      .write_en_i  (y2_valid),
      .write_addr_i(beat_q),
      .write_data_i(y2),
      .read_en_i   (!y2_valid),  // never both: a tool need not keep the old word of a collision
      .read_addr_i (addr_i[1+:BeatWidth2]),
      .read_data_o (output_word)
  );
  assign read_data_o = odd_q ? output_word[15:8] : output_word[7:0];
  assign done_o      = done_q;
endmodule

`default_nettype wire
