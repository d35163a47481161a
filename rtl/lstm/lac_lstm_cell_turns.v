// SPDX-License-Identifier: Apache-2.0
// Element-wise part of one stream in turns: what lac_lstm_cell computes, with one gate's datapath and one multiplier of 16 x 16 bits for
// all products. Four stages (five with CellNorm) of four turns, a turn a clock with move_i; inputs hold for a stage.
//
//   turn    gate whose sums enter    gate that comes out, of the stage before    product
//   0       i                        i                                          a_c c' of the unit before, with CellNorm
//   1       f                        f                                          f c
//   2       g                        g                                          i g
//   3       o                        o; c' is taken                             o tanh(n) of the unit two before (one without CellNorm)
//
// A stage ends with turn 3. Formulas and formats are in lac_lstm_cell and docs/lstm.md; golden/lstm.cpp is the model.
`default_nettype none

module lac_lstm_cell_turns #(
    parameter AccWidth   = 24,  // bits of a sum
    parameter CellNorm   = 0,   // 1: the cell is scaled and shifted before its tanh
    parameter ParamWidth = 192  // bits of a unit's constants: 4 x 48, and 32 with CellNorm
) (
    input  wire                         clk_i,
    input  wire                         move_i,   // the turn ends
    input  wire [1:0]                   turn_i,
    input  wire [4:0]                   cfg_pre_shift_i,
    input  wire [3:0]                   cfg_cell_frac_i,
    input  wire [6:0]                   cfg_threshold_i,
    input  wire [4:0]                   cfg_norm_shift_i,
    input  wire [4*AccWidth-1:0]        acc_x_i,  // gates o, g, f, i from high to low
    input  wire [4*AccWidth-1:0]        acc_h_i,
    input  wire [ParamWidth-1:0]        param_i,  // {b_c, a_c} with CellNorm, then per gate {bias, a_h, a_x}
    input  wire [15:0]                  c_i,
    input  wire                         over_i,
    output wire [15:0]                  c_o,
    output wire [7:0]                   h_o
);
  localparam [1:0] F = 2'd1, G = 2'd2, O = 2'd3;
  localparam       Norm = (CellNorm != 0) ? 1 : 0;  // stages of the normalisation

  wire en = move_i && turn_i == O;  // the stage ends

  // ---- gates: what enters in a turn comes out four turns later, in the same turn of the next stage
  wire signed [15:0] gate;
  lac_lstm_gate #(
      .AccWidth(AccWidth)
  ) row (
      .clk_i          (clk_i),
      .en_i           (move_i),
      .cfg_pre_shift_i(cfg_pre_shift_i),
      .acc_x_i        (acc_x_i[turn_i*AccWidth +: AccWidth]),
      .acc_h_i        (acc_h_i[turn_i*AccWidth +: AccWidth]),
      .param_i        (param_i[turn_i*48 +: 48]),
      .tanh_pre_i     (turn_i == G - 2'd2),  // its pre-activation comes two turns later
      .tanh_gate_i    (turn_i == G),
      .gate_o         (gate)
  );

  // ---- the product of a turn
  reg signed  [15:0] gate_before_q, gate_i_q;  // of the last two turns: in turn 2 the second one is gate i
  reg signed  [15:0] c_old_q, c_next_q, o_next_q;
  wire signed [15:0] norm_scale, o_tanh, bent_cell;
  reg signed  [15:0] left, right;
  wire signed [31:0] product = left * right;
  always @* begin
    case (turn_i)
      F: begin
        left  = gate;
        right = c_old_q;
      end
      G: begin
        left  = gate;
        right = gate_i_q;
      end
      O: begin
        left  = o_tanh;
        right = bent_cell;
      end
      default: begin
        left  = norm_scale;
        right = c_next_q;
      end
    endcase
  end

  // ---- the new cell
  reg signed [31:0]  keep_q, write_q, state_q;
  reg [Norm+2:0]     over_q;
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

  // ---- tanh's argument: the cell itself, or a stage later the normalised one
  wire signed [19:0] argument;
  wire signed [15:0] c_tanh;  // the cell of the unit whose tanh is taken
  generate
    if (CellNorm != 0) begin : g_norm
      reg signed  [31:0] scaled_q;
      reg signed  [15:0] norm_q, c_norm_q, o_norm_q;
      reg         [2*32-1:0] constants_q;  // of the units in the two stages so far
      wire signed [15:0] norm;
      lac_shift_saturate #(
          .InWidth   (32),
          .ShiftWidth(5),
          .OutWidth  (16)
      ) to_norm (
          .value_i (scaled_q),
          .shift_i (cfg_norm_shift_i),
          .offset_i(constants_q[32+16 +: 16]),
          .value_o (norm)
      );
      always @(posedge clk_i) begin
        if (move_i && turn_i == 2'd0) scaled_q <= product;
        if (en) begin
          constants_q <= {constants_q[31:0], param_i[4*48 +: 32]};
          norm_q      <= norm;
          c_norm_q    <= c_next_q;
          o_norm_q    <= o_next_q;
        end
      end
      assign norm_scale = constants_q[32 +: 16];
      assign argument   = {{4{norm_q[15]}}, norm_q};
      assign c_tanh     = c_norm_q;
      assign o_tanh     = o_norm_q;
    end else begin : g_plain
      wire signed [19:0] c_wide = {{4{c_next_q[15]}}, c_next_q};
      assign norm_scale = 16'sd0;
      assign argument   = c_wide <<< (4'd12 - cfg_cell_frac_i);
      assign c_tanh     = c_next_q;
      assign o_tanh     = o_next_q;
      wire unused_norm = |cfg_norm_shift_i;
    end
  endgenerate

  // ---- the new state: the argument holds for a stage, so its tanh is there from turn 2 on
  lac_tanh #(.InWidth(20)) bend_cell (
      .clk_i   (clk_i),
      .en_i    (move_i),
      .value_i (argument),
      .result_o(bent_cell)
  );

  reg signed  [15:0] c_state_q, c_out_q;
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
    if (move_i) begin
      gate_before_q <= gate;
      gate_i_q      <= gate_before_q;
      if (turn_i == F) keep_q <= product;
      if (turn_i == G) write_q <= product;
    end
    if (en) begin
      c_old_q   <= c_i;
      over_q    <= {over_q[Norm+1:0], over_i};
      c_next_q  <= over_q[0] ? c_old_q : c_next;
      o_next_q  <= gate;
      state_q   <= product;
      c_state_q <= c_tanh;
      h_q       <= (over_q[Norm+2] || pruned) ? 8'd0 : h_dense;
      c_out_q   <= c_state_q;
    end
  end

  assign c_o = c_out_q;
  assign h_o = h_q;
endmodule

`default_nettype wire
