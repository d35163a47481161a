// SPDX-License-Identifier: Apache-2.0
// Everything of the design that is no vendor's: engine, its memory with the network in it, and the one slave that a host needs.
// Written by `lacuna fpga` for @TITLE@: @NETWORK@
`default_nettype none

module system (
    input  wire        clk_i,
    input  wire        rst_ni,
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
    output wire        irq_o
);
  wire [11:0]           awaddr, araddr;
  wire                  awvalid, awready, wvalid, wready, bvalid, bready, arvalid, arready, rvalid, rready;
  wire [31:0]           wdata, rdata;
  wire [1:0]            bresp, rresp;
  wire [31:0]           x_data, y_data;
  wire                  x_last, x_valid, x_ready, y_last, y_valid, y_ready;
  wire                  mem_arid, mem_arvalid, mem_arready, mem_rid, mem_rlast, mem_rvalid, mem_rready;
  wire [31:0]           mem_araddr;
  wire [7:0]            mem_arlen;
  wire [2:0]            mem_arsize;
  wire [1:0]            mem_arburst, mem_rresp;
  wire [@BUS_HIGH@:0]   mem_rdata;
  wire                  unused_lock;
  wire [3:0]            unused_cache;
  wire [2:0]            unused_prot;

  lac_axi_window #(
      .FifoLog2(9)  // MOST_BEATS of host/lacuna_window.c
  ) window (
      .clk_i        (clk_i),
      .rst_ni       (rst_ni),
      .s_axi_awaddr (s_axi_awaddr),
      .s_axi_awvalid(s_axi_awvalid),
      .s_axi_awready(s_axi_awready),
      .s_axi_wdata  (s_axi_wdata),
      .s_axi_wvalid (s_axi_wvalid),
      .s_axi_wready (s_axi_wready),
      .s_axi_bresp  (s_axi_bresp),
      .s_axi_bvalid (s_axi_bvalid),
      .s_axi_bready (s_axi_bready),
      .s_axi_araddr (s_axi_araddr),
      .s_axi_arvalid(s_axi_arvalid),
      .s_axi_arready(s_axi_arready),
      .s_axi_rdata  (s_axi_rdata),
      .s_axi_rresp  (s_axi_rresp),
      .s_axi_rvalid (s_axi_rvalid),
      .s_axi_rready (s_axi_rready),
      .m_axi_awaddr (awaddr),
      .m_axi_awvalid(awvalid),
      .m_axi_awready(awready),
      .m_axi_wdata  (wdata),
      .m_axi_wvalid (wvalid),
      .m_axi_wready (wready),
      .m_axi_bresp  (bresp),
      .m_axi_bvalid (bvalid),
      .m_axi_bready (bready),
      .m_axi_araddr (araddr),
      .m_axi_arvalid(arvalid),
      .m_axi_arready(arready),
      .m_axi_rdata  (rdata),
      .m_axi_rresp  (rresp),
      .m_axi_rvalid (rvalid),
      .m_axi_rready (rready),
      .m_axis_tdata (x_data),
      .m_axis_tlast (x_last),
      .m_axis_tvalid(x_valid),
      .m_axis_tready(x_ready),
      .s_axis_tdata (y_data),
      .s_axis_tlast (y_last),
      .s_axis_tvalid(y_valid),
      .s_axis_tready(y_ready)
  );

  lac_axi_rom #(
      .Width   (@BUS@),
      .Depth   (@BEATS@),
      .Base    (@BASE_NUMBER@),
      .InitFile("memory.mem")
  ) memory (
      .clk_i        (clk_i),
      .rst_ni       (rst_ni),
      .s_axi_arid   (mem_arid),
      .s_axi_araddr (mem_araddr),
      .s_axi_arlen  (mem_arlen),
      .s_axi_arsize (mem_arsize),
      .s_axi_arburst(mem_arburst),
      .s_axi_arvalid(mem_arvalid),
      .s_axi_arready(mem_arready),
      .s_axi_rid    (mem_rid),
      .s_axi_rdata  (mem_rdata),
      .s_axi_rresp  (mem_rresp),
      .s_axi_rlast  (mem_rlast),
      .s_axi_rvalid (mem_rvalid),
      .s_axi_rready (mem_rready)
  );

  lacuna engine (
      .aclk              (clk_i),
      .aresetn           (rst_ni),
      .s_axi_ctrl_awaddr (awaddr),
      .s_axi_ctrl_awprot (3'd0),
      .s_axi_ctrl_awvalid(awvalid),
      .s_axi_ctrl_awready(awready),
      .s_axi_ctrl_wdata  (wdata),
      .s_axi_ctrl_wstrb  (4'hF),
      .s_axi_ctrl_wvalid (wvalid),
      .s_axi_ctrl_wready (wready),
      .s_axi_ctrl_bresp  (bresp),
      .s_axi_ctrl_bvalid (bvalid),
      .s_axi_ctrl_bready (bready),
      .s_axi_ctrl_araddr (araddr),
      .s_axi_ctrl_arprot (3'd0),
      .s_axi_ctrl_arvalid(arvalid),
      .s_axi_ctrl_arready(arready),
      .s_axi_ctrl_rdata  (rdata),
      .s_axi_ctrl_rresp  (rresp),
      .s_axi_ctrl_rvalid (rvalid),
      .s_axi_ctrl_rready (rready),
      .m_axi_mem_arid    (mem_arid),
      .m_axi_mem_araddr  (mem_araddr),
      .m_axi_mem_arlen   (mem_arlen),
      .m_axi_mem_arsize  (mem_arsize),
      .m_axi_mem_arburst (mem_arburst),
      .m_axi_mem_arlock  (unused_lock),
      .m_axi_mem_arcache (unused_cache),
      .m_axi_mem_arprot  (unused_prot),
      .m_axi_mem_arvalid (mem_arvalid),
      .m_axi_mem_arready (mem_arready),
      .m_axi_mem_rid     (mem_rid),
      .m_axi_mem_rdata   (mem_rdata),
      .m_axi_mem_rresp   (mem_rresp),
      .m_axi_mem_rlast   (mem_rlast),
      .m_axi_mem_rvalid  (mem_rvalid),
      .m_axi_mem_rready  (mem_rready),
      .s_axis_tdata      (x_data),
      .s_axis_tlast      (x_last),
      .s_axis_tvalid     (x_valid),
      .s_axis_tready     (x_ready),
      .m_axis_tdata      (y_data),
      .m_axis_tlast      (y_last),
      .m_axis_tvalid     (y_valid),
      .m_axis_tready     (y_ready),
      .irq_o             (irq_o)
  );
endmodule

`default_nettype wire
