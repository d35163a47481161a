// SPDX-License-Identifier: Apache-2.0
// What is proven of both ends of the streams: what is offered stays until it is taken, also over a clear; the parts that leave are those of
// the beat that came, in order, TLAST on the last; a beat for the engine is the parts that came, and no part of a dropped packet is in it.
//
// inner_* are registers of the designs, connected by the proof's script.
`default_nettype none

module lac_axis_formal (
    input wire        clk_i,
    input wire        rst_ni,
    input wire        clear,
    input wire        run,
    // out: 20 bits in parts of 8
    input wire        y_valid,
    input wire        y_last,
    input wire [19:0] y_data,
    input wire        m_tready,
    // in: the same
    input wire        s_tvalid,
    input wire        s_tlast,
    input wire [7:0]  s_tdata,
    input wire        x_ready
);
  wire        y_ready, y_idle, m_tvalid, m_tlast, s_tready, x_valid, open, cut, all, dropping;
  wire [7:0]  m_tdata;
  wire [19:0] x_data;
  lac_axis_out #(
      .StreamWidth(8),
      .BeatWidth  (20)
  ) out (
      .clk_i        (clk_i),
      .rst_ni       (rst_ni),
      .clear_i      (clear),
      .idle_o       (y_idle),
      .beat_valid_i (y_valid),
      .beat_ready_o (y_ready),
      .beat_data_i  (y_data),
      .beat_last_i  (y_last),
      .m_axis_tdata (m_tdata),
      .m_axis_tlast (m_tlast),
      .m_axis_tvalid(m_tvalid),
      .m_axis_tready(m_tready)
  );
  lac_axis_in #(
      .StreamWidth(8),
      .BeatWidth  (20)
  ) in (
      .clk_i        (clk_i),
      .rst_ni       (rst_ni),
      .run_i        (run),
      .clear_i      (clear),
      .s_axis_tdata (s_tdata),
      .s_axis_tlast (s_tlast),
      .s_axis_tvalid(s_tvalid),
      .s_axis_tready(s_tready),
      .beat_valid_o (x_valid),
      .beat_ready_i (x_ready),
      .beat_data_o  (x_data),
      .open_o       (open),
      .cut_o        (cut),
      .all_o        (all),
      .dropping_o   (dropping)
  );
  wire [23:0] inner_out_data, inner_in_data;
  wire        inner_out_last, inner_in_ended, inner_in_full;
  wire [1:0]  inner_in_part, inner_out_left;

  reg past = 1'b0;
  always @(posedge clk_i) begin
    past <= 1'b1;
    if (!past) assume (!rst_ni);
  end

  // ---- out: the beat that is on its way, and how many parts of it have left
  reg [23:0] beat;
  reg        beat_last, cut_short;
  reg [1:0]  sent;
  reg        sending;
  always @(posedge clk_i) begin
    if (!rst_ni) sending <= 1'b0;
    else if (y_valid && y_ready && !clear) begin
      sending   <= 1'b1;
      sent      <= 2'd0;
      beat      <= {4'd0, y_data};
      beat_last <= y_last;
      cut_short <= 1'b0;
    end else begin
      if (m_tvalid && m_tready) begin
        sent <= sent + 2'd1;
        if (sent == 2'd2 || clear || cut_short) sending <= 1'b0;
      end
      if (clear && sending && !(m_tvalid && m_tready)) cut_short <= cut_short || sent != 2'd2;
    end
  end
  always @(*) begin
    if (past && rst_ni) begin
      out_offers_what_came: assert (m_tvalid == sending);
      assert (!sending || (sent < 2'd3 && m_tdata == beat[sent*8 +: 8]));
      assert (!sending || inner_out_data == beat >> sent * 8);
      assert (!sending || inner_out_last == (beat_last && !cut_short));
      assert (inner_out_left == (!sending ? 2'd0 : cut_short ? 2'd1 : 2'd3 - sent));
      tlast_is_at_the_end: assert (!sending || m_tlast == (beat_last && sent == 2'd2 && !cut_short));
      assert (y_ready == (!sending || (m_tready && (sent == 2'd2 || cut_short))));
    end
  end

  // ---- in: the parts of the beat that is put together
  reg [23:0] parts;
  reg [1:0]  count;  // parts of it
  reg        packet, ended, full;
  wire       take = s_tvalid && s_tready && !dropping;
  always @(posedge clk_i) begin
    if (!rst_ni) {packet, ended, full, count} <= 5'd0;
    else begin
      if (take) begin
        parts[count*8 +: 8] <= s_tdata;
        packet <= !s_tlast;
      end else if (!run) packet <= 1'b0;
      count <= !run ? 2'd0 : !take ? count : count == 2'd2 ? 2'd0 : count + 2'd1;
      ended <= run && (ended || (take && s_tlast));
      full  <= run && ((take && count == 2'd2) || (full && !x_ready));
    end
  end
  always @(*) begin
    if (past && rst_ni) begin
      assert (count < 2'd3 && inner_in_part == count && inner_in_ended == ended && inner_in_full == full);
      assert (open == packet);
      assert (!(open && dropping));
      assert (count == 2'd0 || inner_in_data[7:0] == parts[7:0]);
      assert (count != 2'd2 || inner_in_data[15:8] == parts[15:8]);
      beat_is_its_parts: assert (!full || inner_in_data == parts);
      no_part_over_a_whole_beat: assert (!full || count == 2'd0);
      x_is_offered_when_whole: assert (x_valid == (full && run));
      assert (all == (ended && !full));
      assert (!x_valid || x_data == parts[19:0]);
      assert (!(s_tready && !dropping) || (run && !ended));
    end
  end

  always @(posedge clk_i) begin
    if (past && rst_ni && $past(rst_ni)) begin
      if ($past(m_tvalid && !m_tready)) part_stays: assert (m_tvalid && $stable(m_tdata) && $stable(m_tlast));
      if ($past(x_valid && !x_ready) && run) x_stays: assert (x_valid && $stable(x_data));
      // a packet that is cut is dropped to its end, and no further
      if ($past(open && !run)) assert (dropping);
      if ($past(dropping && !clear && !(s_tvalid && s_tlast))) assert (dropping);
      if ($past(dropping && !open && s_tvalid && s_tlast)) assert (!dropping);
    end
    if (past && rst_ni) begin
      clear_of_a_packet: cover (cut_short && m_tvalid && m_tready);
      dropped_to_its_end: cover (dropping && s_tvalid && s_tlast);
      whole_packet: cover (all && run);
    end
  end
endmodule

`default_nettype wire
