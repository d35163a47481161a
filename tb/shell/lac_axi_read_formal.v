// SPDX-License-Identifier: Apache-2.0
// What is proven of the read master and of two that share a port: an address that is offered stays, also over a clear; no burst is longer than
// MaxBurst or crosses 4 KB; the buffer has room for all that is on its way; a beat that was buffered stays until it is taken. Of memory it is
// asked only that nothing comes that was not requested.
//
// inner_* are registers of the design, connected by the proof's script.
`default_nettype none

module lac_axi_read_formal (
    input wire        clk_i,
    input wire        rst_ni,
    input wire        clear,
    input wire        cmd_valid,
    input wire [31:0] cmd_addr,
    input wire [8:0]  cmd_beats,
    input wire        ar_ready,
    input wire        r_valid,
    input wire [31:0] r_data,
    input wire [1:0]  r_resp,
    input wire        r_last,
    input wire        beat_ready,
    // the other master of the port
    input wire        other_valid,
    input wire [31:0] other_addr,
    input wire [7:0]  other_len
);
  localparam MaxBurst = 4;
  localparam Room     = 8;

  wire        idle, cmd_ready, ar_valid, beat_valid;
  wire [31:0] ar_addr, beat_data;
  wire [7:0]  ar_len;
  wire [1:0]  share_ready;
  wire        m_valid, m_id;
  wire [31:0] m_addr;
  wire [7:0]  m_len;
  lac_axi_read #(
      .BusWidth  (32),
      .MaxBurst  (MaxBurst),
      .BufferLog2(3),
      .OpenLog2  (1),
      .BeatsWidth(9)
  ) dut (
      .clk_i       (clk_i),
      .rst_ni      (rst_ni),
      .clear_i     (clear),
      .idle_o      (idle),
      .cmd_valid_i (cmd_valid),
      .cmd_ready_o (cmd_ready),
      .cmd_addr_i  (cmd_addr),
      .cmd_beats_i (cmd_beats),
      .ar_valid_o  (ar_valid),
      .ar_ready_i  (share_ready[0]),
      .ar_addr_o   (ar_addr),
      .ar_len_o    (ar_len),
      .r_valid_i   (r_valid),
      .r_data_i    (r_data),
      .r_resp_i    (r_resp),
      .r_last_i    (r_last),
      .beat_valid_o(beat_valid),
      .beat_ready_i(beat_ready),
      .beat_data_o (beat_data)
  );
  lac_axi_share share (
      .clk_i       (clk_i),
      .rst_ni      (rst_ni),
      .ar_valid_i  ({other_valid, ar_valid}),
      .ar_ready_o  (share_ready),
      .ar_addr_i   ({other_addr, ar_addr}),
      .ar_len_i    ({other_len, ar_len}),
      .m_ar_valid_o(m_valid),
      .m_ar_ready_i(ar_ready),
      .m_ar_id_o   (m_id),
      .m_ar_addr_o (m_addr),
      .m_ar_len_o  (m_len),
      .m_r_valid_i (1'b0),
      .m_r_id_i    (1'b0)
  );
  wire [3:0] inner_room, inner_pending, inner_head, inner_tail;  // of 8 beats
  wire [1:0] inner_open, inner_first, inner_next;                // of 2 bursts
  wire       inner_held, inner_owner;
  wire [3:0] filled = inner_tail - inner_head;

  reg past = 1'b0;
  always @(posedge clk_i) begin
    past <= 1'b1;
    if (!past) assume (!rst_ni);
  end
  // Of the same cycle, so that the last one of the induction keeps them too.
  reg        other_waits, clear_waits;
  reg [31:0] other_addr_before;
  reg [7:0]  other_len_before;
  always @(posedge clk_i) begin
    other_waits       <= rst_ni && other_valid && !share_ready[1];
    clear_waits       <= rst_ni && clear && !idle;  // a clear is held until nothing is on its way
    other_addr_before <= other_addr;
    other_len_before  <= other_len;
  end
  always @(*) begin
    if (past && other_waits) assume (other_valid && other_addr == other_addr_before && other_len == other_len_before);
    if (past && clear_waits) assume (clear);
  end
  // ---- beats that were requested on AR and have not come
  reg  [3:0] due;
  wire       taken = ar_valid && share_ready[0];
  always @(posedge clk_i) begin
    if (!rst_ni) due <= 4'd0;
    else due <= due + (taken ? ar_len[3:0] + 4'd1 : 4'd0) - r_valid;
  end
  always @(*) begin
    assume (!r_valid || due != 4'd0);
    assume (cmd_beats != 9'd0);
  end

  reg clear_before;  // since a clear that still waits
  always @(posedge clk_i) clear_before <= rst_ni && clear;

  always @(*) begin
    if (past && rst_ni) begin
      if (ar_valid) begin
        burst_is_short: assert (ar_len < MaxBurst);
        burst_stays_in_its_page: assert ({2'b00, ar_addr[11:2]} + {4'd0, ar_len} < 12'd1024);
        address_is_of_a_beat: assert (ar_addr[1:0] == 2'b00);
      end
      // room is kept for all that is on its way
      all_asked_for_is_counted: assert (inner_pending == due + (ar_valid ? ar_len[3:0] + 4'd1 : 4'd0));
      assert (due <= inner_pending);
      assert (inner_pending <= Room && filled <= Room && inner_room <= Room);
      assert ((clear && clear_before) || inner_room + inner_pending + filled == Room);
      assert (!clear_before || filled == 4'd0);
      buffer_has_room: assert ({1'b0, inner_pending} + {1'b0, filled} <= Room);
      assert (inner_open == inner_next - inner_first && inner_open <= 2'd2);
      assert (beat_valid == (filled != 4'd0));
      if (m_valid && m_id == 1'b0) assert (m_addr == ar_addr && m_len == ar_len);
      if (m_valid && m_id == 1'b1) assert (m_addr == other_addr && m_len == other_len);
      assert (!(inner_held && !(inner_owner ? other_valid : ar_valid)));
    end
  end
  always @(posedge clk_i) begin
    if (past && rst_ni && $past(rst_ni)) begin
      if ($past(m_valid && !ar_ready)) address_stays: assert (m_valid && $stable(m_id) && $stable(m_addr) && $stable(m_len));
      if ($past(beat_valid && !beat_ready && !clear)) beat_stays: assert (beat_valid && $stable(beat_data));
    end
  end

  // ---- what the assumptions leave possible: a command of two pages, a full buffer, beats after a clear
  reg         cleared, crossed;
  reg  [19:0] page;
  always @(posedge clk_i) begin
    if (!rst_ni) {cleared, crossed} <= 2'b00;
    else begin
      if (clear && idle) cleared <= 1'b1;
      if (taken) page <= ar_addr[31:12];
      if (ar_valid && due != 4'd0 && page != ar_addr[31:12] && !cleared) crossed <= 1'b1;
    end
    if (past && rst_ni) begin
      two_pages: cover (crossed && beat_valid);
      full_buffer: cover (filled == Room);
      after_a_clear: cover (cleared && beat_valid);
    end
  end
endmodule

`default_nettype wire
