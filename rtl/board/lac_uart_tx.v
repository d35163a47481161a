// SPDX-License-Identifier: Apache-2.0
// Transmitter of a UART: 8 bits, the lowest first, no parity, one stop bit.
`default_nettype none

module lac_uart_tx #(
    parameter Divisor = 104  // clocks a bit, 4 at least
) (
    input  wire       clk_i,
    input  wire       rst_ni,
    input  wire       valid_i,
    output wire       ready_o,
    input  wire [7:0] data_i,
    output wire       tx_o
);
  localparam Width = $clog2(Divisor);
  localparam Bit   = Divisor - 1;

  generate
    if (Divisor < 4) begin : g_check
      lac_uart_tx_divisor_must_be_4_at_least fault ();
    end
  endgenerate

  reg  [Width-1:0] clock_q;
  reg  [9:0]       shift_q;  // stop, data, start; a 0 in each that has left
  reg              level_q;
  wire             idle = shift_q == 10'd0;
  wire             next = clock_q == {Width{1'b0}};

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      shift_q <= 10'd0;
      level_q <= 1'b1;
    end else if (idle) begin
      if (valid_i && next) shift_q <= {1'b1, data_i, 1'b0};
    end else if (next) begin
      shift_q <= {1'b0, shift_q[9:1]};
      level_q <= shift_q[0];
    end
    if (!rst_ni || (idle && next)) clock_q <= {Width{1'b0}};
    else clock_q <= next ? Bit[Width-1:0] : clock_q - 1'b1;
  end

  assign ready_o = idle && next;
  assign tx_o    = level_q;
endmodule

`default_nettype wire
