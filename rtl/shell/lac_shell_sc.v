// SPDX-License-Identifier: Apache-2.0
// The stochastic engine, folded or fully parallel, in the shell: what the words of configuration and the records of a load mean to it
// (docs/shell.md).
`default_nettype none

module lac_shell_sc #(
    parameter Folded      = 1,    // 1: lac_folded_dnn; 0: lac_integral_dnn
    parameter Inputs      = 196,  // pixels of an image
    parameter Hidden1     = 40,   // neurons of the first layer
    parameter Hidden2     = 16,   // of the second
    parameter Outputs     = 10,   // of the last
    parameter Bipolar     = 0,    // 1: a bit 0 stands for -1 (Folded = 0)
    parameter Integral    = 2,    // P6's m: streams of a weight, 1 to 4
    parameter InLanes     = 1,    // pixels a beat of x
    parameter WriteLanes  = 40,   // codes a write
    parameter CodesFile   = "",   // first contents of the codes (Folded = 1)
    parameter BusWidth    = 256,  // bits of a beat of memory: 32, 64, 128, 256, 512 or 1024
    parameter StreamWidth = 64,   // bits of a beat of both streams, a multiple of 8
    parameter MaxBurst    = 16,   // beats of a burst at most
    parameter BufferLog2  = 6,    // 2^BufferLog2 beats of memory are buffered for each ID
    // Derived; not to be set.
    parameter Width       = 11,
    parameter CountWidth  = 12,
    parameter BankWidth   = 8,
    parameter Most        = (Inputs > Hidden1) ? ((Inputs > Hidden2) ? Inputs : Hidden2) : ((Hidden1 > Hidden2) ? Hidden1 : Hidden2),
    parameter IndexWidth  = $clog2(Most + 1)
) (
    input  wire                   aclk,
    input  wire                   aresetn,
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
    output wire                   irq_o
);
  localparam RecordBytes = 4 + 4 * ((WriteLanes * Width + 31) / 32);
  localparam XBits       = InLanes * 8;
  localparam YBits       = Outputs * 32;
  localparam Banks1      = (Hidden1 + WriteLanes - 1) / WriteLanes;
  localparam Banks2      = (Hidden2 + WriteLanes - 1) / WriteLanes;
  localparam Banks3      = (Outputs + WriteLanes - 1) / WriteLanes;
  localparam XBeats      = (Inputs + InLanes - 1) / InLanes;  // of an image
  localparam LastXBeat   = XBeats - 1;
  localparam XBeatWidth  = (XBeats > 1) ? $clog2(XBeats) : 1;

  generate
    if (IndexWidth > 16) begin : g_records
      lac_shell_sc_inputs_do_not_fit_a_record fault ();
    end
    if (Folded != 0 && Bipolar != 0) begin : g_bipolar
      lac_shell_sc_folded_engine_is_not_bipolar fault ();
    end
  endgenerate

  wire                     rst_n, record_valid;
  wire [3*32-1:0]          cfg;
  wire [RecordBytes*8-1:0] record;
  wire                     x_valid, x_ready, y_valid, y_ready;
  wire [XBits-1:0]         x;
  wire [YBits-1:0]         y;
  wire [1:0]               cycle_class, unused_valid;
  wire [Hidden1-1:0]       unused_stream1;
  wire [Hidden2-1:0]       unused_stream2;
  wire [3:0]               target = record[31:28];
  wire [31:0]              unused_weight_base, unused_count;
  wire                     unused_cmd_ready, unused_word_valid;
  wire [31:0]              unused_word;
  wire                     unused = ^record;

  // ---- configuration
  wire [31:0] last       = cfg[31:0];
  wire [31:0] states1    = cfg[63:32];
  wire [31:0] states2    = cfg[95:64];
  wire        config_bad = last >= 32'd4096 || states1[0] || states1 == 32'd0 || states1 > 32'd4096 || states2[0] || states2 == 32'd0 ||
                           states2 > 32'd4096;

  // ---- records: codes of layers 0 to 2; seeds of set 0 (inputs) and of sets 1 to Integral (weights), targets 8 and above
  wire [31:0]       group      = {20'd0, record[27:16]};
  wire [31:0]       index      = {16'd0, record[15:0]};
  wire [31:0]       set        = {29'd0, target[2:0]};
  wire [31:0]       registers  = (Folded != 0) ? 2 : (set == 32'd0) ? Inputs : Inputs + 1;
  wire              seeds      = target[3] && set <= Integral && group == 32'd0 && index < registers;
  wire              codes1     = target == 4'd0 && group < Banks1 && index <= Inputs;  // the last one is the bias
  wire              codes2     = target == 4'd1 && group < Banks2 && index <= Hidden1;
  wire              codes3     = target == 4'd2 && group < Banks3 && index <= Hidden2;
  wire [2:0]        code_we    = record_valid ? {codes3, codes2, codes1} : 3'b000;
  wire [Integral:0] seed_we    = (record_valid && seeds) ? {{Integral{1'b0}}, 1'b1} << target[2:0] : {(Integral+1){1'b0}};
  wire              record_bad = !seeds && !codes1 && !codes2 && !codes3;

  // ---- the beat of its image that x is at
  reg [XBeatWidth-1:0] x_beat_q;
  always @(posedge aclk) begin
    if (!rst_n) x_beat_q <= {XBeatWidth{1'b0}};
    else if (x_valid && x_ready) x_beat_q <= (x_beat_q == LastXBeat[XBeatWidth-1:0]) ? {XBeatWidth{1'b0}} : x_beat_q + 1'b1;
  end

  generate
    if (Folded != 0) begin : g_folded
      lac_folded_dnn #(
          .Inputs    (Inputs),
          .Hidden1   (Hidden1),
          .Hidden2   (Hidden2),
          .Outputs   (Outputs),
          .Integral  (Integral),
          .InLanes   (InLanes),
          .WriteLanes(WriteLanes),
          .CodesFile (CodesFile)
      ) engine (
          .clk_i          (aclk),
          .rst_ni         (rst_n),
          .cfg_last_i     (last[Width:0]),
          .cfg_states1_i  (states1[CountWidth:0]),
          .cfg_states2_i  (states2[CountWidth:0]),
          .code_we_i      (code_we),
          .code_bank_i    (record[16 +: BankWidth]),
          .code_input_i   (record[IndexWidth-1:0]),
          .code_data_i    (record[32 +: WriteLanes*Width]),
          .seed_we_i      (seed_we),
          .seed_index_i   (record[IndexWidth-1:0]),
          .seed_data_i    (record[32 +: Width]),
          .x_valid_i      (x_valid),
          .x_ready_o      (x_ready),
          .x_data_i       (x),
          .y_valid_o      (y_valid),
          .y_ready_i      (y_ready),
          .y_data_o       (y),
          .stream1_valid_o(unused_valid[0]),
          .stream1_o      (unused_stream1),
          .stream2_valid_o(unused_valid[1]),
          .stream2_o      (unused_stream2),
          .cycle_class_o  (cycle_class)
      );
    end else begin : g_parallel
      lac_integral_dnn #(
          .Inputs    (Inputs),
          .Hidden1   (Hidden1),
          .Hidden2   (Hidden2),
          .Outputs   (Outputs),
          .Integral  (Integral),
          .InLanes   (InLanes),
          .WriteLanes(WriteLanes),
          .Bipolar   (Bipolar)
      ) engine (
          .clk_i          (aclk),
          .rst_ni         (rst_n),
          .cfg_last_i     (last[Width:0]),
          .cfg_states1_i  (states1[CountWidth:0]),
          .cfg_states2_i  (states2[CountWidth:0]),
          .code_we_i      (code_we),
          .code_bank_i    (record[16 +: BankWidth]),
          .code_input_i   (record[IndexWidth-1:0]),
          .code_data_i    (record[32 +: WriteLanes*Width]),
          .seed_we_i      (seed_we),
          .seed_index_i   (record[IndexWidth-1:0]),
          .seed_data_i    (record[32 +: Width]),
          .x_valid_i      (x_valid),
          .x_ready_o      (x_ready),
          .x_data_i       (x),
          .y_valid_o      (y_valid),
          .y_ready_i      (y_ready),
          .y_data_o       (y),
          .stream1_valid_o(unused_valid[0]),
          .stream1_o      (unused_stream1),
          .stream2_valid_o(unused_valid[1]),
          .stream2_o      (unused_stream2),
          .cycle_class_o  (cycle_class)
      );
    end
  endgenerate

  lac_shell #(
      .Kind       (3),
      .Classes    (3),
      .ConfigWords(3),
      .RecordBytes(RecordBytes),
      .HasWeights (0),
      .WordBytes  (4),
      .XBits      (XBits),
      .YBits      (YBits),
      .BusWidth   (BusWidth),
      .StreamWidth(StreamWidth),
      .MaxBurst   (MaxBurst),
      .BufferLog2 (BufferLog2)
  ) shell (
      .clk_i          (aclk),
      .rst_ni         (aresetn),
      .s_axi_ctrl_awaddr (s_axi_ctrl_awaddr),
      .s_axi_ctrl_awprot (s_axi_ctrl_awprot),
      .s_axi_ctrl_awvalid(s_axi_ctrl_awvalid),
      .s_axi_ctrl_awready(s_axi_ctrl_awready),
      .s_axi_ctrl_wdata  (s_axi_ctrl_wdata),
      .s_axi_ctrl_wstrb  (s_axi_ctrl_wstrb),
      .s_axi_ctrl_wvalid (s_axi_ctrl_wvalid),
      .s_axi_ctrl_wready (s_axi_ctrl_wready),
      .s_axi_ctrl_bresp  (s_axi_ctrl_bresp),
      .s_axi_ctrl_bvalid (s_axi_ctrl_bvalid),
      .s_axi_ctrl_bready (s_axi_ctrl_bready),
      .s_axi_ctrl_araddr (s_axi_ctrl_araddr),
      .s_axi_ctrl_arprot (s_axi_ctrl_arprot),
      .s_axi_ctrl_arvalid(s_axi_ctrl_arvalid),
      .s_axi_ctrl_arready(s_axi_ctrl_arready),
      .s_axi_ctrl_rdata  (s_axi_ctrl_rdata),
      .s_axi_ctrl_rresp  (s_axi_ctrl_rresp),
      .s_axi_ctrl_rvalid (s_axi_ctrl_rvalid),
      .s_axi_ctrl_rready (s_axi_ctrl_rready),
      .m_axi_mem_arid    (m_axi_mem_arid),
      .m_axi_mem_araddr  (m_axi_mem_araddr),
      .m_axi_mem_arlen   (m_axi_mem_arlen),
      .m_axi_mem_arsize  (m_axi_mem_arsize),
      .m_axi_mem_arburst (m_axi_mem_arburst),
      .m_axi_mem_arlock  (m_axi_mem_arlock),
      .m_axi_mem_arcache (m_axi_mem_arcache),
      .m_axi_mem_arprot  (m_axi_mem_arprot),
      .m_axi_mem_arvalid (m_axi_mem_arvalid),
      .m_axi_mem_arready (m_axi_mem_arready),
      .m_axi_mem_rid     (m_axi_mem_rid),
      .m_axi_mem_rdata   (m_axi_mem_rdata),
      .m_axi_mem_rresp   (m_axi_mem_rresp),
      .m_axi_mem_rlast   (m_axi_mem_rlast),
      .m_axi_mem_rvalid  (m_axi_mem_rvalid),
      .m_axi_mem_rready  (m_axi_mem_rready),
      .s_axis_tdata      (s_axis_tdata),
      .s_axis_tlast      (s_axis_tlast),
      .s_axis_tvalid     (s_axis_tvalid),
      .s_axis_tready     (s_axis_tready),
      .m_axis_tdata      (m_axis_tdata),
      .m_axis_tlast      (m_axis_tlast),
      .m_axis_tvalid     (m_axis_tvalid),
      .m_axis_tready     (m_axis_tready),
      .irq_o          (irq_o),
      .engine_rst_no  (rst_n),
      .config_o       (cfg),
      .weight_base_o  (unused_weight_base),
      .count_o        (unused_count),
      .config_bad_i   (config_bad),
      .record_valid_o (record_valid),
      .record_data_o  (record),
      .record_bad_i   (record_bad),
      .cmd_valid_i    (1'b0),
      .cmd_ready_o    (unused_cmd_ready),
      .cmd_addr_i     (32'd0),
      .cmd_words_i    (8'd0),
      .word_valid_o   (unused_word_valid),
      .word_ready_i   (1'b0),
      .word_data_o    (unused_word),
      .x_valid_o      (x_valid),
      .x_ready_i      (x_ready),
      .x_data_o       (x),
      .x_last_i       (x_beat_q == LastXBeat[XBeatWidth-1:0]),
      .y_valid_i      (y_valid),
      .y_ready_o      (y_ready),
      .y_data_i       (y),
      .y_last_i       (1'b1),
      .cycle_class_i  ({1'b0, cycle_class})
  );
endmodule

`default_nettype wire
