// SPDX-License-Identifier: Apache-2.0
// @TITLE@: @NETWORK@
// Written by `lacuna fpga`. The board's 200 MHz become @MEGAHERTZ@ MHz; a JTAG-to-AXI master (an IP that build.tcl makes) is the host's way in.
`default_nettype none

module top (
    input  wire sysclk_p_i,
    input  wire sysclk_n_i,
    input  wire reset_i,  // push button CPU_RESET, high while pressed
    output wire led_o     // lit while the shell's interrupt is raised
);
  wire sysclk, feedback, clk_raw, clk, locked;
  IBUFDS sysclk_buffer (
      .I (sysclk_p_i),
      .IB(sysclk_n_i),
      .O (sysclk)
  );
  MMCME2_BASE #(
      .CLKIN1_PERIOD   (5.0),
      .CLKFBOUT_MULT_F (5.0),  // 1000 MHz
      .CLKOUT0_DIVIDE_F(@CLOCK_DIVIDE@)
  ) clock_manager (
      .CLKIN1  (sysclk),
      .CLKFBIN (feedback),
      .CLKFBOUT(feedback),
      .CLKOUT0 (clk_raw),
      .PWRDWN  (1'b0),
      .RST     (reset_i),
      .LOCKED  (locked)
  );
  BUFG clock_buffer (
      .I(clk_raw),
      .O(clk)
  );

  reg [3:0] reset_n_q = 4'd0;
  always @(posedge clk or negedge locked) begin
    if (!locked) reset_n_q <= 4'd0;
    else reset_n_q <= {reset_n_q[2:0], 1'b1};
  end
  wire rst_n = reset_n_q[3];

  wire [31:0] awaddr, wdata, araddr, rdata;
  wire [2:0]  unused_awprot, unused_arprot;
  wire [3:0]  unused_wstrb;
  wire        awvalid, awready, wvalid, wready, bvalid, bready, arvalid, arready, rvalid, rready;
  wire [1:0]  bresp, rresp;
  jtag_axi_0 host (
      .aclk         (clk),
      .aresetn      (rst_n),
      .m_axi_awaddr (awaddr),
      .m_axi_awprot (unused_awprot),
      .m_axi_awvalid(awvalid),
      .m_axi_awready(awready),
      .m_axi_wdata  (wdata),
      .m_axi_wstrb  (unused_wstrb),
      .m_axi_wvalid (wvalid),
      .m_axi_wready (wready),
      .m_axi_bresp  (bresp),
      .m_axi_bvalid (bvalid),
      .m_axi_bready (bready),
      .m_axi_araddr (araddr),
      .m_axi_arprot (unused_arprot),
      .m_axi_arvalid(arvalid),
      .m_axi_arready(arready),
      .m_axi_rdata  (rdata),
      .m_axi_rresp  (rresp),
      .m_axi_rvalid (rvalid),
      .m_axi_rready (rready)
  );

  system engine (
      .clk_i        (clk),
      .rst_ni       (rst_n),
      .s_axi_awaddr (awaddr[15:0]),
      .s_axi_awvalid(awvalid),
      .s_axi_awready(awready),
      .s_axi_wdata  (wdata),
      .s_axi_wvalid (wvalid),
      .s_axi_wready (wready),
      .s_axi_bresp  (bresp),
      .s_axi_bvalid (bvalid),
      .s_axi_bready (bready),
      .s_axi_araddr (araddr[15:0]),
      .s_axi_arvalid(arvalid),
      .s_axi_arready(arready),
      .s_axi_rdata  (rdata),
      .s_axi_rresp  (rresp),
      .s_axi_rvalid (rvalid),
      .s_axi_rready (rready),
      .irq_o        (led_o)
  );
endmodule

`default_nettype wire
