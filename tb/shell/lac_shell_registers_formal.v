// SPDX-License-Identifier: Apache-2.0
// What is proven of the shell's registers on AXI4-Lite: answers stay until they are taken, every write is answered once and takes effect
// whichever of address and data came first, offsets without a register answer SLVERR, what was written is what is read.
//
// inner_* are registers of the design, connected by the proof's script.
`default_nettype none

module lac_shell_registers_formal (
    input wire        clk_i,
    input wire        rst_ni,
    input wire [11:0] awaddr,
    input wire        awvalid,
    input wire [31:0] wdata,
    input wire [3:0]  wstrb,
    input wire        wvalid,
    input wire        bready,
    input wire [11:0] araddr,
    input wire        arvalid,
    input wire        rready,
    input wire [31:0] free
);
  wire        awready, wready, bvalid, arready, rvalid;
  wire [1:0]  bresp, rresp;
  wire [31:0] rdata, load_address;
  wire [63:0] config_words;
  wire        start, done;

  lac_shell_registers #(
      .ConfigWords(2)
  ) dut (
      .clk_i                        (clk_i),
      .rst_ni                       (rst_ni),
      .s_axi_ctrl_awaddr            (awaddr),
      .s_axi_ctrl_awprot            (3'd0),
      .s_axi_ctrl_awvalid           (awvalid),
      .s_axi_ctrl_awready           (awready),
      .s_axi_ctrl_wdata             (wdata),
      .s_axi_ctrl_wstrb             (wstrb),
      .s_axi_ctrl_wvalid            (wvalid),
      .s_axi_ctrl_wready            (wready),
      .s_axi_ctrl_bresp             (bresp),
      .s_axi_ctrl_bvalid            (bvalid),
      .s_axi_ctrl_bready            (bready),
      .s_axi_ctrl_araddr            (araddr),
      .s_axi_ctrl_arprot            (3'd0),
      .s_axi_ctrl_arvalid           (arvalid),
      .s_axi_ctrl_arready           (arready),
      .s_axi_ctrl_rdata             (rdata),
      .s_axi_ctrl_rresp             (rresp),
      .s_axi_ctrl_rvalid            (rvalid),
      .s_axi_ctrl_rready            (rready),
      .engine_kind_i                (free[3:0]),
      .engine_class_count_i         (free[3:0]),
      .engine_config_words_i        (free[7:0]),
      .geometry_bus_i               (free[7:0]),
      .geometry_stream_i            (free[7:0]),
      .geometry_record_i            (free[15:0]),
      .control_start_o              (start),
      .status_idle_i                (free[0]),
      .status_running_i             (free[1]),
      .status_loading_i             (free[2]),
      .status_clearing_i            (free[3]),
      .status_fault_i               (free[4]),
      .status_dropping_i            (free[5]),
      .status_error_i               (free[6]),
      .interrupt_status_done_set_i  (free[7]),
      .interrupt_status_done_o      (done),
      .interrupt_status_loaded_set_i(free[8]),
      .interrupt_status_error_set_i (free[9]),
      .error_status_config_set_i    (free[10]),
      .error_status_load_set_i      (free[11]),
      .error_status_command_set_i   (free[12]),
      .error_status_packet_set_i    (free[13]),
      .error_status_slave_set_i     (free[14]),
      .error_status_decode_set_i    (free[15]),
      .error_status_last_set_i      (free[16]),
      .error_address_i              (free),
      .load_address_o               (load_address),
      .cycles_i                     ({12{free}}),
      .config_o                     (config_words)
  );

  localparam [9:0] Control = 10'd4, InterruptStatus = 10'd7, LoadAddress = 10'd10, Count = 10'd13, Cycles = 10'd16, Config = 10'd32;

  wire [9:0]  inner_aw_word;
  wire [31:0] inner_w_data;
  wire [3:0]  inner_w_strb;

  // ---- the environment: a reset first, and a host that keeps the rules
  reg past = 1'b0;
  always @(posedge clk_i) begin
    past <= 1'b1;
    if (!past) assume (!rst_ni);
    if (past && $past(rst_ni)) begin
      if ($past(awvalid && !awready)) assume (awvalid && $stable(awaddr));
      if ($past(wvalid && !wready)) assume (wvalid && $stable(wdata) && $stable(wstrb));
      if ($past(arvalid && !arready)) assume (arvalid && $stable(araddr));
    end
  end

  // ---- a model: address and data that were taken and not answered
  reg         has_address, has_data, answered;  // answered: an answer is on offer
  reg  [11:0] address;
  reg  [31:0] data, expected_load, expected_config;
  reg  [3:0]  strobe;
  reg         expected_done, right;
  wire [31:0] mask  = {{8{strobe[3]}}, {8{strobe[2]}}, {8{strobe[1]}}, {8{strobe[0]}}};
  wire        whole = has_address && has_data && !answered;
  wire [9:0]  word  = address[11:2];
  wire        known = word == Control || (word >= 10'd6 && word <= 10'd8) || (word >= LoadAddress && word <= Count) ||
                      word == Config || word == Config + 10'd1;

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      {has_address, has_data, answered} <= 3'b000;
      expected_load                     <= 32'd0;
      expected_config                   <= 32'd0;
      expected_done                     <= 1'b0;
    end else begin
      if (awvalid && awready) {has_address, address} <= {1'b1, awaddr};
      if (wvalid && wready) {has_data, data, strobe} <= {1'b1, wdata, wstrb};
      if (whole) begin
        {has_address, has_data, answered} <= 3'b001;
        right <= known;
        if (word == LoadAddress) expected_load <= (expected_load & ~mask) | (data & mask);
        if (word == Config + 10'd1) expected_config <= (expected_config & ~mask) | (data & mask);
      end else if (bvalid && bready) answered <= 1'b0;
      expected_done <= (expected_done && !(whole && word == InterruptStatus && strobe[0] && data[0])) || free[7];
    end
  end

  always @(*) begin
    if (past && rst_ni) begin
      // no write is lost, none is taken twice
      address_waits_for_its_turn: assert (awready == !has_address);
      data_waits_for_its_turn: assert (wready == !has_data);
      answer_to_each_write: assert (bvalid == answered);
      assert (!has_address || inner_aw_word == word);
      assert (!has_data || (inner_w_data == data && inner_w_strb == strobe));
      // and it does what it says
      value_is_what_was_written: assert (load_address == expected_load);
      assert (config_words[63:32] == expected_config);
      assert (done == expected_done);
      assert (start == (whole && word == Control && strobe[0] && data[0]));
      answer_says_what_happened: assert (!bvalid || bresp == (right ? 2'b00 : 2'b10));
    end
  end

  // ---- reads
  reg        reading;
  reg [9:0]  read_word;
  reg [31:0] read_load, read_free;
  always @(posedge clk_i) begin
    if (!rst_ni) reading <= 1'b0;
    else if (arvalid && arready) begin
      reading   <= 1'b1;
      read_word <= araddr[11:2];
      read_load <= expected_load;
      read_free <= free;
    end else if (rready) reading <= 1'b0;
  end
  always @(*) begin
    if (past && rst_ni) begin
      assert (rvalid == reading);
      if (rvalid) begin
        assert (rresp == ((read_word <= Count || (read_word >= Cycles && read_word < Cycles + 10'd12) || read_word == Config ||
                           read_word == Config + 10'd1) ? 2'b00 : 2'b10));
        if (read_word == LoadAddress) assert (rdata == read_load);
        if (read_word == Cycles) assert (rdata == read_free);
      end
    end
  end

  // ---- answers stay until they are taken
  always @(posedge clk_i) begin
    if (past && rst_ni && $past(rst_ni)) begin
      if ($past(bvalid && !bready)) write_answer_stays: assert (bvalid && $stable(bresp));
      if ($past(rvalid && !rready)) read_answer_stays: assert (rvalid && $stable(rdata) && $stable(rresp));
    end
    if (past && rst_ni) begin
      refused_write: cover (bvalid && bready && bresp == 2'b10);
      both_at_once: cover (bvalid && bready && rvalid && rready && rdata == 32'h12345678);
      data_first: cover (has_data && !has_address && awvalid);
    end
  end
endmodule

`default_nettype wire
