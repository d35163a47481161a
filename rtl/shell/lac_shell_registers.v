// SPDX-License-Identifier: Apache-2.0
// Generated from rtl/shell/registers.toml by generate_registers; `ninja registers` writes it anew.
// The registers of the shell behind AXI4-Lite.
//
// One write and one read at a time. Address and data of a write may come in either order or together; each is kept until both are
// there. A write takes effect in the cycle `write`; an offset that has no register, or none for this direction, answers SLVERR.
// Ports without a register of their own: _i shows the value that is read, _set_i sets a bit of w1c, w1s pulses its _o for a cycle.
`default_nettype none

module lac_shell_registers #(
    parameter ConfigWords = 24  // words of config that exist, 1 to 24
) (
    input  wire        clk_i,
    input  wire        rst_ni,
    input  wire [11:0] s_axi_ctrl_awaddr,
    input  wire [2:0]  s_axi_ctrl_awprot,
    input  wire        s_axi_ctrl_awvalid,
    output wire        s_axi_ctrl_awready,
    input  wire [31:0] s_axi_ctrl_wdata,
    input  wire [3:0]  s_axi_ctrl_wstrb,
    input  wire        s_axi_ctrl_wvalid,
    output wire        s_axi_ctrl_wready,
    output wire [1:0]  s_axi_ctrl_bresp,
    output wire        s_axi_ctrl_bvalid,
    input  wire        s_axi_ctrl_bready,
    input  wire [11:0] s_axi_ctrl_araddr,
    input  wire [2:0]  s_axi_ctrl_arprot,
    input  wire        s_axi_ctrl_arvalid,
    output wire        s_axi_ctrl_arready,
    output wire [31:0] s_axi_ctrl_rdata,
    output wire [1:0]  s_axi_ctrl_rresp,
    output wire        s_axi_ctrl_rvalid,
    input  wire        s_axi_ctrl_rready,
    // registers
    input  wire [3:0]        engine_kind_i,
    input  wire [3:0]        engine_class_count_i,
    input  wire [7:0]        engine_config_words_i,
    input  wire [7:0]        geometry_bus_i,
    input  wire [7:0]        geometry_stream_i,
    input  wire [15:0]       geometry_record_i,
    output wire              control_start_o,
    output wire              control_load_o,
    output wire              control_clear_o,
    input  wire              status_idle_i,
    input  wire              status_running_i,
    input  wire              status_loading_i,
    input  wire              status_clearing_i,
    input  wire              status_fault_i,
    input  wire              status_dropping_i,
    input  wire              status_error_i,
    output wire              interrupt_enable_done_o,
    output wire              interrupt_enable_loaded_o,
    output wire              interrupt_enable_error_o,
    input  wire              interrupt_status_done_set_i,
    output wire              interrupt_status_done_o,
    input  wire              interrupt_status_loaded_set_i,
    output wire              interrupt_status_loaded_o,
    input  wire              interrupt_status_error_set_i,
    output wire              interrupt_status_error_o,
    input  wire              error_status_config_set_i,
    output wire              error_status_config_o,
    input  wire              error_status_load_set_i,
    output wire              error_status_load_o,
    input  wire              error_status_command_set_i,
    output wire              error_status_command_o,
    input  wire              error_status_packet_set_i,
    output wire              error_status_packet_o,
    input  wire              error_status_slave_set_i,
    output wire              error_status_slave_o,
    input  wire              error_status_decode_set_i,
    output wire              error_status_decode_o,
    input  wire              error_status_last_set_i,
    output wire              error_status_last_o,
    input  wire [31:0]       error_address_i,
    output wire [31:0]       load_address_o,
    output wire [31:0]       load_bytes_o,
    output wire [31:0]       weight_base_o,
    output wire [31:0]       count_o,
    input  wire [12*32-1:0]  cycles_i,
    output wire [ConfigWords*32-1:0] config_o
);
  generate
    if (ConfigWords < 1 || ConfigWords > 24) begin : g_config
      lac_shell_registers_configwords_out_of_range fault ();
    end
  endgenerate

  localparam [1:0] Okay = 2'b00, SlaveError = 2'b10;

  // ---- write: address and data wait for each other
  reg         aw_valid_q, w_valid_q, b_valid_q;
  reg  [9:0]  aw_word_q;  // the number of a word of 32 bits
  reg  [31:0] w_data_q;
  reg  [3:0]  w_strb_q;
  reg  [1:0]  b_resp_q;
  reg         write_hit;
  wire        write = aw_valid_q && w_valid_q && !b_valid_q;
  wire [31:0] mask  = {{8{w_strb_q[3]}}, {8{w_strb_q[2]}}, {8{w_strb_q[1]}}, {8{w_strb_q[0]}}};
  wire [31:0] ones  = w_data_q & mask;

  assign s_axi_ctrl_awready = !aw_valid_q;
  assign s_axi_ctrl_wready  = !w_valid_q;
  assign s_axi_ctrl_bvalid  = b_valid_q;
  assign s_axi_ctrl_bresp   = b_resp_q;

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      aw_valid_q <= 1'b0;
      w_valid_q  <= 1'b0;
      b_valid_q  <= 1'b0;
    end else begin
      if (write) aw_valid_q <= 1'b0;
      else if (s_axi_ctrl_awvalid) aw_valid_q <= 1'b1;
      if (write) w_valid_q <= 1'b0;
      else if (s_axi_ctrl_wvalid) w_valid_q <= 1'b1;
      if (write) b_valid_q <= 1'b1;
      else if (s_axi_ctrl_bready) b_valid_q <= 1'b0;
    end
    if (!aw_valid_q) aw_word_q <= s_axi_ctrl_awaddr[11:2];
    if (!w_valid_q) begin
      w_data_q <= s_axi_ctrl_wdata;
      w_strb_q <= s_axi_ctrl_wstrb;
    end
    if (write) b_resp_q <= write_hit ? Okay : SlaveError;
  end

  // ---- read
  reg         r_valid_q;
  reg  [31:0] r_data_q;
  reg  [1:0]  r_resp_q;
  reg  [31:0] read_data;
  reg         read_hit;
  wire [9:0]  read_word = s_axi_ctrl_araddr[11:2];

  assign s_axi_ctrl_arready = !r_valid_q;
  assign s_axi_ctrl_rvalid  = r_valid_q;
  assign s_axi_ctrl_rdata   = r_data_q;
  assign s_axi_ctrl_rresp   = r_resp_q;
  wire unused_axi = ^{s_axi_ctrl_awprot, s_axi_ctrl_arprot, s_axi_ctrl_awaddr[1:0], s_axi_ctrl_araddr[1:0], ones};

  always @(posedge clk_i) begin
    if (!rst_ni) r_valid_q <= 1'b0;
    else if (!r_valid_q) r_valid_q <= s_axi_ctrl_arvalid;
    else if (s_axi_ctrl_rready) r_valid_q <= 1'b0;
    if (!r_valid_q) begin
      r_data_q <= read_data;
      r_resp_q <= read_hit ? Okay : SlaveError;
    end
  end

  // ---- what is there
  integer at;
  always @(*) begin
    read_hit  = 1'b1;
    read_data = 32'd0;
    case (read_word)
      10'd0: read_data = 32'h4C414355;
      10'd1: read_data = 32'h00010000;
      10'd2: read_data = {16'd0, engine_config_words_i, engine_class_count_i, engine_kind_i};
      10'd3: read_data = {geometry_record_i, geometry_stream_i, geometry_bus_i};
      10'd4: read_data = 32'd0;
      10'd5: read_data = {25'd0, status_error_i, status_dropping_i, status_fault_i, status_clearing_i, status_loading_i, status_running_i, status_idle_i};
      10'd6: read_data = {29'd0, interrupt_enable_error_o, interrupt_enable_loaded_o, interrupt_enable_done_o};
      10'd7: read_data = {29'd0, interrupt_status_error_o, interrupt_status_loaded_o, interrupt_status_done_o};
      10'd8: read_data = {25'd0, error_status_last_o, error_status_decode_o, error_status_slave_o, error_status_packet_o, error_status_command_o, error_status_load_o, error_status_config_o};
      10'd9: read_data = error_address_i;
      10'd10: read_data = load_address_o;
      10'd11: read_data = load_bytes_o;
      10'd12: read_data = weight_base_o;
      10'd13: read_data = count_o;
      default: read_hit = 1'b0;
    endcase
    for (at = 0; at < 12; at = at + 1) begin
      if ({22'd0, read_word} == 16 + at) begin
        read_hit  = 1'b1;
        read_data = cycles_i[at*32 +: 32];
      end
    end
    for (at = 0; at < ConfigWords; at = at + 1) begin
      if ({22'd0, read_word} == 32 + at) begin
        read_hit  = 1'b1;
        read_data = config_o[at*32 +: 32];
      end
    end
  end
  always @(*) begin
    case (aw_word_q)
      10'd4, 10'd6, 10'd7, 10'd8, 10'd10, 10'd11, 10'd12, 10'd13: write_hit = 1'b1;
      default: write_hit = 1'b0;
    endcase
    if ({22'd0, aw_word_q} >= 32 && {22'd0, aw_word_q} < 32 + ConfigWords) write_hit = 1'b1;
  end

  // control
  assign control_start_o = (write && aw_word_q == 10'd4) & ones[0];
  assign control_load_o = (write && aw_word_q == 10'd4) & ones[1];
  assign control_clear_o = (write && aw_word_q == 10'd4) & ones[2];

  // interrupt_enable
  reg interrupt_enable_done_q;
  always @(posedge clk_i) begin
    if (!rst_ni) interrupt_enable_done_q <= 1'd0;
    else if (write && aw_word_q == 10'd6) interrupt_enable_done_q <= (interrupt_enable_done_q & ~mask[0]) | ones[0];
  end
  assign interrupt_enable_done_o = interrupt_enable_done_q;
  reg interrupt_enable_loaded_q;
  always @(posedge clk_i) begin
    if (!rst_ni) interrupt_enable_loaded_q <= 1'd0;
    else if (write && aw_word_q == 10'd6) interrupt_enable_loaded_q <= (interrupt_enable_loaded_q & ~mask[1]) | ones[1];
  end
  assign interrupt_enable_loaded_o = interrupt_enable_loaded_q;
  reg interrupt_enable_error_q;
  always @(posedge clk_i) begin
    if (!rst_ni) interrupt_enable_error_q <= 1'd0;
    else if (write && aw_word_q == 10'd6) interrupt_enable_error_q <= (interrupt_enable_error_q & ~mask[2]) | ones[2];
  end
  assign interrupt_enable_error_o = interrupt_enable_error_q;

  // interrupt_status
  reg interrupt_status_done_q;
  always @(posedge clk_i) begin
    if (!rst_ni) interrupt_status_done_q <= 1'd0;
    else interrupt_status_done_q <= (interrupt_status_done_q & ~({1{write && aw_word_q == 10'd7}} & ones[0])) | interrupt_status_done_set_i;
  end
  assign interrupt_status_done_o = interrupt_status_done_q;
  reg interrupt_status_loaded_q;
  always @(posedge clk_i) begin
    if (!rst_ni) interrupt_status_loaded_q <= 1'd0;
    else interrupt_status_loaded_q <= (interrupt_status_loaded_q & ~({1{write && aw_word_q == 10'd7}} & ones[1])) | interrupt_status_loaded_set_i;
  end
  assign interrupt_status_loaded_o = interrupt_status_loaded_q;
  reg interrupt_status_error_q;
  always @(posedge clk_i) begin
    if (!rst_ni) interrupt_status_error_q <= 1'd0;
    else interrupt_status_error_q <= (interrupt_status_error_q & ~({1{write && aw_word_q == 10'd7}} & ones[2])) | interrupt_status_error_set_i;
  end
  assign interrupt_status_error_o = interrupt_status_error_q;

  // error_status
  reg error_status_config_q;
  always @(posedge clk_i) begin
    if (!rst_ni) error_status_config_q <= 1'd0;
    else error_status_config_q <= (error_status_config_q & ~({1{write && aw_word_q == 10'd8}} & ones[0])) | error_status_config_set_i;
  end
  assign error_status_config_o = error_status_config_q;
  reg error_status_load_q;
  always @(posedge clk_i) begin
    if (!rst_ni) error_status_load_q <= 1'd0;
    else error_status_load_q <= (error_status_load_q & ~({1{write && aw_word_q == 10'd8}} & ones[1])) | error_status_load_set_i;
  end
  assign error_status_load_o = error_status_load_q;
  reg error_status_command_q;
  always @(posedge clk_i) begin
    if (!rst_ni) error_status_command_q <= 1'd0;
    else error_status_command_q <= (error_status_command_q & ~({1{write && aw_word_q == 10'd8}} & ones[2])) | error_status_command_set_i;
  end
  assign error_status_command_o = error_status_command_q;
  reg error_status_packet_q;
  always @(posedge clk_i) begin
    if (!rst_ni) error_status_packet_q <= 1'd0;
    else error_status_packet_q <= (error_status_packet_q & ~({1{write && aw_word_q == 10'd8}} & ones[3])) | error_status_packet_set_i;
  end
  assign error_status_packet_o = error_status_packet_q;
  reg error_status_slave_q;
  always @(posedge clk_i) begin
    if (!rst_ni) error_status_slave_q <= 1'd0;
    else error_status_slave_q <= (error_status_slave_q & ~({1{write && aw_word_q == 10'd8}} & ones[4])) | error_status_slave_set_i;
  end
  assign error_status_slave_o = error_status_slave_q;
  reg error_status_decode_q;
  always @(posedge clk_i) begin
    if (!rst_ni) error_status_decode_q <= 1'd0;
    else error_status_decode_q <= (error_status_decode_q & ~({1{write && aw_word_q == 10'd8}} & ones[5])) | error_status_decode_set_i;
  end
  assign error_status_decode_o = error_status_decode_q;
  reg error_status_last_q;
  always @(posedge clk_i) begin
    if (!rst_ni) error_status_last_q <= 1'd0;
    else error_status_last_q <= (error_status_last_q & ~({1{write && aw_word_q == 10'd8}} & ones[6])) | error_status_last_set_i;
  end
  assign error_status_last_o = error_status_last_q;

  // load_address
  reg [31:0] load_address_q;
  always @(posedge clk_i) begin
    if (!rst_ni) load_address_q <= 32'd0;
    else if (write && aw_word_q == 10'd10) load_address_q <= (load_address_q & ~mask) | ones;
  end
  assign load_address_o = load_address_q;

  // load_bytes
  reg [31:0] load_bytes_q;
  always @(posedge clk_i) begin
    if (!rst_ni) load_bytes_q <= 32'd0;
    else if (write && aw_word_q == 10'd11) load_bytes_q <= (load_bytes_q & ~mask) | ones;
  end
  assign load_bytes_o = load_bytes_q;

  // weight_base
  reg [31:0] weight_base_q;
  always @(posedge clk_i) begin
    if (!rst_ni) weight_base_q <= 32'd0;
    else if (write && aw_word_q == 10'd12) weight_base_q <= (weight_base_q & ~mask) | ones;
  end
  assign weight_base_o = weight_base_q;

  // count
  reg [31:0] count_q;
  always @(posedge clk_i) begin
    if (!rst_ni) count_q <= 32'd0;
    else if (write && aw_word_q == 10'd13) count_q <= (count_q & ~mask) | ones;
  end
  assign count_o = count_q;

  // config
  reg     [ConfigWords*32-1:0] config_q;
  integer config_word;
  always @(posedge clk_i) begin
    for (config_word = 0; config_word < ConfigWords; config_word = config_word + 1) begin
      if (!rst_ni) config_q[config_word*32 +: 32] <= 32'd0;
      else if (write && {22'd0, aw_word_q} == 32 + config_word)
        config_q[config_word*32 +: 32] <= (config_q[config_word*32 +: 32] & ~mask) | ones;
    end
  end
  assign config_o = config_q;
endmodule

`default_nettype wire
