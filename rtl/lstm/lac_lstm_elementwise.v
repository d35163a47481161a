// SPDX-License-Identifier: Apache-2.0
// Element-wise unit: EwWidth cell pipelines with the memories of the units' constants and of the cell state.
//
// A visit (unit, group) comes from the drain; its sums reach the chain's head, its constants and its cell the memories' outputs one
// cycle later. Ten stages on (twelve with CellNorm), y offers the new state and cell. All stages stand still while y is offered and not taken. A visit
// of the initial state (init_i) writes the cell memory and goes to the encoder at once: the pipeline is empty then.
// With EwGates = 1 a stage lasts four clocks, turns 0 to 3 counted from start_i, and there are four (five) of them: multipliers and tables
// serve in turns (lac_lstm_cell_turns). Visits, y and the encoder's input then come in turn 3 only.
`default_nettype none

module lac_lstm_elementwise #(
    parameter EwWidth    = 2,     // streams a cycle
    parameter Groups     = 4,     // Batch / EwWidth
    parameter AccWidth   = 24,    // bits of a sum
    parameter CellNorm   = 0,     // 1: cells are normalised
    parameter EwGates    = 4,     // gates a clock, 4 or 1
    parameter ParamWidth = 192,   // bits of a unit's constants
    parameter MaxUnits   = 1024,  // units of a layer at most
    parameter UnitWidth  = 10,    // bits of a unit's number
    parameter GroupWidth = 2      // bits of a group's number
) (
    input  wire                                clk_i,
    input  wire                                rst_ni,
    input  wire                                start_i,       // a sequence begins: a first turn follows
    output wire                                en_o,
    input  wire [4:0]                          cfg_pre_shift_i,
    input  wire [3:0]                          cfg_cell_frac_i,
    input  wire [6:0]                          cfg_threshold_i,
    input  wire [4:0]                          cfg_norm_shift_i,
    // constants of a unit: {b_c, a_c} with CellNorm, then per gate o, g, f, i from high to low {bias, a_h, a_x}
    input  wire                                param_we_i,
    input  wire [UnitWidth-1:0]                param_unit_i,
    input  wire [ParamWidth-1:0]               param_data_i,
    // a visit
    input  wire                                visit_i,
    input  wire                                init_i,
    input  wire [UnitWidth-1:0]                unit_i,
    input  wire [GroupWidth-1:0]               group_i,
    input  wire                                last_i,        // last of the step
    input  wire                                final_i,       // last of the sequence
    input  wire                                cell_zero_i,   // first step without an initial state
    input  wire [EwWidth-1:0]                  over_i,        // streams of the group whose sequence is over
    input  wire [EwWidth*24-1:0]               init_data_i,   // {c[EwWidth], h[EwWidth]}
    // one cycle later: the sums, per gate (i lowest) and stream {h, x}
    input  wire [4*EwWidth*2*AccWidth-1:0]     sums_i,
    input  wire                                x_used_i,
    input  wire                                h_used_i,
    // y {last, unit, group, c[EwWidth], h[EwWidth]}
    output wire                                y_valid_o,
    input  wire                                y_ready_i,
    output wire [UnitWidth+GroupWidth+EwWidth*24:0] y_data_o,
    output wire                                done_o,        // the last beat of the sequence has been taken
    // to the encoder
    output wire                                h_valid_o,
    output wire                                h_last_o,
    output wire [UnitWidth-1:0]                h_unit_o,
    output wire [GroupWidth-1:0]               h_group_o,
    output wire [EwWidth*8-1:0]                h_o
);
  localparam Stages    = (EwGates == 1) ? ((CellNorm != 0) ? 5 : 4) : (CellNorm != 0) ? 12 : 10;
  localparam TagWidth  = UnitWidth + GroupWidth + 2;
  localparam CellDepth = MaxUnits * Groups;
  localparam CellAddr  = (CellDepth > 1) ? $clog2(CellDepth) : 1;
  localparam ParamAddr = (MaxUnits > 1) ? $clog2(MaxUnits) : 1;
  localparam Link      = EwWidth * 2 * AccWidth;

  // ---- tags: element 0 belongs to the chain's head, element Stages to y
  reg [Stages:0]              valid_q;
  reg [TagWidth*Stages-1:0]   tags_q;
  reg [TagWidth-1:0]          out_tag_q;
  reg                         cell_zero_q;
  reg [EwWidth-1:0]           over_q;

  wire                  out_valid = valid_q[Stages];
  wire [UnitWidth-1:0]  out_unit  = out_tag_q[UnitWidth-1:0];
  wire [GroupWidth-1:0] out_group = out_tag_q[UnitWidth +: GroupWidth];
  wire                  out_last  = out_tag_q[TagWidth-2];
  wire                  out_final = out_tag_q[TagWidth-1];

  // ---- turns: a stage lasts one clock or four, and a last turn waits for y
  wire       last_turn;
  wire [1:0] turn;
  wire       y_valid   = out_valid && last_turn;
  wire       move      = !(y_valid && !y_ready_i);
  wire       en        = move && last_turn;
  wire       out_fire  = y_valid && y_ready_i;
  generate
    if (EwGates == 1) begin : g_turns
      reg [1:0] turn_q;
      always @(posedge clk_i) begin
        if (!rst_ni || start_i) turn_q <= 2'd0;
        else if (move) turn_q <= turn_q + 2'd1;
      end
      assign turn      = turn_q;
      assign last_turn = turn_q == 2'd3;
    end else begin : g_at_once
      assign turn      = 2'd0;
      assign last_turn = 1'b1;
      wire unused_turn = ^{start_i, turn};
    end
  endgenerate

  wire enter     = visit_i && !init_i;
  wire init_fire = visit_i && init_i;
  assign en_o = en;

  always @(posedge clk_i) begin
    if (!rst_ni) valid_q <= {(Stages+1){1'b0}};
    else if (en) valid_q <= {valid_q[Stages-1:0], enter};
    if (en) begin
      {out_tag_q, tags_q} <= {tags_q, final_i, last_i, group_i, unit_i};
      cell_zero_q         <= cell_zero_i;
      over_q              <= over_i;
    end
  end

  // ---- memories
  // Units are numbered in the width of a column's index, which may be wider than these memories need.
  wire unused_unit = |{unit_i, param_unit_i};
  wire [ParamWidth-1:0] param;
  lac_ram #(
      .Width    (ParamWidth),
      .Depth    (MaxUnits),
      .AddrWidth(ParamAddr)
  ) param_ram (
      .clk_i       (clk_i),
      .write_en_i  (param_we_i),
      .write_addr_i(param_unit_i[ParamAddr-1:0]),
      .write_data_i(param_data_i),
      .read_en_i   (enter && !param_we_i),  // never both: a tool need not keep the old word of a collision
      .read_addr_i (unit_i[ParamAddr-1:0]),
      .read_data_o (param)
  );

  wire [EwWidth*16-1:0] cell_old, cell_new;
  wire [CellAddr-1:0]   visit_addr, out_addr;
  generate
    if (Groups == 1) begin : g_one_group
      assign visit_addr = unit_i[CellAddr-1:0];
      assign out_addr   = out_unit[CellAddr-1:0];
    end else begin : g_groups
      localparam [UnitWidth+GroupWidth-1:0] Step = Groups[UnitWidth+GroupWidth-1:0];
      wire [UnitWidth+GroupWidth-1:0] visit_place = unit_i * Step + {{UnitWidth{1'b0}}, group_i};
      wire [UnitWidth+GroupWidth-1:0] out_place   = out_unit * Step + {{UnitWidth{1'b0}}, out_group};
      wire unused_place = |{visit_place, out_place};
      assign visit_addr = visit_place[CellAddr-1:0];
      assign out_addr   = out_place[CellAddr-1:0];
    end
  endgenerate

  lac_ram #(
      .Width    (EwWidth * 16),
      .Depth    (CellDepth),
      .AddrWidth(CellAddr)
  ) cell_ram (
      .clk_i       (clk_i),
      .write_en_i  (out_fire || init_fire),
      .write_addr_i(init_fire ? visit_addr : out_addr),
      .write_data_i(init_fire ? init_data_i[EwWidth*8 +: EwWidth*16] : cell_new),
      .read_en_i   (enter),
      .read_addr_i (visit_addr),
      .read_data_o (cell_old)
  );

  // ---- pipelines
  wire [EwWidth*8-1:0] h_new;
  genvar e, k;
  generate
    for (e = 0; e < EwWidth; e = e + 1) begin : g_cell
      wire [4*AccWidth-1:0] acc_x, acc_h;
      for (k = 0; k < 4; k = k + 1) begin : g_gate
        // A list without columns has left nothing in the sums: they count as zero.
        assign acc_x[k*AccWidth +: AccWidth] =
            x_used_i ? sums_i[k*Link + e*2*AccWidth +: AccWidth] : {AccWidth{1'b0}};
        assign acc_h[k*AccWidth +: AccWidth] =
            h_used_i ? sums_i[k*Link + (e*2+1)*AccWidth +: AccWidth] : {AccWidth{1'b0}};
      end
      wire [15:0] c_old = cell_zero_q ? 16'd0 : cell_old[e*16 +: 16];
      if (EwGates == 1) begin : g_turns
        lac_lstm_cell_turns #(
            .AccWidth  (AccWidth),
            .CellNorm  (CellNorm),
            .ParamWidth(ParamWidth)
        ) pipeline (
            .clk_i          (clk_i),
            .move_i         (move),
            .turn_i         (turn),
            .cfg_pre_shift_i(cfg_pre_shift_i),
            .cfg_cell_frac_i(cfg_cell_frac_i),
            .cfg_threshold_i(cfg_threshold_i),
            .cfg_norm_shift_i(cfg_norm_shift_i),
            .acc_x_i        (acc_x),
            .acc_h_i        (acc_h),
            .param_i        (param),
            .c_i            (c_old),
            .over_i         (over_q[e]),
            .c_o            (cell_new[e*16 +: 16]),
            .h_o            (h_new[e*8 +: 8])
        );
      end else begin : g_at_once
        lac_lstm_cell #(
            .AccWidth  (AccWidth),
            .CellNorm  (CellNorm),
            .ParamWidth(ParamWidth)
        ) pipeline (
            .clk_i          (clk_i),
            .en_i           (en),
            .cfg_pre_shift_i(cfg_pre_shift_i),
            .cfg_cell_frac_i(cfg_cell_frac_i),
            .cfg_threshold_i(cfg_threshold_i),
            .cfg_norm_shift_i(cfg_norm_shift_i),
            .acc_x_i        (acc_x),
            .acc_h_i        (acc_h),
            .param_i        (param),
            .c_i            (c_old),
            .over_i         (over_q[e]),
            .c_o            (cell_new[e*16 +: 16]),
            .h_o            (h_new[e*8 +: 8])
        );
      end
    end
  endgenerate

  assign y_valid_o = y_valid;
  assign y_data_o  = {out_last, out_unit, out_group, cell_new, h_new};
  assign done_o    = out_fire && out_final;

  assign h_valid_o = out_fire || init_fire;
  assign h_last_o  = init_fire ? last_i : out_last;
  assign h_unit_o  = init_fire ? unit_i : out_unit;
  assign h_group_o = init_fire ? group_i : out_group;
  assign h_o       = init_fire ? init_data_i[EwWidth*8-1:0] : h_new;
endmodule

`default_nettype wire
