// SPDX-License-Identifier: Apache-2.0
// All that a shell reads from memory, on one AXI4 port: words of weights for the engine's commands (ID 0), records of a load (ID 1).
//
// Both have a buffer of their own, in which there is room for all that was requested, so neither waits for the other and r_ready is
// always 1. Errors of what is dropped are not told.
`default_nettype none

module lac_shell_memory #(
    parameter HasWeights  = 1,    // 0: the engine has no weight port
    parameter WordBytes   = 24,   // of a word of weights
    parameter RecordBytes = 28,   // of a record of a load, a multiple of 4
    parameter BusWidth    = 256,  // bits of a beat: 32 to 1024
    parameter MaxBurst    = 16,   // beats of a burst at most
    parameter BufferLog2  = 6     // 2^BufferLog2 beats are buffered for each ID
) (
    input  wire                     clk_i,
    input  wire                     rst_ni,
    input  wire                     stopped_i,       // neither commands nor words pass
    input  wire                     clear_i,         // what is there or on its way is dropped; held until reads_idle_o
    output wire                     reads_idle_o,    // nothing is on its way
    // a load
    input  wire                     load_valid_i,
    output wire                     load_ready_o,
    input  wire [31:0]              load_address_i,
    input  wire [31:0]              load_bytes_i,
    output wire                     load_bad_o,      // address or bytes are none that can be loaded
    output wire                     load_idle_o,     // all records were given
    output wire                     load_rest_o,     // bytes are left that are no whole record
    output wire                     record_valid_o,
    input  wire                     record_ready_i,
    output wire [RecordBytes*8-1:0] record_data_o,
    // weights
    input  wire                     cmd_valid_i,
    output wire                     cmd_ready_o,
    input  wire [31:0]              cmd_addr_i,
    input  wire [7:0]               cmd_words_i,
    output wire                     word_valid_o,
    input  wire                     word_ready_i,
    output wire [WordBytes*8-1:0]   word_data_o,
    // for a cycle: what was wrong with a beat
    output wire                     slave_error_o,
    output wire                     decode_error_o,
    output wire                     last_error_o,
    input  wire                     error_known_i,   // an error before is not yet cleared: its address stays
    output wire [31:0]              error_address_o,
    // AXI4: reads
    output wire                     m_axi_mem_arid,
    output wire [31:0]              m_axi_mem_araddr,
    output wire [7:0]               m_axi_mem_arlen,
    output wire [2:0]               m_axi_mem_arsize,
    output wire [1:0]               m_axi_mem_arburst,
    output wire                     m_axi_mem_arlock,
    output wire [3:0]               m_axi_mem_arcache,
    output wire [2:0]               m_axi_mem_arprot,
    output wire                     m_axi_mem_arvalid,
    input  wire                     m_axi_mem_arready,
    input  wire                     m_axi_mem_rid,
    input  wire [BusWidth-1:0]      m_axi_mem_rdata,
    input  wire [1:0]               m_axi_mem_rresp,
    input  wire                     m_axi_mem_rlast,
    input  wire                     m_axi_mem_rvalid,
    output wire                     m_axi_mem_rready
);
  localparam BeatBytes = BusWidth / 8;
  localparam ByteLog2  = $clog2(BeatBytes);
  // A record's lowest bits that are 0 in its length are 0 in that of a load too.
  localparam [31:0] Ragged = (((RecordBytes ^ (RecordBytes - 1)) >> 1) & (BeatBytes - 1));

  generate
    if (RecordBytes % 4 != 0 || RecordBytes < 8 || RecordBytes > 65532) begin : g_record
      lac_shell_recordbytes_must_be_a_multiple_of_4 fault ();
    end
  endgenerate

  // ---- the port
  wire [1:0]  ar_valid, ar_ready, r_valid, slave_errors, decode_errors, last_errors;
  wire [63:0] ar_addr, error_addr;
  wire [15:0] ar_len;

  assign m_axi_mem_arsize  = ByteLog2[2:0];
  assign m_axi_mem_arburst = 2'b01;    // incrementing
  assign m_axi_mem_arlock  = 1'b0;
  assign m_axi_mem_arcache = 4'b0011;  // normal memory, bufferable
  assign m_axi_mem_arprot  = 3'b000;
  assign m_axi_mem_rready  = 1'b1;

  lac_axi_share share (
      .clk_i       (clk_i),
      .rst_ni      (rst_ni),
      .ar_valid_i  (ar_valid),
      .ar_ready_o  (ar_ready),
      .ar_addr_i   (ar_addr),
      .ar_len_i    (ar_len),
      .r_valid_o   (r_valid),
      .m_ar_valid_o(m_axi_mem_arvalid),
      .m_ar_ready_i(m_axi_mem_arready),
      .m_ar_id_o   (m_axi_mem_arid),
      .m_ar_addr_o (m_axi_mem_araddr),
      .m_ar_len_o  (m_axi_mem_arlen),
      .m_r_valid_i (m_axi_mem_rvalid),
      .m_r_id_i    (m_axi_mem_rid)
  );

  // ---- errors
  reg  [31:0] error_address_q;
  wire        any_error = slave_error_o || decode_error_o || last_error_o;
  assign slave_error_o   = !clear_i && |slave_errors;
  assign decode_error_o  = !clear_i && |decode_errors;
  assign last_error_o    = !clear_i && |last_errors;
  assign error_address_o = error_address_q;

  always @(posedge clk_i) begin
    if (!rst_ni) error_address_q <= 32'd0;
    else if (any_error && !error_known_i) error_address_q <= r_valid[1] ? error_addr[63:32] : error_addr[31:0];
  end

  // ---- weights
  wire weight_reads_idle, load_reads_idle;
  assign reads_idle_o = weight_reads_idle && load_reads_idle;
  generate
    if (HasWeights != 0) begin : g_weights
      wire        words_valid, cmd_ready, unused_idle, unused_rest;
      wire [31:0] bytes = {24'd0, cmd_words_i} * WordBytes;

      assign cmd_ready_o  = cmd_ready && !stopped_i;
      assign word_valid_o = words_valid && !stopped_i;

      lac_read_channel #(
          .BusWidth  (BusWidth),
          .WordBytes (WordBytes),
          .MaxBurst  (MaxBurst),
          .BufferLog2(BufferLog2)
      ) weights (
          .clk_i         (clk_i),
          .rst_ni        (rst_ni),
          .clear_i       (clear_i),
          .reads_idle_o  (weight_reads_idle),
          .idle_o        (unused_idle),
          .rest_o        (unused_rest),
          .cmd_valid_i   (cmd_valid_i && !stopped_i),
          .cmd_ready_o   (cmd_ready),
          .cmd_addr_i    (cmd_addr_i),
          .cmd_bytes_i   (bytes),
          .ar_valid_o    (ar_valid[0]),
          .ar_ready_i    (ar_ready[0]),
          .ar_addr_o     (ar_addr[31:0]),
          .ar_len_o      (ar_len[7:0]),
          .r_valid_i     (r_valid[0]),
          .r_data_i      (m_axi_mem_rdata),
          .r_resp_i      (m_axi_mem_rresp),
          .r_last_i      (m_axi_mem_rlast),
          .word_valid_o  (words_valid),
          .word_ready_i  (word_ready_i && !stopped_i),
          .word_data_o   (word_data_o),
          .slave_error_o (slave_errors[0]),
          .decode_error_o(decode_errors[0]),
          .last_error_o  (last_errors[0]),
          .error_addr_o  (error_addr[31:0])
      );
    end else begin : g_no_weights
      wire unused = ^{stopped_i, cmd_valid_i, cmd_addr_i, cmd_words_i, word_ready_i, ar_ready[0], r_valid[0]};
      assign weight_reads_idle                                           = 1'b1;
      assign cmd_ready_o                                                 = 1'b0;
      assign word_valid_o                                                = 1'b0;
      assign word_data_o                                                 = {(WordBytes*8){1'b0}};
      assign {ar_valid[0], ar_addr[31:0], ar_len[7:0], error_addr[31:0]} = 73'd0;
      assign {slave_errors[0], decode_errors[0], last_errors[0]}         = 3'd0;
    end
  endgenerate

  // ---- a load
  wire [32:0] load_end = {1'b0, load_address_i} + {1'b0, load_bytes_i};
  assign load_bad_o = |load_address_i[ByteLog2-1:0] || load_bytes_i == 32'd0 || |(load_bytes_i & Ragged) || load_end > {1'b1, 32'd0};

  lac_read_channel #(
      .BusWidth  (BusWidth),
      .WordBytes (RecordBytes),
      .MaxBurst  (MaxBurst),
      .BufferLog2(BufferLog2)
  ) loader (
      .clk_i         (clk_i),
      .rst_ni        (rst_ni),
      .clear_i       (clear_i),
      .reads_idle_o  (load_reads_idle),
      .idle_o        (load_idle_o),
      .rest_o        (load_rest_o),
      .cmd_valid_i   (load_valid_i),
      .cmd_ready_o   (load_ready_o),
      .cmd_addr_i    (load_address_i),
      .cmd_bytes_i   (load_bytes_i),
      .ar_valid_o    (ar_valid[1]),
      .ar_ready_i    (ar_ready[1]),
      .ar_addr_o     (ar_addr[63:32]),
      .ar_len_o      (ar_len[15:8]),
      .r_valid_i     (r_valid[1]),
      .r_data_i      (m_axi_mem_rdata),
      .r_resp_i      (m_axi_mem_rresp),
      .r_last_i      (m_axi_mem_rlast),
      .word_valid_o  (record_valid_o),
      .word_ready_i  (record_ready_i),
      .word_data_o   (record_data_o),
      .slave_error_o (slave_errors[1]),
      .decode_error_o(decode_errors[1]),
      .last_error_o  (last_errors[1]),
      .error_addr_o  (error_addr[63:32])
  );
endmodule

`default_nettype wire
