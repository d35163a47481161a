// SPDX-License-Identifier: Apache-2.0
// Element-wise part of one stream: from the sums of a unit's four gates to its cell and state. Ten stages (twelve with
// CellNorm) that move with en_i.
//
//   pre  = sat16(rs(a_x acc_x + a_h acc_h, pre_shift) + b)                       Q4.11
//   f, i, o = sigmoid(pre), g = tanh(pre)                                         Q0.15
//   c'   = sat16(rs((f c << (15 - cell_frac)) + i g, 30 - cell_frac))             cell_frac
//   n    = c', or with CellNorm sat16(rs(a_c c', norm_shift) + b_c)              Q3.12
//   h    = sat8(rs(o tanh(n), 23)), then 0 where |h| < threshold                  Q0.7
//
// CellNorm is P4's batch normalisation of the cell, folded. over_i: the stream's sequence is over: h = 0 and c stays. Formats in
// docs/lstm.md; golden/lstm.cpp is the model.
`default_nettype none

module lac_lstm_cell #(
    parameter AccWidth   = 24,  // bits of a sum
    parameter CellNorm   = 0,   // 1: the cell is scaled and shifted before its tanh
    parameter ParamWidth = 192  // bits of a unit's constants: 4 x 48, and 32 with CellNorm
) (
    input  wire                         clk_i,
    input  wire                         en_i,
    input  wire [4:0]                   cfg_pre_shift_i,
    input  wire [3:0]                   cfg_cell_frac_i,
    input  wire [6:0]                   cfg_threshold_i,
    input  wire [4:0]                   cfg_norm_shift_i,
    input  wire [4*AccWidth-1:0]        acc_x_i,  // gates o, g, f, i from high to low, as everywhere below
    input  wire [4*AccWidth-1:0]        acc_h_i,
    input  wire [ParamWidth-1:0]        param_i,  // {b_c, a_c} with CellNorm, then per gate {bias, a_h, a_x}
    input  wire [15:0]                  c_i,
    input  wire                         over_i,
    output wire [15:0]                  c_o,
    output wire [7:0]                   h_o
);
  localparam I = 0, F = 1, G = 2, O = 3;

  // ---- stages 1 to 4, per gate: products, pre-activation, table, activation
  wire signed [15:0] gate [0:3];
  genvar k;
  generate
    for (k = 0; k < 4; k = k + 1) begin : g_gate
      lac_lstm_gate #(
          .AccWidth(AccWidth)
      ) row (
          .clk_i          (clk_i),
          .en_i           (en_i),
          .cfg_pre_shift_i(cfg_pre_shift_i),
          .acc_x_i        (acc_x_i[k*AccWidth +: AccWidth]),
          .acc_h_i        (acc_h_i[k*AccWidth +: AccWidth]),
          .param_i        (param_i[k*48 +: 48]),
          .tanh_pre_i     (k == G),
          .tanh_gate_i    (k == G),
          .gate_o         (gate[k])
      );
    end
  endgenerate

  // ---- c and over travel beside the gates
  localparam Norm = (CellNorm != 0) ? 2 : 0;  // stages of the normalisation
  reg [15:0]       c1_q, c2_q, c3_q, c4_q;
  reg [8+Norm:0]   over_q;
  always @(posedge clk_i) begin
    if (en_i) begin
      c1_q   <= c_i;
      c2_q   <= c1_q;
      c3_q   <= c2_q;
      c4_q   <= c3_q;
      over_q <= {over_q[7+Norm:0], over_i};
    end
  end

  // ---- stages 5 and 6: the new cell
  reg signed [31:0] keep_q, write_q;
  reg signed [15:0] c5_q, c6_q, o5_q, o6_q;
  wire signed [40:0] blend = ({{9{keep_q[31]}}, keep_q} <<< (4'd15 - cfg_cell_frac_i)) + {{9{write_q[31]}}, write_q};
  wire signed [15:0] c_next;

  lac_shift_saturate #(
      .InWidth   (41),
      .ShiftWidth(5),
      .OutWidth  (16)
  ) to_cell (
      .value_i (blend),
      .shift_i (5'd30 - {1'b0, cfg_cell_frac_i}),
      .offset_i(16'sd0),
      .value_o (c_next)
  );

  // ---- tanh's argument: the cell itself, or two stages later the normalised one
  wire signed [19:0] argument;
  wire signed [15:0] c_next_q, o_next_q;  // of the same stage
  generate
    if (CellNorm != 0) begin : g_norm
      reg signed  [31:0] scaled_q;
      reg signed  [15:0] offset_q, norm_q, c7_q, c8_q, o7_q, o8_q;
      reg         [6*32-1:0] constants_q;  // of the units in stages 1 to 6
      wire signed [15:0] scale = constants_q[5*32 +: 16];
      wire signed [15:0] norm;
      lac_shift_saturate #(
          .InWidth   (32),
          .ShiftWidth(5),
          .OutWidth  (16)
      ) to_norm (
          .value_i (scaled_q),
          .shift_i (cfg_norm_shift_i),
          .offset_i(offset_q),
          .value_o (norm)
      );
      always @(posedge clk_i) begin
        if (en_i) begin
          constants_q <= {constants_q[5*32-1:0], param_i[4*48 +: 32]};
          scaled_q    <= scale * c6_q;
          offset_q    <= constants_q[5*32+16 +: 16];
          c7_q        <= c6_q;
          o7_q        <= o6_q;
          norm_q      <= norm;
          c8_q        <= c7_q;
          o8_q        <= o7_q;
        end
      end
      assign argument = {{4{norm_q[15]}}, norm_q};
      assign c_next_q = c8_q;
      assign o_next_q = o8_q;
    end else begin : g_plain
      wire signed [19:0] c_wide = {{4{c6_q[15]}}, c6_q};
      assign argument = c_wide <<< (4'd12 - cfg_cell_frac_i);
      assign c_next_q = c6_q;
      assign o_next_q = o6_q;
      wire unused_norm = |cfg_norm_shift_i;
    end
  endgenerate

  // ---- the last four stages: the new state
  wire signed [15:0] bent_cell;
  lac_tanh #(.InWidth(20)) bend_cell (
      .clk_i   (clk_i),
      .en_i    (en_i),
      .value_i (argument),
      .result_o(bent_cell)
  );

  reg signed  [15:0] o_wait1_q, o_wait2_q, c_wait1_q, c_wait2_q, c_wait3_q, c_out_q;
  reg signed  [31:0] state_q;
  reg         [7:0]  h_q;
  wire signed [7:0]  h_dense;
  lac_shift_saturate #(
      .InWidth   (32),
      .ShiftWidth(5),
      .OutWidth  (8)
  ) to_state (
      .value_i (state_q),
      .shift_i (5'd23),
      .offset_i(8'sd0),
      .value_o (h_dense)
  );
  wire [7:0] h_size = h_dense[7] ? -h_dense : h_dense;
  wire       pruned = h_size < {1'b0, cfg_threshold_i};

  always @(posedge clk_i) begin
    if (en_i) begin
      keep_q    <= gate[F] * $signed(c4_q);
      write_q   <= gate[I] * gate[G];
      c5_q      <= c4_q;
      o5_q      <= gate[O];
      c6_q      <= over_q[4] ? c5_q : c_next;
      o6_q      <= o5_q;
      o_wait1_q <= o_next_q;
      o_wait2_q <= o_wait1_q;
      state_q   <= o_wait2_q * bent_cell;
      h_q       <= (over_q[8+Norm] || pruned) ? 8'd0 : h_dense;
      c_wait1_q <= c_next_q;
      c_wait2_q <= c_wait1_q;
      c_wait3_q <= c_wait2_q;
      c_out_q   <= c_wait3_q;
    end
  end

  assign c_o = c_out_q;
  assign h_o = h_q;
endmodule

`default_nettype wire
