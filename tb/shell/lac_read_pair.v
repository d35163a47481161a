// SPDX-License-Identifier: Apache-2.0
// Two read channels on one port, as in the shell but both at work at once: for a test that lets memory answer them out of order.
`default_nettype none

module lac_read_pair #(
    parameter BusWidth   = 64,
    parameter WordBytes0 = 6,
    parameter WordBytes1 = 20,
    parameter MaxBurst   = 8,
    parameter BufferLog2 = 4
) (
    input  wire                    clk_i,
    input  wire                    rst_ni,
    input  wire [1:0]              clear_i,
    output wire [1:0]              idle_o,
    input  wire [1:0]              cmd_valid_i,
    output wire [1:0]              cmd_ready_o,
    input  wire [31:0]             cmd_addr0_i,
    input  wire [31:0]             cmd_bytes0_i,
    input  wire [31:0]             cmd_addr1_i,
    input  wire [31:0]             cmd_bytes1_i,
    output wire                    arvalid,
    input  wire                    arready,
    output wire                    arid,
    output wire [31:0]             araddr,
    output wire [7:0]              arlen,
    input  wire                    rvalid,
    input  wire                    rid,
    input  wire [BusWidth-1:0]     rdata,
    input  wire [1:0]              rresp,
    input  wire                    rlast,
    output wire [1:0]              word_valid_o,
    input  wire [1:0]              word_ready_i,
    output wire [WordBytes0*8-1:0] word0_o,
    output wire [WordBytes1*8-1:0] word1_o
);
  wire [1:0]  ar_valid, ar_ready, r_valid, unused_idle, unused_rest, unused_slave, unused_decode, unused_last;
  wire [63:0] ar_addr, unused_addr;
  wire [15:0] ar_len;

  lac_axi_share share (
      .clk_i       (clk_i),
      .rst_ni      (rst_ni),
      .ar_valid_i  (ar_valid),
      .ar_ready_o  (ar_ready),
      .ar_addr_i   (ar_addr),
      .ar_len_i    (ar_len),
      .r_valid_o   (r_valid),
      .m_ar_valid_o(arvalid),
      .m_ar_ready_i(arready),
      .m_ar_id_o   (arid),
      .m_ar_addr_o (araddr),
      .m_ar_len_o  (arlen),
      .m_r_valid_i (rvalid),
      .m_r_id_i    (rid)
  );

  lac_read_channel #(
      .BusWidth  (BusWidth),
      .WordBytes (WordBytes0),
      .MaxBurst  (MaxBurst),
      .BufferLog2(BufferLog2)
  ) channel0 (
      .clk_i         (clk_i),
      .rst_ni        (rst_ni),
      .clear_i       (clear_i[0]),
      .reads_idle_o  (idle_o[0]),
      .idle_o        (unused_idle[0]),
      .rest_o        (unused_rest[0]),
      .cmd_valid_i   (cmd_valid_i[0]),
      .cmd_ready_o   (cmd_ready_o[0]),
      .cmd_addr_i    (cmd_addr0_i),
      .cmd_bytes_i   (cmd_bytes0_i),
      .ar_valid_o    (ar_valid[0]),
      .ar_ready_i    (ar_ready[0]),
      .ar_addr_o     (ar_addr[31:0]),
      .ar_len_o      (ar_len[7:0]),
      .r_valid_i     (r_valid[0]),
      .r_data_i      (rdata),
      .r_resp_i      (rresp),
      .r_last_i      (rlast),
      .word_valid_o  (word_valid_o[0]),
      .word_ready_i  (word_ready_i[0]),
      .word_data_o   (word0_o),
      .slave_error_o (unused_slave[0]),
      .decode_error_o(unused_decode[0]),
      .last_error_o  (unused_last[0]),
      .error_addr_o  (unused_addr[31:0])
  );

  lac_read_channel #(
      .BusWidth  (BusWidth),
      .WordBytes (WordBytes1),
      .MaxBurst  (MaxBurst),
      .BufferLog2(BufferLog2)
  ) channel1 (
      .clk_i         (clk_i),
      .rst_ni        (rst_ni),
      .clear_i       (clear_i[1]),
      .reads_idle_o  (idle_o[1]),
      .idle_o        (unused_idle[1]),
      .rest_o        (unused_rest[1]),
      .cmd_valid_i   (cmd_valid_i[1]),
      .cmd_ready_o   (cmd_ready_o[1]),
      .cmd_addr_i    (cmd_addr1_i),
      .cmd_bytes_i   (cmd_bytes1_i),
      .ar_valid_o    (ar_valid[1]),
      .ar_ready_i    (ar_ready[1]),
      .ar_addr_o     (ar_addr[63:32]),
      .ar_len_o      (ar_len[15:8]),
      .r_valid_i     (r_valid[1]),
      .r_data_i      (rdata),
      .r_resp_i      (rresp),
      .r_last_i      (rlast),
      .word_valid_o  (word_valid_o[1]),
      .word_ready_i  (word_ready_i[1]),
      .word_data_o   (word1_o),
      .slave_error_o (unused_slave[1]),
      .decode_error_o(unused_decode[1]),
      .last_error_o  (unused_last[1]),
      .error_addr_o  (unused_addr[63:32])
  );
endmodule

`default_nettype wire
