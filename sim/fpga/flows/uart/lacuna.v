// SPDX-License-Identifier: Apache-2.0
// @NETWORK@, behind a host's UART of @BAUD@ baud at a clock of @MEGAHERTZ@ MHz.
// Written by `lacuna fpga`.
`default_nettype none

module lacuna (
    input  wire clk_i,
    input  wire rst_ni,
    input  wire rx_i,
    output wire tx_o,
    output wire busy_o  // an inference runs
);
  wire        core_rst_n, write_valid, input_valid, done;
  wire [15:0] addr;
  wire [7:0]  data, read_data;

  lac_host #(
      .Divisor (@DIVISOR@),
      .Inputs  (@INPUTS@),
      .Identity(@IDENTITY@)
  ) host (
      .clk_i        (clk_i),
      .rst_ni       (rst_ni),
      .rx_i         (rx_i),
      .tx_o         (tx_o),
      .busy_o       (busy_o),
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
