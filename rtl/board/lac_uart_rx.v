// SPDX-License-Identifier: Apache-2.0
// Receiver of a UART: 8 bits, the lowest first, no parity, one stop bit.
//
// A start bit is looked at again in its middle, and every following bit Divisor clocks later. A stop bit that is 0 is an error: the byte
// is not to be used.
`default_nettype none

module lac_uart_rx #(
    parameter Divisor = 104  // clocks a bit, 4 at least
) (
    input  wire       clk_i,
    input  wire       rst_ni,
    input  wire       rx_i,
    output reg        valid_o,  // for a clock
    output reg        error_o,  // the same, instead of valid_o
    output wire [7:0] data_o
);
  localparam Width = $clog2(Divisor);
  localparam Bit   = Divisor - 1;
  localparam Half  = Divisor / 2 - 1;

  generate
    if (Divisor < 4) begin : g_check
      lac_uart_rx_divisor_must_be_4_at_least fault ();
    end
  endgenerate

  reg  [2:0]       line_q;   // two registers for a signal of another clock; idle is 1
  reg  [Width-1:0] clock_q;
  reg  [3:0]       bit_q;    // 0 idle, 1 start, 2 to 9 data, 10 stop
  reg  [7:0]       data_q;
  wire             line   = line_q[1];
  wire             sample = clock_q == {Width{1'b0}};

  always @(posedge clk_i) begin
    line_q  <= rst_ni ? {line_q[1:0], rx_i} : 3'b111;
    valid_o <= rst_ni && sample && bit_q == 4'd10 && line;
    error_o <= rst_ni && sample && bit_q == 4'd10 && !line;
    if (!rst_ni) begin
      bit_q <= 4'd0;
    end else if (bit_q == 4'd0) begin
      if (line_q[2] && !line) bit_q <= 4'd1;
    end else if (sample) begin
      bit_q <= (bit_q == 4'd10 || (bit_q == 4'd1 && line)) ? 4'd0 : bit_q + 4'd1;
    end
    if (bit_q == 4'd0) clock_q <= Half[Width-1:0];
    else clock_q <= sample ? Bit[Width-1:0] : clock_q - 1'b1;
    if (sample && bit_q >= 4'd2 && bit_q <= 4'd9) data_q <= {line, data_q[7:1]};
  end

  assign data_o = data_q;
endmodule

`default_nettype wire
