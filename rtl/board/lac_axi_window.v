// SPDX-License-Identifier: Apache-2.0
// One AXI4-Lite slave for a host that has nothing else (JTAG, a UART bridge): the shell's registers, and both of its streams a word at a time.
//
//   0x0000 to 0x0FFF   the shell's registers, passed on
//   0x1000  write      a beat of x;  read: the oldest beat of y, which goes
//   0x1004  write      the last beat of x
//   0x1008  read       bits 15:0: beats of x there is room for; bits 31:16: beats of y that are there
//
// TLAST of y is not seen: a host knows how long its packets are. Nothing waits for a stream: a beat without room, a read without a beat, and
// every other address are answered SLVERR and change nothing. Word writes only. One write and one read are on their way at a time; no ready
// depends on a valid of the same cycle, as AXI wants it.
`default_nettype none

module lac_axi_window #(
    parameter FifoLog2 = 9  // 2^FifoLog2 beats of x and of y are held
) (
    input  wire        clk_i,
    input  wire        rst_ni,
    // the host
    input  wire [15:0] s_axi_awaddr,
    input  wire        s_axi_awvalid,
    output wire        s_axi_awready,
    input  wire [31:0] s_axi_wdata,
    input  wire        s_axi_wvalid,
    output wire        s_axi_wready,
    output wire [1:0]  s_axi_bresp,
    output wire        s_axi_bvalid,
    input  wire        s_axi_bready,
    input  wire [15:0] s_axi_araddr,
    input  wire        s_axi_arvalid,
    output wire        s_axi_arready,
    output wire [31:0] s_axi_rdata,
    output wire [1:0]  s_axi_rresp,
    output wire        s_axi_rvalid,
    input  wire        s_axi_rready,
    // the shell's registers
    output wire [11:0] m_axi_awaddr,
    output wire        m_axi_awvalid,
    input  wire        m_axi_awready,
    output wire [31:0] m_axi_wdata,
    output wire        m_axi_wvalid,
    input  wire        m_axi_wready,
    input  wire [1:0]  m_axi_bresp,
    input  wire        m_axi_bvalid,
    output wire        m_axi_bready,
    output wire [11:0] m_axi_araddr,
    output wire        m_axi_arvalid,
    input  wire        m_axi_arready,
    input  wire [31:0] m_axi_rdata,
    input  wire [1:0]  m_axi_rresp,
    input  wire        m_axi_rvalid,
    output wire        m_axi_rready,
    // its streams
    output wire [31:0] m_axis_tdata,
    output wire        m_axis_tlast,
    output wire        m_axis_tvalid,
    input  wire        m_axis_tready,
    input  wire [31:0] s_axis_tdata,
    input  wire        s_axis_tlast,
    input  wire        s_axis_tvalid,
    output wire        s_axis_tready
);
  generate
    if (FifoLog2 < 1 || FifoLog2 > 14) begin : g_check
      lac_axi_window_fifolog2_out_of_range fault ();
    end
  endgenerate

  localparam [1:0]  Okay = 2'b00, SlaveError = 2'b10;
  localparam [15:0] Beat = 16'h1000, LastBeat = 16'h1004, Levels = 16'h1008;
  localparam [1:0]  Idle = 2'd0, Pass = 2'd1, Wait = 2'd2, Answer = 2'd3;

  // ---- beats of x and of y
  reg  [FifoLog2:0] x_free_q, y_free_q;
  wire              x_push, x_pop, y_push, y_pop, y_valid;
  wire [31:0]       y_data;
  wire              x_room = x_free_q != {(FifoLog2+1){1'b0}};
  wire [FifoLog2:0] y_there = {1'b1, {FifoLog2{1'b0}}} - y_free_q;
  assign x_pop         = m_axis_tvalid && m_axis_tready;
  assign s_axis_tready = y_free_q != {(FifoLog2+1){1'b0}};
  assign y_push        = s_axis_tvalid && s_axis_tready;
  always @(posedge clk_i) begin
    if (!rst_ni) begin
      x_free_q <= {1'b1, {FifoLog2{1'b0}}};
      y_free_q <= {1'b1, {FifoLog2{1'b0}}};
    end else begin
      if (x_push != x_pop) x_free_q <= x_push ? x_free_q - 1'b1 : x_free_q + 1'b1;
      if (y_push != y_pop) y_free_q <= y_push ? y_free_q - 1'b1 : y_free_q + 1'b1;
    end
  end

  // ---- writes
  reg  [1:0]  write_q;
  reg         aw_held_q, w_held_q;  // came, and not yet answered
  reg         aw_sent_q, w_sent_q;
  reg  [15:0] awaddr_q;
  reg  [31:0] wdata_q;
  reg  [1:0]  bresp_q;
  wire        write_take = write_q == Idle && aw_held_q && w_held_q;
  wire        x_write    = awaddr_q == Beat || awaddr_q == LastBeat;
  assign x_push        = write_take && x_write && x_room;
  assign s_axi_awready = !aw_held_q;
  assign s_axi_wready  = !w_held_q;
  assign m_axi_awaddr  = awaddr_q[11:0];
  assign m_axi_awvalid = write_q == Pass && !aw_sent_q;
  assign m_axi_wdata   = wdata_q;
  assign m_axi_wvalid  = write_q == Pass && !w_sent_q;
  assign m_axi_bready  = write_q == Wait;
  assign s_axi_bresp   = bresp_q;
  assign s_axi_bvalid  = write_q == Answer;
  wire        aw_done    = aw_sent_q || m_axi_awready;
  wire        w_done     = w_sent_q || m_axi_wready;
  always @(posedge clk_i) begin
    if (!rst_ni) begin
      write_q   <= Idle;
      aw_held_q <= 1'b0;
      w_held_q  <= 1'b0;
    end else begin
      if (s_axi_awvalid) aw_held_q <= 1'b1;
      if (s_axi_wvalid) w_held_q <= 1'b1;
      case (write_q)
        Idle: if (write_take) begin
          aw_sent_q <= 1'b0;
          w_sent_q  <= 1'b0;
          bresp_q   <= (x_write && x_room) ? Okay : SlaveError;
          write_q   <= (awaddr_q[15:12] == 4'd0) ? Pass : Answer;
        end
        Pass: begin
          aw_sent_q <= aw_done;
          w_sent_q  <= w_done;
          if (aw_done && w_done) write_q <= Wait;
        end
        Wait: if (m_axi_bvalid) begin
          bresp_q <= m_axi_bresp;
          write_q <= Answer;
        end
        default: if (s_axi_bready) begin
          write_q   <= Idle;
          aw_held_q <= 1'b0;
          w_held_q  <= 1'b0;
        end
      endcase
    end
    if (!aw_held_q) awaddr_q <= s_axi_awaddr;
    if (!w_held_q) wdata_q <= s_axi_wdata;
  end

  // ---- reads
  reg  [1:0]  read_q;
  reg  [11:0] araddr_q;
  reg  [31:0] rdata_q;
  reg  [1:0]  rresp_q;
  wire        read_take = read_q == Idle && s_axi_arvalid;
  wire        y_read    = s_axi_araddr == Beat;
  assign y_pop         = read_take && y_read && y_valid;
  assign s_axi_arready = read_q == Idle;
  assign m_axi_araddr  = araddr_q;
  assign m_axi_arvalid = read_q == Pass;
  assign m_axi_rready  = read_q == Wait;
  assign s_axi_rdata   = rdata_q;
  assign s_axi_rresp   = rresp_q;
  assign s_axi_rvalid  = read_q == Answer;
  always @(posedge clk_i) begin
    if (!rst_ni) begin
      read_q <= Idle;
    end else begin
      case (read_q)
        Idle: if (read_take) begin
          araddr_q <= s_axi_araddr[11:0];
          rdata_q  <= y_read ? y_data : {{(15-FifoLog2){1'b0}}, y_there, {(15-FifoLog2){1'b0}}, x_free_q};
          rresp_q  <= ((y_read && y_valid) || s_axi_araddr == Levels) ? Okay : SlaveError;
          read_q   <= (s_axi_araddr[15:12] == 4'd0) ? Pass : Answer;
        end
        Pass: if (m_axi_arready) read_q <= Wait;
        Wait: if (m_axi_rvalid) begin
          rdata_q <= m_axi_rdata;
          rresp_q <= m_axi_rresp;
          read_q  <= Answer;
        end
        default: if (s_axi_rready) read_q <= Idle;
      endcase
    end
  end

  wire unused = s_axis_tlast;

  lac_fifo #(
      .Width    (33),
      .DepthLog2(FifoLog2)
  ) x_beats (
      .clk_i      (clk_i),
      .rst_ni     (rst_ni),
      .push_i     (x_push),
      .push_data_i({awaddr_q == LastBeat, wdata_q}),
      .valid_o    (m_axis_tvalid),
      .data_o     ({m_axis_tlast, m_axis_tdata}),
      .pop_i      (x_pop)
  );
  lac_fifo #(
      .Width    (32),
      .DepthLog2(FifoLog2)
  ) y_beats (
      .clk_i      (clk_i),
      .rst_ni     (rst_ni),
      .push_i     (y_push),
      .push_data_i(s_axis_tdata),
      .valid_o    (y_valid),
      .data_o     (y_data),
      .pop_i      (y_pop)
  );
endmodule

`default_nettype wire
