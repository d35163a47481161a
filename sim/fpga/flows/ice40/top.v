// SPDX-License-Identifier: Apache-2.0
// The network on @TITLE@. Written by `lacuna fpga`; the clock is the board's.
`default_nettype none

module top (
    input  wire clk_i,
    input  wire rx_i,
    output wire tx_o,
    output wire led_o  // its light is on while an inference runs
);
  reg [3:0] started_q = 4'd0;  // registers are 0 after configuration: 8 clocks of reset
  always @(posedge clk_i) if (!started_q[3]) started_q <= started_q + 4'd1;

  wire busy;
  assign led_o = busy == 1'b@LED_ON@;  // the board's light is on at @LED_ON@
  lacuna lacuna (
      .clk_i (clk_i),
      .rst_ni(started_q[3]),
      .rx_i  (rx_i),
      .tx_o  (tx_o),
      .busy_o(busy)
  );
endmodule

`default_nettype wire
