// SPDX-License-Identifier: Apache-2.0
// A gate of the element-wise unit: from the two sums of a row to its activation. Four stages that move with en_i.
//
//   pre  = sat16(rs(a_x acc_x + a_h acc_h, pre_shift) + b)                       Q4.11
//   gate = tanh(pre), or sigmoid(pre) = (1 + tanh(pre / 2)) / 2                   Q0.15
//
// Whether it is a tanh is asked for where it matters: with the pre-activation, two stages after the sums, and with the result.
`default_nettype none

module lac_lstm_gate #(
    parameter AccWidth = 24  // bits of a sum
) (
    input  wire                clk_i,
    input  wire                en_i,
    input  wire [4:0]          cfg_pre_shift_i,
    input  wire [AccWidth-1:0] acc_x_i,
    input  wire [AccWidth-1:0] acc_h_i,
    input  wire [47:0]         param_i,      // {bias, a_h, a_x}
    input  wire                tanh_pre_i,   // of the row whose sums came two stages ago
    input  wire                tanh_gate_i,  // of the row that is at gate_o
    output wire signed [15:0]  gate_o
);
  localparam ProductWidth = AccWidth + 16;
  localparam SumWidth     = ProductWidth + 1;

  wire signed [15:0]             scale_x = param_i[15:0];
  wire signed [15:0]             scale_h = param_i[31:16];
  wire signed [AccWidth-1:0]     acc_x   = acc_x_i;
  wire signed [AccWidth-1:0]     acc_h   = acc_h_i;
  wire signed [15:0]             pre;
  wire signed [15:0]             bent;
  reg signed  [ProductWidth-1:0] product_x_q, product_h_q;
  reg signed  [15:0]             bias_q, pre_q;

  lac_shift_saturate #(
      .InWidth   (SumWidth),
      .ShiftWidth(5),
      .OutWidth  (16)
  ) to_pre (
      .value_i ({product_x_q[ProductWidth-1], product_x_q} + {product_h_q[ProductWidth-1], product_h_q}),
      .shift_i (cfg_pre_shift_i),
      .offset_i(bias_q),
      .value_o (pre)
  );

  always @(posedge clk_i) begin
    if (en_i) begin
      product_x_q <= scale_x * acc_x;
      product_h_q <= scale_h * acc_h;
      bias_q      <= param_i[47:32];
      pre_q       <= pre;
    end
  end

  // tanh(x) at Q3.12 needs x doubled; sigmoid(x) = (1 + tanh(x / 2)) / 2 takes Q4.11 as it is.
  lac_tanh #(.InWidth(17)) bend (
      .clk_i   (clk_i),
      .en_i    (en_i),
      .value_i (tanh_pre_i ? {pre_q, 1'b0} : {pre_q[15], pre_q}),
      .result_o(bent)
  );

  wire [16:0] lifted = 17'd32768 + {bent[15], bent};
  assign gate_o = tanh_gate_i ? bent : lifted[16:1];
  wire unused_half = lifted[0];
endmodule

`default_nettype wire
