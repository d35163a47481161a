// SPDX-License-Identifier: Apache-2.0
// Beats of a bus become words of an engine: the bytes of a command follow each other, whatever the two widths.
//
// A command is a number of beats, of whose last one only the first bytes hold data: a multiple of the unit, which is the greatest number
// of bytes that divides beat and word. What the last beat holds beyond is left out, so the words of commands follow each other without a gap. A word
// leaves in each cycle as long as beats of its width come. Neither side's ready depends on the other's in the same cycle.
`default_nettype none

module lac_gearbox #(
    parameter BeatBytes    = 32,  // a power of two
    parameter WordBytes    = 24,
    parameter BeatsWidth   = 31,  // bits of a command's number of beats
    parameter CommandsLog2 = 4    // 2^CommandsLog2 commands wait at most
) (
    input  wire                   clk_i,
    input  wire                   rst_ni,
    input  wire                   cmd_valid_i,
    output wire                   cmd_ready_o,
    input  wire [BeatsWidth-1:0]  cmd_beats_i,   // at least 1
    input  wire [7:0]             cmd_last_i,    // bytes of its last beat, at least 1
    input  wire                   beat_valid_i,
    output wire                   beat_ready_o,
    input  wire [BeatBytes*8-1:0] beat_data_i,
    output wire                   word_valid_o,
    input  wire                   word_ready_i,
    output wire [WordBytes*8-1:0] word_data_o,
    output wire                   idle_o,        // no command and no whole word
    output wire                   rest_o         // bytes that are no whole word
);
  localparam UnitBytes  = (WordBytes % 64 == 0 && BeatBytes > 32) ? ((WordBytes % 128 == 0 && BeatBytes > 64) ? 128 : 64)
                        : (WordBytes % 32 == 0 && BeatBytes > 16) ? 32
                        : (WordBytes % 16 == 0 && BeatBytes > 8) ? 16
                        : (WordBytes % 8 == 0 && BeatBytes > 4) ? 8
                        : (WordBytes % 4 == 0) ? 4 : (WordBytes % 2 == 0) ? 2 : 1;
  localparam BeatUnits  = BeatBytes / UnitBytes;
  localparam UnitBits   = UnitBytes * 8;
  localparam WordUnits  = WordBytes / UnitBytes;
  localparam Threshold  = 2 * WordUnits - 1;      // up to which a beat is taken: with less a word could be missing
  localparam Units      = Threshold + BeatUnits;  // of the buffer
  localparam LevelWidth = $clog2(Units + 1);

  generate
    if (BeatBytes != (1 << $clog2(BeatBytes)) || BeatBytes < 4 || BeatBytes > 128 || WordBytes < 1 || CommandsLog2 < 1) begin : g_sizes
      lac_gearbox_beatbytes_wordbytes_or_commandslog2_out_of_range fault ();
    end
  endgenerate

  // ---- commands
  wire                  valid;
  wire [BeatsWidth-1:0] beats;
  wire [7:0]            last;  // in units
  reg  [BeatsWidth-1:0] index_q;
  reg  [CommandsLog2:0] commands_q;
  wire                  take  = beat_valid_i && beat_ready_o;
  wire                  final = index_q == beats - 1'b1;
  wire                  pop   = take && final;

  lac_fifo #(
      .Width    (BeatsWidth + 8),
      .DepthLog2(CommandsLog2)
  ) commands (
      .clk_i      (clk_i),
      .rst_ni     (rst_ni),
      .push_i     (cmd_valid_i && cmd_ready_o),
      .push_data_i({cmd_beats_i, cmd_last_i >> $clog2(UnitBytes)}),
      .valid_o    (valid),
      .data_o     ({beats, last}),
      .pop_i      (pop)
  );
  assign cmd_ready_o = !commands_q[CommandsLog2];

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      commands_q <= {(CommandsLog2+1){1'b0}};
      index_q    <= {BeatsWidth{1'b0}};
    end else begin
      commands_q <= commands_q + {{CommandsLog2{1'b0}}, cmd_valid_i && cmd_ready_o} - {{CommandsLog2{1'b0}}, pop};
      if (take) index_q <= final ? {BeatsWidth{1'b0}} : index_q + 1'b1;
    end
  end

  // ---- bytes: the oldest lowest; what lies above the level is of no account
  reg  [Units*UnitBits-1:0]  buffer_q;
  reg  [LevelWidth-1:0]      level_q;
  wire                       leave = word_valid_o && word_ready_i;
  wire [31:0]                kept  = {{(32-LevelWidth){1'b0}}, level_q} - (leave ? WordUnits : 32'd0);
  wire [31:0]                added = !take ? 32'd0 : final ? {24'd0, last} : BeatUnits;
  wire [31:0]                level = kept + added;
  wire [Units*UnitBits-1:0]  rest  = leave ? buffer_q >> WordUnits * UnitBits : buffer_q;
  wire [Units*UnitBits-1:0]  beat  = {{((Units-BeatUnits)*UnitBits){1'b0}}, beat_data_i} << kept * UnitBits;
  wire                       unused_level = |level[31:LevelWidth];
  integer                    u;

  assign beat_ready_o = valid && {{(32-LevelWidth){1'b0}}, level_q} <= Threshold;
  assign word_valid_o = {{(32-LevelWidth){1'b0}}, level_q} >= WordUnits;
  assign word_data_o  = buffer_q[WordUnits*UnitBits-1:0];
  assign idle_o       = !valid && !word_valid_o;
  assign rest_o       = level_q != {LevelWidth{1'b0}};

  always @(posedge clk_i) begin
    if (!rst_ni) level_q <= {LevelWidth{1'b0}};
    else level_q <= level[LevelWidth-1:0];
    for (u = 0; u < Units; u = u + 1) buffer_q[u*UnitBits +: UnitBits] <= (u < kept) ? rest[u*UnitBits +: UnitBits] : beat[u*UnitBits +: UnitBits];
  end
endmodule

`default_nettype wire
