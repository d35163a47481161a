// SPDX-License-Identifier: Apache-2.0
// The fully-connected engine in the shell: what the words of configuration and the records of a load mean to it (docs/shell.md).
`default_nettype none

module lac_shell_fc #(
    parameter Outputs     = 512,   // physical outputs, a multiple of Groups and of OutLanes
    parameter Groups      = 512,   // that share a mask each
    parameter InLanes     = 16,    // activations a beat of x, a power of two
    parameter OutLanes    = 16,    // outputs a beat of y
    parameter IndexWidth  = 10,    // 2^IndexWidth inputs at most
    parameter Depth       = 1024,  // words of a group's weight memory
    parameter WeightBits  = 8,     // bits of a weight, which name its format (lac_multiply)
    parameter AccWidth    = 24,    // bits of a sum
    parameter Masked      = 1,     // 0: all connections exist
    parameter LfsrBits    = 10,    // of each register
    parameter AllStates   = 1,     // 1: the register has its zero state too
    parameter Skip        = 0,     // 1: missing connections take no cycle
    parameter Ahead       = 16,    // inputs looked at in a cycle (Skip = 1)
    parameter FifoLog2    = 2,     // 2^FifoLog2 chunks of connections wait (Skip = 1)
    parameter BusWidth    = 256,   // bits of a beat of memory: 32, 64, 128, 256, 512 or 1024
    parameter StreamWidth = 64,    // bits of a beat of both streams, a multiple of 8
    parameter MaxBurst    = 16,    // beats of a burst at most
    parameter BufferLog2  = 6,     // 2^BufferLog2 beats of memory are buffered for each ID
    // Derived; not to be set.
    parameter Neurons     = Outputs / Groups,
    parameter GroupWidth  = (Groups > 1) ? $clog2(Groups) : 1,
    parameter AddrWidth   = (Depth > 1) ? $clog2(Depth) : 1,
    parameter OutBeats    = Outputs / OutLanes,
    parameter BeatWidth   = (OutBeats > 1) ? $clog2(OutBeats) : 1
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
  localparam WordBits    = Neurons * WeightBits;
  localparam ParamBits   = OutLanes * 48;
  localparam DataBits    = (WordBits > ParamBits) ? WordBits : ParamBits;  // the widest of a record, seeds being narrow
  localparam RecordBytes = 4 + 4 * ((DataBits + 31) / 32);
  localparam XBits       = InLanes * 8;
  localparam YBits       = OutLanes * 16;

  generate
    if (Groups > 4096 || AddrWidth > 16) begin : g_records
      lac_shell_fc_groups_or_depth_do_not_fit_a_record fault ();
    end
  endgenerate

  wire                     rst_n, record_valid;
  wire [4*32-1:0]          cfg;
  wire [RecordBytes*8-1:0] record;
  wire                     x_valid, x_ready, y_valid, y_ready, y_last;
  wire [XBits-1:0]         x;
  wire [YBits-1:0]         y;
  wire [1:0]               cycle_class;
  wire [3:0]               target = record[31:28];
  wire [31:0]              unused_weight_base, unused_count;
  wire                     unused_cmd_ready, unused_word_valid;
  wire [31:0]              unused_word;
  wire                     unused = ^record;

  // ---- configuration
  wire [31:0] last_input = cfg[31:0];
  wire [31:0] last_beat  = cfg[63:32];
  wire [31:0] threshold  = cfg[95:64];
  wire [31:0] format     = cfg[127:96];
  wire        config_bad = last_input >= (32'd1 << IndexWidth) || last_beat >= OutBeats || threshold >= (32'd1 << LfsrBits) || format >= 32'd512 || format[7:5] != 3'd0;

  // ---- records: seeds, words of weights, constants of a beat of outputs
  wire [31:0] group      = {20'd0, record[27:16]};
  wire [31:0] index      = {16'd0, record[15:0]};
  wire        seeds      = target == 4'd0 && group < Groups && index == 32'd0;
  wire        weights    = target == 4'd1 && group < Groups && index < Depth;
  wire        params     = target == 4'd2 && group == 32'd0 && index < OutBeats;

  // ---- the beat of its image that x is at
  reg  [IndexWidth-1:0] x_beat_q;
  wire [IndexWidth-1:0] last_x_beat = last_input[IndexWidth-1:0] >> $clog2(InLanes);
  always @(posedge aclk) begin
    if (!rst_n) x_beat_q <= {IndexWidth{1'b0}};
    else if (x_valid && x_ready) x_beat_q <= (x_beat_q == last_x_beat) ? {IndexWidth{1'b0}} : x_beat_q + 1'b1;
  end

  lac_lfsr_layer #(
      .Outputs   (Outputs),
      .Groups    (Groups),
      .InLanes   (InLanes),
      .OutLanes  (OutLanes),
      .IndexWidth(IndexWidth),
      .Depth     (Depth),
      .WeightBits(WeightBits),
      .AccWidth  (AccWidth),
      .Masked    (Masked),
      .LfsrBits  (LfsrBits),
      .AllStates (AllStates),
      .Skip      (Skip),
      .Ahead     (Ahead),
      .FifoLog2  (FifoLog2)
  ) engine (
      .clk_i           (aclk),
      .rst_ni          (rst_n),
      .run_i           (rst_n),
      .cfg_last_input_i(last_input[IndexWidth-1:0]),
      .cfg_last_beat_i (last_beat[BeatWidth-1:0]),
      .cfg_threshold_i (threshold[LfsrBits-1:0]),
      .cfg_shift_i     (format[4:0]),
      .cfg_relu_i      (format[8]),
      .seed_we_i       (record_valid && seeds),
      .weight_we_i     (record_valid && weights),
      .group_i         (record[16 +: GroupWidth]),
      .seed_i          (record[32 +: LfsrBits]),
      .weight_addr_i   (record[AddrWidth-1:0]),
      .weight_data_i   (record[32 +: WordBits]),
      .param_we_i      (record_valid && params),
      .param_beat_i    (record[BeatWidth-1:0]),
      .param_data_i    (record[32 +: ParamBits]),
      .x_valid_i       (x_valid),
      .x_ready_o       (x_ready),
      .x_data_i        (x),
      .y_valid_o       (y_valid),
      .y_ready_i       (y_ready),
      .y_data_o        (y),
      .y_last_o        (y_last),
      .cycle_class_o   (cycle_class)
  );

  lac_shell #(
      .Kind       (2),
      .Classes    (3),
      .ConfigWords(4),
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
      .record_bad_i   (!seeds && !weights && !params),
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
      .x_last_i       (x_beat_q == last_x_beat),
      .y_valid_i      (y_valid),
      .y_ready_o      (y_ready),
      .y_data_i       (y),
      .y_last_i       (y_last),
      .cycle_class_i  ({1'b0, cycle_class})
  );
endmodule

`default_nettype wire
