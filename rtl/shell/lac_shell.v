// SPDX-License-Identifier: Apache-2.0
// The shell around any engine: registers, read master, streams, counters and errors (docs/shell.md).
//
// An engine sees plain ports: its configuration, records that fill its memories, words of weights for commands, x and y. It is in reset
// but in a run, so that no run sees what another one left, and its memories keep what they hold.
`default_nettype none

module lac_shell #(
    parameter Kind        = 1,    // of the engine: 1 lstm, 2 fc, 3 sc
    parameter Classes     = 5,    // of its cycles
    parameter ConfigWords = 24,   // words of configuration
    parameter RecordBytes = 28,   // of a record of a load, a multiple of 4
    parameter HasWeights  = 1,    // 0: the engine has no weight port
    parameter WordBytes   = 24,   // of a word of weights
    parameter XBits       = 76,   // of a beat of x
    parameter YBits       = 61,   // of a beat of y
    parameter BusWidth    = 256,  // bits of a beat of memory: 32 to 1024
    parameter StreamWidth = 64,   // bits of a beat of both streams, a multiple of 8
    parameter MaxBurst    = 16,   // beats of a burst at most
    parameter BufferLog2  = 6     // 2^BufferLog2 beats of memory are buffered for each ID
) (
    input  wire                   clk_i,
    input  wire                   rst_ni,
    // AXI4-Lite: registers
    input  wire [11:0]            s_axi_ctrl_awaddr,
    input  wire [2:0]             s_axi_ctrl_awprot,
    input  wire                   s_axi_ctrl_awvalid,
    output wire                   s_axi_ctrl_awready,
    input  wire [31:0]            s_axi_ctrl_wdata,
    input  wire [3:0]             s_axi_ctrl_wstrb,
    input  wire                   s_axi_ctrl_wvalid,
    output wire                   s_axi_ctrl_wready,
    output wire [1:0]             s_axi_ctrl_bresp,
    output wire                   s_axi_ctrl_bvalid,
    input  wire                   s_axi_ctrl_bready,
    input  wire [11:0]            s_axi_ctrl_araddr,
    input  wire [2:0]             s_axi_ctrl_arprot,
    input  wire                   s_axi_ctrl_arvalid,
    output wire                   s_axi_ctrl_arready,
    output wire [31:0]            s_axi_ctrl_rdata,
    output wire [1:0]             s_axi_ctrl_rresp,
    output wire                   s_axi_ctrl_rvalid,
    input  wire                   s_axi_ctrl_rready,
    // AXI4: reads from memory
    output wire                   m_axi_mem_arid,
    output wire [31:0]            m_axi_mem_araddr,
    output wire [7:0]             m_axi_mem_arlen,
    output wire [2:0]             m_axi_mem_arsize,
    output wire [1:0]             m_axi_mem_arburst,
    output wire                   m_axi_mem_arlock,
    output wire [3:0]             m_axi_mem_arcache,
    output wire [2:0]             m_axi_mem_arprot,
    output wire                   m_axi_mem_arvalid,
    input  wire                   m_axi_mem_arready,
    input  wire                   m_axi_mem_rid,
    input  wire [BusWidth-1:0]    m_axi_mem_rdata,
    input  wire [1:0]             m_axi_mem_rresp,
    input  wire                   m_axi_mem_rlast,
    input  wire                   m_axi_mem_rvalid,
    output wire                   m_axi_mem_rready,
    // AXI4-Stream: x in, y out
    input  wire [StreamWidth-1:0] s_axis_tdata,
    input  wire                   s_axis_tlast,
    input  wire                   s_axis_tvalid,
    output wire                   s_axis_tready,
    output wire [StreamWidth-1:0] m_axis_tdata,
    output wire                   m_axis_tlast,
    output wire                   m_axis_tvalid,
    input  wire                   m_axis_tready,
    output wire                   irq_o,
    // the engine
    output wire                      engine_rst_no,   // low but in a run
    output wire [ConfigWords*32-1:0] config_o,
    output wire [31:0]               weight_base_o,
    output wire [31:0]               count_o,
    input  wire                      config_bad_i,    // the configuration does not fit
    output wire                      record_valid_o,  // taken always
    output wire [RecordBytes*8-1:0]  record_data_o,
    input  wire                      record_bad_i,    // there is no such memory
    input  wire                      cmd_valid_i,
    output wire                      cmd_ready_o,
    input  wire [31:0]               cmd_addr_i,
    input  wire [7:0]                cmd_words_i,
    output wire                      word_valid_o,
    input  wire                      word_ready_i,
    output wire [WordBytes*8-1:0]    word_data_o,
    output wire                      x_valid_o,
    input  wire                      x_ready_i,
    output wire [XBits-1:0]          x_data_o,
    input  wire                      x_last_i,        // of a step or an image: the beat on x
    input  wire                      y_valid_i,
    output wire                      y_ready_o,
    input  wire [YBits-1:0]          y_data_i,
    input  wire                      y_last_i,        // the same of y
    input  wire [2:0]                cycle_class_i
);
  localparam BeatBytes   = BusWidth / 8;
  localparam StreamBytes = StreamWidth / 8;

  // ---- registers
  wire        start, load, clear;
  wire        idle, run, begins, loading, fault, clearing, dropping, error;
  wire        done, loaded, config_error, load_error, command_error, packet_error;
  wire        slave_error, decode_error, last_error;
  wire [6:0]  errors;
  wire [2:0]  enabled, raised;
  wire [31:0] load_address, load_bytes;
  wire [31:0] error_address;
  wire        stopped   = fault || clearing;  // what comes back now belongs to what was given up
  wire        bus_error = slave_error || decode_error || last_error;
  wire        any_error = bus_error || config_error || load_error || command_error || packet_error;
  wire [12*32-1:0] cycles;
  wire [31:0] engine_config_words = ConfigWords, engine_classes = Classes, engine_kind = Kind;
  wire [31:0] bus_bytes = BeatBytes, stream_bytes = StreamBytes, record_bytes = RecordBytes;
  wire        unused_sizes = ^{engine_config_words, engine_classes, engine_kind, bus_bytes, stream_bytes, record_bytes};

  lac_shell_registers #(
      .ConfigWords(ConfigWords)
  ) registers (
      .clk_i                        (clk_i),
      .rst_ni                       (rst_ni),
      .s_axi_ctrl_awaddr            (s_axi_ctrl_awaddr),
      .s_axi_ctrl_awprot            (s_axi_ctrl_awprot),
      .s_axi_ctrl_awvalid           (s_axi_ctrl_awvalid),
      .s_axi_ctrl_awready           (s_axi_ctrl_awready),
      .s_axi_ctrl_wdata             (s_axi_ctrl_wdata),
      .s_axi_ctrl_wstrb             (s_axi_ctrl_wstrb),
      .s_axi_ctrl_wvalid            (s_axi_ctrl_wvalid),
      .s_axi_ctrl_wready            (s_axi_ctrl_wready),
      .s_axi_ctrl_bresp             (s_axi_ctrl_bresp),
      .s_axi_ctrl_bvalid            (s_axi_ctrl_bvalid),
      .s_axi_ctrl_bready            (s_axi_ctrl_bready),
      .s_axi_ctrl_araddr            (s_axi_ctrl_araddr),
      .s_axi_ctrl_arprot            (s_axi_ctrl_arprot),
      .s_axi_ctrl_arvalid           (s_axi_ctrl_arvalid),
      .s_axi_ctrl_arready           (s_axi_ctrl_arready),
      .s_axi_ctrl_rdata             (s_axi_ctrl_rdata),
      .s_axi_ctrl_rresp             (s_axi_ctrl_rresp),
      .s_axi_ctrl_rvalid            (s_axi_ctrl_rvalid),
      .s_axi_ctrl_rready            (s_axi_ctrl_rready),
      .engine_kind_i                (engine_kind[3:0]),
      .engine_class_count_i         (engine_classes[3:0]),
      .engine_config_words_i        (engine_config_words[7:0]),
      .geometry_bus_i               (bus_bytes[7:0]),
      .geometry_stream_i            (stream_bytes[7:0]),
      .geometry_record_i            (record_bytes[15:0]),
      .control_start_o              (start),
      .control_load_o               (load),
      .control_clear_o              (clear),
      .status_idle_i                (idle),
      .status_running_i             (!idle && !loading && !stopped),
      .status_loading_i             (loading),
      .status_clearing_i            (clearing),
      .status_fault_i               (fault),
      .status_dropping_i            (dropping),
      .status_error_i               (error),
      .interrupt_enable_done_o      (enabled[0]),
      .interrupt_enable_loaded_o    (enabled[1]),
      .interrupt_enable_error_o     (enabled[2]),
      .interrupt_status_done_set_i  (done),
      .interrupt_status_done_o      (raised[0]),
      .interrupt_status_loaded_set_i(loaded),
      .interrupt_status_loaded_o    (raised[1]),
      .interrupt_status_error_set_i (any_error),
      .interrupt_status_error_o     (raised[2]),
      .error_status_config_set_i    (config_error),
      .error_status_config_o        (errors[0]),
      .error_status_load_set_i      (load_error),
      .error_status_load_o          (errors[1]),
      .error_status_command_set_i   (command_error),
      .error_status_command_o       (errors[2]),
      .error_status_packet_set_i    (packet_error),
      .error_status_packet_o        (errors[3]),
      .error_status_slave_set_i     (slave_error),
      .error_status_slave_o         (errors[4]),
      .error_status_decode_set_i    (decode_error),
      .error_status_decode_o        (errors[5]),
      .error_status_last_set_i      (last_error),
      .error_status_last_o          (errors[6]),
      .error_address_i              (error_address),
      .load_address_o               (load_address),
      .load_bytes_o                 (load_bytes),
      .weight_base_o                (weight_base_o),
      .count_o                      (count_o),
      .cycles_i                     (cycles),
      .config_o                     (config_o)
  );
  assign error = |errors;
  assign irq_o = |(enabled & raised);

  // ---- states
  wire load_valid, load_ready, load_bad, load_idle, load_rest, record_there, reads_idle;
  wire x_open, x_cut, x_all, y_idle, y_final;
  wire x_last = x_valid_o && x_ready_i && x_last_i;
  wire y_last = run && y_valid_i && y_ready_o && y_last_i;

  lac_shell_control control (
      .clk_i          (clk_i),
      .rst_ni         (rst_ni),
      .start_i        (start),
      .load_i         (load),
      .clear_i        (clear),
      .config_bad_i   (config_bad_i || count_o == 32'd0),
      .load_bad_i     (load_bad),
      .error_i        (error),
      .bus_error_i    (bus_error),
      .count_i        (count_o),
      .y_last_i       (y_last),
      .y_final_o      (y_final),
      .y_idle_i       (y_idle),
      .x_last_i       (x_last),
      .x_open_i       (x_open),
      .x_cut_i        (x_cut),
      .x_all_i        (x_all),
      .load_valid_o   (load_valid),
      .load_ready_i   (load_ready),
      .load_idle_i    (load_idle),
      .load_rest_i    (load_rest),
      .record_bad_i   (record_valid_o && record_bad_i),
      .reads_idle_i   (reads_idle),
      .idle_o         (idle),
      .run_o          (run),
      .begin_o        (begins),
      .load_o         (loading),
      .fault_o        (fault),
      .clearing_o     (clearing),
      .done_o         (done),
      .loaded_o       (loaded),
      .config_error_o (config_error),
      .load_error_o   (load_error),
      .command_error_o(command_error),
      .packet_error_o (packet_error)
  );
  assign engine_rst_no = rst_ni && run;

  lac_shell_counters #(
      .Classes(Classes)
  ) counters (
      .clk_i   (clk_i),
      .rst_ni  (rst_ni),
      .begin_i (begins),
      .run_i   (run),
      .class_i (cycle_class_i),
      .cycles_o(cycles)
  );

  lac_shell_memory #(
      .HasWeights (HasWeights),
      .WordBytes  (WordBytes),
      .RecordBytes(RecordBytes),
      .BusWidth   (BusWidth),
      .MaxBurst   (MaxBurst),
      .BufferLog2 (BufferLog2)
  ) memory (
      .clk_i            (clk_i),
      .rst_ni           (rst_ni),
      .stopped_i        (stopped),
      .clear_i          (clearing || idle),
      .reads_idle_o     (reads_idle),
      .load_valid_i     (load_valid),
      .load_ready_o     (load_ready),
      .load_address_i   (load_address),
      .load_bytes_i     (load_bytes),
      .load_bad_o       (load_bad),
      .load_idle_o      (load_idle),
      .load_rest_o      (load_rest),
      .record_valid_o   (record_there),
      .record_ready_i   (loading),
      .record_data_o    (record_data_o),
      .cmd_valid_i      (cmd_valid_i),
      .cmd_ready_o      (cmd_ready_o),
      .cmd_addr_i       (cmd_addr_i),
      .cmd_words_i      (cmd_words_i),
      .word_valid_o     (word_valid_o),
      .word_ready_i     (word_ready_i),
      .word_data_o      (word_data_o),
      .slave_error_o    (slave_error),
      .decode_error_o   (decode_error),
      .last_error_o     (last_error),
      .error_known_i    (errors[6:4] != 3'd0),
      .error_address_o  (error_address),
      .m_axi_mem_arid   (m_axi_mem_arid),
      .m_axi_mem_araddr (m_axi_mem_araddr),
      .m_axi_mem_arlen  (m_axi_mem_arlen),
      .m_axi_mem_arsize (m_axi_mem_arsize),
      .m_axi_mem_arburst(m_axi_mem_arburst),
      .m_axi_mem_arlock (m_axi_mem_arlock),
      .m_axi_mem_arcache(m_axi_mem_arcache),
      .m_axi_mem_arprot (m_axi_mem_arprot),
      .m_axi_mem_arvalid(m_axi_mem_arvalid),
      .m_axi_mem_arready(m_axi_mem_arready),
      .m_axi_mem_rid    (m_axi_mem_rid),
      .m_axi_mem_rdata  (m_axi_mem_rdata),
      .m_axi_mem_rresp  (m_axi_mem_rresp),
      .m_axi_mem_rlast  (m_axi_mem_rlast),
      .m_axi_mem_rvalid (m_axi_mem_rvalid),
      .m_axi_mem_rready (m_axi_mem_rready)
  );
  assign record_valid_o = record_there && loading;

  // ---- streams
  lac_axis_in #(
      .StreamWidth(StreamWidth),
      .BeatWidth  (XBits)
  ) x (
      .clk_i        (clk_i),
      .rst_ni       (rst_ni),
      .run_i        (run),
      .clear_i      (clear && idle),
      .s_axis_tdata (s_axis_tdata),
      .s_axis_tlast (s_axis_tlast),
      .s_axis_tvalid(s_axis_tvalid),
      .s_axis_tready(s_axis_tready),
      .beat_valid_o (x_valid_o),
      .beat_ready_i (x_ready_i),
      .beat_data_o  (x_data_o),
      .open_o       (x_open),
      .cut_o        (x_cut),
      .all_o        (x_all),
      .dropping_o   (dropping)
  );

  wire out_ready;
  assign y_ready_o = out_ready && run;
  lac_axis_out #(
      .StreamWidth(StreamWidth),
      .BeatWidth  (YBits)
  ) y (
      .clk_i        (clk_i),
      .rst_ni       (rst_ni),
      .clear_i      (clearing),
      .idle_o       (y_idle),
      .beat_valid_i (y_valid_i && run),
      .beat_ready_o (out_ready),
      .beat_data_i  (y_data_i),
      .beat_last_i  (y_last_i && y_final),
      .m_axis_tdata (m_axis_tdata),
      .m_axis_tlast (m_axis_tlast),
      .m_axis_tvalid(m_axis_tvalid),
      .m_axis_tready(m_axis_tready)
  );
endmodule

`default_nettype wire
