// SPDX-License-Identifier: Apache-2.0
// The recurrent engine in the shell: what the words of configuration and the records of a load mean to it (docs/shell.md).
`default_nettype none

module lac_shell_lstm #(
    parameter Lanes       = 24,    // weights a cycle, a multiple of 4
    parameter Batch       = 8,     // streams that share a weight, 32 at most
    parameter Depth       = 16,    // words of a block at most
    parameter EwWidth     = 2,     // streams the element-wise unit takes a cycle; divides Batch
    parameter MaxUnits    = 1024,  // units of a layer at most
    parameter MaxInputs   = 1024,  // inputs of a layer at most
    parameter WeightBits  = 8,     // bits of a weight, which name its format (lac_multiply)
    parameter AccWidth    = 24,    // bits of a sum
    parameter FifoDepth   = 16,    // columns fetched ahead, a power of two
    parameter SkipZeros   = 1,     // 0: no state is skipped
    parameter CellNorm    = 0,     // 1: cells are scaled and shifted before their tanh
    parameter BusWidth    = 256,   // bits of a beat of memory: 32, 64, 128, 256, 512 or 1024
    parameter StreamWidth = 64,    // bits of a beat of both streams, a multiple of 8
    parameter MaxBurst    = 16,    // beats of a burst at most
    parameter BufferLog2  = 6,     // 2^BufferLog2 beats of memory are buffered for each ID
    // Derived; not to be set.
    parameter MaxIndex    = (MaxUnits > MaxInputs) ? MaxUnits : MaxInputs,
    parameter IndexWidth  = (MaxIndex > 1) ? $clog2(MaxIndex) : 1,
    parameter Groups      = Batch / EwWidth,
    parameter GroupWidth  = (Groups > 1) ? $clog2(Groups) : 1,
    parameter ParamWidth  = 16 * (4 * 3 + ((CellNorm != 0) ? 2 : 0))
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
  localparam Lengths     = (Batch + 1) / 2;  // words with two lengths each
  localparam ConfigWords = 5 + Lengths;
  localparam RecordBytes = (32 + ParamWidth) / 8;
  localparam WordBits    = Lanes * WeightBits;
  localparam WordBytes   = (WordBits + 7) / 8;
  localparam InitBits    = EwWidth * 24;
  localparam ListBits    = IndexWidth + Batch * 8 + 2;
  localparam XBits       = (ListBits > InitBits) ? ListBits : InitBits;
  localparam YBits       = IndexWidth + GroupWidth + EwWidth * 24 + 1;
  localparam Slots       = Lanes / 4;
  localparam BeatBytes   = BusWidth / 8;

  generate
    if (Batch > 32) begin : g_batch
      lac_shell_lstm_batch_must_be_at_most_32 fault ();
    end
  endgenerate

  wire                      rst_n, record_valid;
  wire [ConfigWords*32-1:0] cfg;
  wire [31:0]               weight_base, count;
  wire [RecordBytes*8-1:0]  record;
  wire                      cmd_valid, cmd_ready, word_valid, word_ready, x_valid, x_ready, y_valid, y_ready;
  wire [31:0]               cmd_addr;
  wire [7:0]                cmd_words;
  wire [WordBytes*8-1:0]    word;
  wire [XBits-1:0]          x;
  wire [YBits-1:0]          y;
  wire [2:0]                cycle_class;

  // ---- configuration
  wire [15:0]      units       = cfg[15:0];
  wire [15:0]      inputs      = cfg[31:16];
  wire [15:0]      words       = cfg[47:32];
  wire [7:0]       block_words = cfg[55:48];
  wire [15:0]      stride      = cfg[79:64];
  wire [15:0]      last_stride = cfg[95:80];
  wire [31:0]      span        = cfg[127:96];
  wire [4:0]       pre_shift   = cfg[132:128];
  wire [3:0]       cell_frac   = cfg[139:136];
  wire [6:0]       threshold   = cfg[150:144];
  wire [4:0]       norm_shift  = cfg[156:152];
  wire             use_init    = cfg[159];
  reg  [Batch-1:0] over, full;  // a length is more than count, is count
  integer          b;
  always @(*) begin
    for (b = 0; b < Batch; b = b + 1) begin
      over[b] = {16'd0, cfg[160+b*16 +: 16]} > count;
      full[b] = {16'd0, cfg[160+b*16 +: 16]} == count;
    end
  end
  wire [31:0] room = {16'd0, words} * Slots;  // units that the words have room for
  wire sizes_bad   = units == 16'd0 || {16'd0, units} > MaxUnits || inputs == 16'd0 || {16'd0, inputs} > MaxInputs;
  wire words_bad   = room < {16'd0, units} || room >= {16'd0, units} + Slots;
  wire block_bad   = block_words == 8'd0 || {24'd0, block_words} > Depth;
  wire address_bad = |((weight_base | span | {16'd0, stride} | {16'd0, last_stride}) & (BeatBytes - 1));
  wire lengths_bad = over != {Batch{1'b0}} || full == {Batch{1'b0}};

  // ---- records: the constants of a unit
  wire record_bad = record[31:16] != 16'd0 || {16'd0, record[15:0]} >= MaxUnits;

  // ---- a run begins; with initial states the first beats of the packet are those
  reg                   started_q;
  reg  [15:0]           init_unit_q;  // whose initial state comes next
  reg  [GroupWidth-1:0] init_group_q;
  wire                  start_valid = rst_n && !started_q;
  wire                  start_ready, init_ready, list_ready, busy;
  wire                  initial_x = use_init && init_unit_q != units;
  wire                  init_take = x_valid && initial_x && init_ready;
  wire                  last_group = {{(32-GroupWidth){1'b0}}, init_group_q} == Groups - 1;
  wire                  unused = ^{record, word, x, cfg, busy};

  assign x_ready = initial_x ? init_ready : list_ready;
  always @(posedge aclk) begin
    if (!rst_n) begin
      started_q    <= 1'b0;
      init_unit_q  <= 16'd0;
      init_group_q <= {GroupWidth{1'b0}};
    end else begin
      if (start_ready) started_q <= 1'b1;
      if (init_take) begin
        init_group_q <= last_group ? {GroupWidth{1'b0}} : init_group_q + 1'b1;
        if (last_group) init_unit_q <= init_unit_q + 16'd1;
      end
    end
  end

  lac_lstm #(
      .Lanes     (Lanes),
      .Batch     (Batch),
      .Depth     (Depth),
      .EwWidth   (EwWidth),
      .MaxUnits  (MaxUnits),
      .MaxInputs (MaxInputs),
      .WeightBits(WeightBits),
      .AccWidth  (AccWidth),
      .FifoDepth (FifoDepth),
      .SkipZeros (SkipZeros),
      .CellNorm  (CellNorm)
  ) engine (
      .clk_i            (aclk),
      .rst_ni           (rst_n),
      .cfg_units_i      (units),
      .cfg_inputs_i     (inputs),
      .cfg_words_i      (words),
      .cfg_block_words_i(block_words),
      .cfg_base_i       (weight_base),
      .cfg_stride_i     (stride),
      .cfg_last_stride_i(last_stride),
      .cfg_span_i       (span),
      .cfg_pre_shift_i  (pre_shift),
      .cfg_cell_frac_i  (cell_frac),
      .cfg_threshold_i  (threshold),
      .cfg_norm_shift_i (norm_shift),
      .param_we_i       (record_valid && !record_bad),
      .param_unit_i     (record[IndexWidth-1:0]),
      .param_data_i     (record[32 +: ParamWidth]),
      .start_valid_i    (start_valid),
      .start_ready_o    (start_ready),
      .start_data_i     ({use_init, cfg[160 +: Batch*16]}),
      .init_valid_i     (x_valid && initial_x),
      .init_ready_o     (init_ready),
      .init_data_i      (x[InitBits-1:0]),
      .x_valid_i        (x_valid && !initial_x),
      .x_ready_o        (list_ready),
      .x_data_i         (x[ListBits-1:0]),
      .cmd_valid_o      (cmd_valid),
      .cmd_ready_i      (cmd_ready),
      .cmd_addr_o       (cmd_addr),
      .cmd_words_o      (cmd_words),
      .weight_valid_i   (word_valid),
      .weight_ready_o   (word_ready),
      .weight_data_i    (word[WordBits-1:0]),
      .y_valid_o        (y_valid),
      .y_ready_i        (y_ready),
      .y_data_o         (y),
      .busy_o           (busy),
      .cycle_class_o    (cycle_class)
  );

  lac_shell #(
      .Kind       (1),
      .Classes    (5),
      .ConfigWords(ConfigWords),
      .RecordBytes(RecordBytes),
      .HasWeights (1),
      .WordBytes  (WordBytes),
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
      .weight_base_o  (weight_base),
      .count_o        (count),
      .config_bad_i   (sizes_bad || words_bad || block_bad || address_bad || lengths_bad),
      .record_valid_o (record_valid),
      .record_data_o  (record),
      .record_bad_i   (record_bad),
      .cmd_valid_i    (cmd_valid),
      .cmd_ready_o    (cmd_ready),
      .cmd_addr_i     (cmd_addr),
      .cmd_words_i    (cmd_words),
      .word_valid_o   (word_valid),
      .word_ready_i   (word_ready),
      .word_data_o    (word),
      .x_valid_o      (x_valid),
      .x_ready_i      (x_ready),
      .x_data_o       (x),
      .x_last_i       (!initial_x && x[ListBits-1]),
      .y_valid_i      (y_valid),
      .y_ready_o      (y_ready),
      .y_data_i       (y),
      .y_last_i       (y[YBits-1]),
      .cycle_class_i  (cycle_class)
  );
endmodule

`default_nettype wire
