// SPDX-License-Identifier: Apache-2.0
// From a command (byte address, bytes) to the words that lie there: a read master and a gearbox behind it.
//
//   beats of a command = ceil(bytes / bytes of a beat)
`default_nettype none

module lac_read_channel #(
    parameter BusWidth   = 256,  // bits of a beat
    parameter WordBytes  = 24,   // of a word; words follow each other
    parameter MaxBurst   = 16,   // beats of a burst at most
    parameter BufferLog2 = 6     // 2^BufferLog2 beats are buffered
) (
    input  wire                   clk_i,
    input  wire                   rst_ni,
    input  wire                   clear_i,       // held until reads_idle_o
    output wire                   reads_idle_o,  // nothing is on its way
    output wire                   idle_o,        // nor is a whole word left
    output wire                   rest_o,        // bytes are left that are no whole word
    input  wire                   cmd_valid_i,
    output wire                   cmd_ready_o,
    input  wire [31:0]            cmd_addr_i,    // a multiple of a beat
    input  wire [31:0]            cmd_bytes_i,   // at least 1, a multiple of the gearbox's unit
    output wire                   ar_valid_o,
    input  wire                   ar_ready_i,
    output wire [31:0]            ar_addr_o,
    output wire [7:0]             ar_len_o,
    input  wire                   r_valid_i,
    input  wire [BusWidth-1:0]    r_data_i,
    input  wire [1:0]             r_resp_i,
    input  wire                   r_last_i,
    output wire                   word_valid_o,
    input  wire                   word_ready_i,
    output wire [WordBytes*8-1:0] word_data_o,
    output wire                   slave_error_o,
    output wire                   decode_error_o,
    output wire                   last_error_o,
    output wire [31:0]            error_addr_o
);
  localparam BeatBytes  = BusWidth / 8;
  localparam ByteLog2   = $clog2(BeatBytes);
  localparam BeatsWidth = 31;

  wire [31:0]           less  = cmd_bytes_i - 32'd1;
  wire [BeatsWidth-1:0] beats = {{(BeatsWidth-32+ByteLog2){1'b0}}, less[31:ByteLog2]} + 1'b1;
  wire [7:0]            last  = {{(8-ByteLog2){1'b0}}, less[ByteLog2-1:0]} + 8'd1;

  // ---- a command goes to both or to neither
  wire read_ready, gearbox_ready, read_idle, gearbox_idle;
  wire beat_valid, beat_ready;
  wire [BusWidth-1:0] beat_data;
  assign cmd_ready_o  = read_ready && gearbox_ready;
  assign reads_idle_o = read_idle;
  assign idle_o       = read_idle && gearbox_idle && !beat_valid;

  lac_axi_read #(
      .BusWidth  (BusWidth),
      .MaxBurst  (MaxBurst),
      .BufferLog2(BufferLog2),
      .BeatsWidth(BeatsWidth)
  ) read (
      .clk_i         (clk_i),
      .rst_ni        (rst_ni),
      .clear_i       (clear_i),
      .idle_o        (read_idle),
      .cmd_valid_i   (cmd_valid_i && gearbox_ready),
      .cmd_ready_o   (read_ready),
      .cmd_addr_i    (cmd_addr_i),
      .cmd_beats_i   (beats),
      .ar_valid_o    (ar_valid_o),
      .ar_ready_i    (ar_ready_i),
      .ar_addr_o     (ar_addr_o),
      .ar_len_o      (ar_len_o),
      .r_valid_i     (r_valid_i),
      .r_data_i      (r_data_i),
      .r_resp_i      (r_resp_i),
      .r_last_i      (r_last_i),
      .beat_valid_o  (beat_valid),
      .beat_ready_i  (beat_ready),
      .beat_data_o   (beat_data),
      .slave_error_o (slave_error_o),
      .decode_error_o(decode_error_o),
      .last_error_o  (last_error_o),
      .error_addr_o  (error_addr_o)
  );

  lac_gearbox #(
      .BeatBytes (BeatBytes),
      .WordBytes (WordBytes),
      .BeatsWidth(BeatsWidth)
  ) gearbox (
      .clk_i       (clk_i),
      .rst_ni      (rst_ni && !clear_i),
      .cmd_valid_i (cmd_valid_i && read_ready),
      .cmd_ready_o (gearbox_ready),
      .cmd_beats_i (beats),
      .cmd_last_i  (last),
      .beat_valid_i(beat_valid),
      .beat_ready_o(beat_ready),
      .beat_data_i (beat_data),
      .word_valid_o(word_valid_o),
      .word_ready_i(word_ready_i),
      .word_data_o (word_data_o),
      .idle_o      (gearbox_idle),
      .rest_o      (rest_o)
  );
endmodule

`default_nettype wire
