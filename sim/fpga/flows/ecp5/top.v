// SPDX-License-Identifier: Apache-2.0
// The network on @TITLE@. Written by `lacuna fpga`; the clock is the board's.
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

  lacuna lacuna (
      .clk_i (clk_i),
      .rst_ni(started_q[3]),
      .rx_i  (rx_i),
      .tx_o  (tx_o),
      .busy_o(led_o)
  );
endmodule

`default_nettype wire
