// SPDX-License-Identifier: Apache-2.0
// lac_host with the smallest core: 256 bytes that can be written, and a result of them plus the sum of the inputs, which takes a while.
`default_nettype none

module lac_host_tb #(
    parameter Divisor = 4,
    parameter Inputs  = 300,
    parameter Clocks  = 5000  // of an inference
) (
    input  wire clk_i,
    input  wire rx_i,
    output wire tx_o
);
  localparam Last = Inputs - 1;
  localparam Wait = Clocks - 1;

  reg  [3:0]  started_q;
  initial started_q = 4'd0;
  always @(posedge clk_i) if (!started_q[3]) started_q <= started_q + 4'd1;

  wire        core_rst_n, write_valid, input_valid, busy;
  wire [15:0] addr;
  wire [7:0]  data;
  reg  [7:0]  memory [0:255];
  reg  [7:0]  sum_q, read_q;
  reg  [15:0] wait_q;
  reg         running_q, done_q;
  wire        unused = ^{busy, addr};

  lac_host #(
      .Divisor (Divisor),
      .Inputs  (Inputs),
      .Identity(128'h77665544332211_08_0008_012c_63_01_414c)
  ) host (
      .clk_i        (clk_i),
      .rst_ni       (started_q[3]),
      .rx_i         (rx_i),
      .tx_o         (tx_o),
      .busy_o       (busy),
      .core_rst_no  (core_rst_n),
      .write_valid_o(write_valid),
      .input_valid_o(input_valid),
      .addr_o       (addr),
      .data_o       (data),
      .done_i       (done_q),
      .read_data_i  (read_q)
  );

  always @(posedge clk_i) begin
    if (write_valid) memory[addr[7:0]] <= data;
    read_q <= memory[addr[7:0]] + sum_q;
    if (!core_rst_n) begin
      sum_q     <= 8'd0;
      running_q <= 1'b0;
      done_q    <= 1'b0;
    end else if (input_valid) begin
      sum_q     <= ((addr == 16'd0) ? 8'd0 : sum_q) + data;
      running_q <= addr == Last[15:0];
      wait_q    <= 16'd0;
      done_q    <= 1'b0;
    end else if (running_q) begin
      wait_q <= wait_q + 16'd1;
      if (wait_q == Wait[15:0]) begin
        running_q <= 1'b0;
        done_q    <= 1'b1;
      end
    end
  end
endmodule

`default_nettype wire
