// SPDX-License-Identifier: Apache-2.0
// @TITLE@: @NETWORK@
// Written by `lacuna fpga`; the clock is the board's, @MEGAHERTZ@ MHz, the UART runs at @BAUD@ baud.
`default_nettype none

module top (
    input  wire clk_i,
    input  wire rx_i,
    output wire tx_o,
    output wire led_o,        // lit while an inference runs
    output wire wifi_gpio0_o  // high: the board's ESP32 leaves the FPGA alone
);
  reg [3:0] started_q = 4'd0;  // registers have this value after configuration: 8 clocks of reset
  always @(posedge clk_i) if (!started_q[3]) started_q <= started_q + 4'd1;
  assign wifi_gpio0_o = 1'b1;

  wire        core_rst_n, write_valid, input_valid, done;
  wire [15:0] addr;
  wire [7:0]  data, read_data;
  lac_host #(
      .Divisor (@DIVISOR@),
      .Inputs  (@INPUTS@),
      .Identity(@IDENTITY@)
  ) host (
      .clk_i        (clk_i),
      .rst_ni       (started_q[3]),
      .rx_i         (rx_i),
      .tx_o         (tx_o),
      .busy_o       (led_o),
      .core_rst_no  (core_rst_n),
      .write_valid_o(write_valid),
      .input_valid_o(input_valid),
      .addr_o       (addr),
      .data_o       (data),
      .done_i       (done),
      .read_data_i  (read_data)
  );

  @CORE@ #(
@PARAMETERS@
  ) core (
      .clk_i        (clk_i),
      .rst_ni       (core_rst_n),
      .write_valid_i(write_valid),
      .input_valid_i(input_valid),
      .addr_i       (addr),
      .data_i       (data),
      .done_o       (done),
      .read_data_o  (read_data)
  );
endmodule

`default_nettype wire
