// SPDX-License-Identifier: Apache-2.0
// lac_folded_dnn behind few pins, to place it on a small FPGA and see what it takes (docs/sc.md, "On an FPGA"): no protocol for a host.
//
// Everything written goes through one shift register of bytes; a strobe then hands it to the codes, a seed, the configuration or x.
`default_nettype none

module lac_folded_pins #(
    parameter Inputs   = 196,
    parameter Hidden1  = 40,
    parameter Hidden2  = 16,
    parameter Outputs  = 10,
    parameter Integral = 2,
    parameter Lanes    = 40
) (
    input  wire       clk_i,
    input  wire       rst_ni,
    input  wire [7:0] byte_i,
    input  wire       shift_i,   // the byte moves in
    input  wire [3:0] strobe_i,  // 1 x, 2 configuration, 4 + k codes of layer k, 8 + k seeds of set k
    input  wire [7:0] index_i,   // input, register, or byte of y
    input  wire       y_ready_i,
    output reg        x_ready_o,
    output reg        y_valid_o,
    output reg  [7:0] y_o,
    output reg        stream_o,
    output reg  [1:0] cycle_class_o
);
  localparam Width  = 11;
  localparam Config = 38;

  reg  [Lanes*Width-1:0] word_q;
  reg  [Config-1:0]      config_q;
  reg  [3:0]             strobe_q;
  reg  [7:0]             index_q;
  reg                    y_ready_q;
  wire                   x_ready, y_valid, valid1, valid2;
  wire [Hidden1-1:0]     stream1;
  wire [Hidden2-1:0]     stream2;
  wire [Outputs*32-1:0]  y;
  wire [1:0]             cycle_class;

  always @(posedge clk_i) begin
    strobe_q  <= strobe_i;
    index_q   <= index_i;
    y_ready_q <= y_ready_i;
    if (shift_i) word_q <= {word_q[Lanes*Width-9:0], byte_i};
    if (strobe_q == 4'd2) config_q <= word_q[Config-1:0];
    x_ready_o     <= x_ready;
    y_valid_o     <= y_valid;
    y_o           <= y[index_q[5:0]*8 +: 8];
    stream_o      <= (valid1 && stream1[0]) || (valid2 && stream2[0]);
    cycle_class_o <= cycle_class;
  end

  lac_folded_dnn #(
      .Inputs    (Inputs),
      .Hidden1   (Hidden1),
      .Hidden2   (Hidden2),
      .Outputs   (Outputs),
      .Integral  (Integral),
      .WriteLanes(Lanes)
  ) engine (
      .clk_i          (clk_i),
      .rst_ni         (rst_ni),
      .cfg_last_i     (config_q[11:0]),
      .cfg_states1_i  (config_q[24:12]),
      .cfg_states2_i  (config_q[37:25]),
      .code_we_i      ({strobe_q == 4'd6, strobe_q == 4'd5, strobe_q == 4'd4}),
      .code_bank_i    (8'd0),
      .code_input_i   (index_q),
      .code_data_i    (word_q),
      .seed_we_i      (strobe_q[3] ? {{Integral{1'b0}}, 1'b1} << strobe_q[2:0] : {(Integral+1){1'b0}}),
      .seed_index_i   (index_q),
      .seed_data_i    (word_q[Width-1:0]),
      .x_valid_i      (strobe_q == 4'd1),
      .x_ready_o      (x_ready),
      .x_data_i       (word_q[7:0]),
      .y_valid_o      (y_valid),
      .y_ready_i      (y_ready_q),
      .y_data_o       (y),
      .stream1_valid_o(valid1),
      .stream1_o      (stream1),
      .stream2_valid_o(valid2),
      .stream2_o      (stream2),
      .cycle_class_o  (cycle_class)
  );
endmodule

`default_nettype wire
