// SPDX-License-Identifier: Apache-2.0
// AXI4 read master of one ID: commands of any number of beats become bursts that cross no 4 KB page.
//
//   beats of a burst = min(beats left, MaxBurst, beats to the end of the page)
//
// A burst is requested when the buffer has room for all of it, so the data that comes back is taken always (there is no r_ready) and
// nobody can block the data of another ID. Several bursts are on their way at once; those of one ID answer in order. A beat with an
// error is reported with its address and passed on like any other: the burst ends as it should.
//
// clear_i, held until idle_o, forgets command and data; an address that is offered stays until it is taken, and what is requested is
// waited for and dropped.
`default_nettype none

module lac_axi_read #(
    parameter BusWidth   = 256,  // bits of a beat: 32, 64, 128, 256, 512 or 1024
    parameter MaxBurst   = 16,   // beats of a burst at most, 1 to 256
    parameter BufferLog2 = 6,    // 2^BufferLog2 beats of room, at least MaxBurst
    parameter OpenLog2   = 4,    // 2^OpenLog2 bursts on their way at most
    parameter BeatsWidth = 31    // bits of a command's number of beats
) (
    input  wire                  clk_i,
    input  wire                  rst_ni,
    input  wire                  clear_i,
    output wire                  idle_o,        // no command, nothing on its way, with clear_i nothing buffered
    // commands; the address is a multiple of a beat
    input  wire                  cmd_valid_i,
    output wire                  cmd_ready_o,
    input  wire [31:0]           cmd_addr_i,
    input  wire [BeatsWidth-1:0] cmd_beats_i,   // at least 1
    // AR, and R of this ID
    output wire                  ar_valid_o,
    input  wire                  ar_ready_i,
    output wire [31:0]           ar_addr_o,
    output wire [7:0]            ar_len_o,
    input  wire                  r_valid_i,
    input  wire [BusWidth-1:0]   r_data_i,
    input  wire [1:0]            r_resp_i,
    input  wire                  r_last_i,
    // data
    output wire                  beat_valid_o,
    input  wire                  beat_ready_i,
    output wire [BusWidth-1:0]   beat_data_o,
    // for a cycle: what was wrong with a beat
    output wire                  slave_error_o,
    output wire                  decode_error_o,
    output wire                  last_error_o,
    output wire [31:0]           error_addr_o
);
  localparam BeatBytes = BusWidth / 8;
  localparam ByteLog2  = $clog2(BeatBytes);
  localparam PageBeats = 4096 / BeatBytes;
  localparam PageWidth = 12 - ByteLog2;    // bits of a beat's number in its page
  localparam LenWidth  = 9;                // 1 to 256
  localparam WordWidth = 32 - ByteLog2;    // bits of a beat's number in memory

  generate
    if (BusWidth != 32 && BusWidth != 64 && BusWidth != 128 && BusWidth != 256 && BusWidth != 512 && BusWidth != 1024) begin : g_bus
      lac_axi_read_buswidth_must_be_a_power_of_two_from_32_to_1024 fault ();
    end
    if (MaxBurst < 1 || MaxBurst > 256) begin : g_burst
      lac_axi_read_maxburst_must_be_1_to_256 fault ();
    end
    if ((1 << BufferLog2) < MaxBurst || BufferLog2 < 1) begin : g_buffer
      lac_axi_read_buffer_must_hold_a_burst fault ();
    end
    if (BeatsWidth < 9 || BeatsWidth > 32) begin : g_beats
      lac_axi_read_beatswidth_must_be_9_to_32 fault ();
    end
    if (OpenLog2 < 1) begin : g_open
      lac_axi_read_openlog2_must_be_at_least_1 fault ();
    end
  endgenerate

  // ---- the next burst of the command
  reg  [WordWidth-1:0]  word_q;     // number of the beat in memory
  reg  [BeatsWidth-1:0] left_q;     // beats not yet requested
  reg  [BufferLog2:0]   room_q;     // beats of the buffer that no request has taken
  reg  [BufferLog2:0]   pending_q;  // beats requested that have not come
  reg  [OpenLog2:0]     open_q;     // bursts requested that have not ended
  reg                   ar_valid_q;
  reg  [31:0]           ar_addr_q;
  reg  [7:0]            ar_len_q;

  // Nine bits hold a burst of 256 beats; a page has 1024 of them at most.
  wire [31:0]         page_left  = PageBeats - {{(32-PageWidth){1'b0}}, word_q[PageWidth-1:0]};
  wire [31:0]         most       = (page_left < MaxBurst) ? page_left : MaxBurst;
  wire                whole      = {{(32-BeatsWidth){1'b0}}, left_q} <= most;
  wire [LenWidth-1:0] beats      = whole ? left_q[LenWidth-1:0] : most[LenWidth-1:0];
  wire [LenWidth-1:0] less       = beats - 1'b1;
  wire                fits       = {{(32-LenWidth){1'b0}}, beats} <= {{(31-BufferLog2){1'b0}}, room_q};
  wire                request    = left_q != {BeatsWidth{1'b0}} && fits && !open_q[OpenLog2] && (!ar_valid_q || ar_ready_i) && !clear_i;
  wire                unused_len = less[LenWidth-1];
  wire                pop        = beat_valid_o && beat_ready_i;
  wire                burst_end;

  wire [BufferLog2:0] beats_in_room;  // the burst's, in bits of the buffer's room
  generate
    if (BufferLog2 + 1 > LenWidth) begin : g_room_wide
      assign beats_in_room = {{(BufferLog2+1-LenWidth){1'b0}}, beats};
    end else begin : g_room
      assign beats_in_room = beats[BufferLog2:0];
    end
  endgenerate
  wire [BufferLog2:0] requested = request ? beats_in_room : {(BufferLog2+1){1'b0}};

  assign cmd_ready_o = left_q == {BeatsWidth{1'b0}} && !clear_i;
  assign ar_valid_o  = ar_valid_q;
  assign ar_addr_o   = ar_addr_q;
  assign ar_len_o    = ar_len_q;
  assign idle_o      = left_q == {BeatsWidth{1'b0}} && !ar_valid_q && pending_q == {(BufferLog2+1){1'b0}} && open_q == {(OpenLog2+1){1'b0}};
  wire unused_addr = |cmd_addr_i[ByteLog2-1:0];

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      left_q     <= {BeatsWidth{1'b0}};
      room_q     <= {1'b1, {BufferLog2{1'b0}}};
      pending_q  <= {(BufferLog2+1){1'b0}};
      open_q     <= {(OpenLog2+1){1'b0}};
      ar_valid_q <= 1'b0;
    end else begin
      if (clear_i) left_q <= {BeatsWidth{1'b0}};
      else if (request) left_q <= left_q - {{(BeatsWidth-LenWidth){1'b0}}, beats};
      else if (cmd_valid_i && cmd_ready_o) left_q <= cmd_beats_i;
      if (clear_i) room_q <= {1'b1, {BufferLog2{1'b0}}};
      else room_q <= room_q - requested + {{BufferLog2{1'b0}}, pop};
      pending_q <= pending_q + requested - {{BufferLog2{1'b0}}, r_valid_i};
      open_q    <= open_q + {{OpenLog2{1'b0}}, request} - {{OpenLog2{1'b0}}, burst_end};
      if (request) ar_valid_q <= 1'b1;
      else if (ar_ready_i) ar_valid_q <= 1'b0;
    end
    if (request) begin
      ar_addr_q <= {word_q, {ByteLog2{1'b0}}};
      ar_len_q  <= less[7:0];
      word_q    <= word_q + {{(WordWidth-LenWidth){1'b0}}, beats};
    end else if (cmd_valid_i && cmd_ready_o) begin
      word_q <= cmd_addr_i[31:ByteLog2];
    end
  end

  // ---- which beat of which burst comes
  wire [WordWidth+7:0] burst;
  wire                 burst_valid;
  reg  [7:0]           index_q;
  wire                 last_due = index_q == burst[7:0];

  lac_fifo #(
      .Width    (WordWidth + 8),
      .DepthLog2(OpenLog2)
  ) bursts (
      .clk_i      (clk_i),
      .rst_ni     (rst_ni),
      .push_i     (request),
      .push_data_i({word_q, less[7:0]}),
      .valid_o    (burst_valid),
      .data_o     (burst),
      .pop_i      (burst_end)
  );
  assign burst_end = r_valid_i && burst_valid && last_due;

  always @(posedge clk_i) begin
    if (!rst_ni) index_q <= 8'd0;
    else if (r_valid_i) index_q <= last_due ? 8'd0 : index_q + 8'd1;
  end

  assign slave_error_o  = r_valid_i && r_resp_i == 2'b10;
  assign decode_error_o = r_valid_i && r_resp_i == 2'b11;
  assign last_error_o   = r_valid_i && r_last_i != last_due;
  assign error_addr_o   = {burst[WordWidth+7:8] + {{(WordWidth-8){1'b0}}, index_q}, {ByteLog2{1'b0}}};

  // ---- buffer
  lac_fifo #(
      .Width    (BusWidth),
      .DepthLog2(BufferLog2)
  ) buffer (
      .clk_i      (clk_i),
      .rst_ni     (rst_ni && !clear_i),
      .push_i     (r_valid_i && !clear_i),
      .push_data_i(r_data_i),
      .valid_o    (beat_valid_o),
      .data_o     (beat_data_o),
      .pop_i      (pop)
  );
endmodule

`default_nettype wire
