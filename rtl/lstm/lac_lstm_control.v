// SPDX-License-Identifier: Apache-2.0
// Sequence control: how many steps, which streams are over, when the engine is busy.
//
// A start carries {use_init, length of stream Batch-1 .. 0}; a sequence has as many steps as its longest stream. A stream is over from the
// step that equals its length. A start without any step is accepted and does nothing.
`default_nettype none

module lac_lstm_control #(
    parameter Batch      = 8,  // streams
    parameter EwWidth    = 2,  // streams of a group
    parameter GroupWidth = 2   // bits of a group's number
) (
    input  wire                  clk_i,
    input  wire                  rst_ni,
    input  wire                  start_valid_i,
    output wire                  start_ready_o,
    input  wire [Batch*16:0]     start_data_i,
    output wire                  start_o,        // a sequence of at least one step begins
    output wire [15:0]           steps_o,        // with start_o: its steps
    output wire                  use_init_o,     // with start_o: it has an initial state
    output wire                  empty_state_o,  // one cycle after a start without an initial state
    input  wire                  step_end_i,     // the drain has visited the last unit of a step
    input  wire                  done_i,         // the last beat of y has been taken
    input  wire [GroupWidth-1:0] group_i,
    output wire [EwWidth-1:0]    over_o,         // streams of the group that are over
    output wire                  cell_zero_o,    // first step without an initial state: c counts as zero
    output wire                  final_step_o,
    output wire                  busy_o
);
  reg                busy_q, started_q, use_init_q;
  reg [Batch*16-1:0] lengths_q;
  reg [15:0]         steps_q, step_q;

  reg [15:0] longest;
  integer s;
  always @* begin
    longest = 16'd0;
    for (s = 0; s < Batch; s = s + 1)
      if (start_data_i[s*16 +: 16] > longest) longest = start_data_i[s*16 +: 16];
  end

  wire [Batch-1:0] over;
  genvar b;
  generate
    for (b = 0; b < Batch; b = b + 1) begin : g_over
      assign over[b] = step_q >= lengths_q[b*16 +: 16];
    end
    if (Batch == EwWidth) begin : g_one_group
      assign over_o = over;
      wire unused_group = |group_i;
    end else begin : g_groups
      assign over_o = over[group_i*EwWidth +: EwWidth];
    end
  endgenerate

  assign start_ready_o = !busy_q;
  assign start_o       = start_valid_i && start_ready_o && longest != 16'd0;
  assign steps_o       = longest;
  assign use_init_o    = start_data_i[Batch*16];
  assign empty_state_o = started_q && !use_init_q;
  assign cell_zero_o   = step_q == 16'd0 && !use_init_q;
  assign final_step_o  = step_q + 16'd1 == steps_q;
  assign busy_o        = busy_q;

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      busy_q    <= 1'b0;
      started_q <= 1'b0;
    end else begin
      started_q <= start_o;
      if (start_o) busy_q <= 1'b1;
      else if (done_i) busy_q <= 1'b0;
    end
    if (start_o) begin
      use_init_q <= use_init_o;
      lengths_q  <= start_data_i[Batch*16-1:0];
      steps_q    <= longest;
      step_q     <= 16'd0;
    end else if (step_end_i) begin
      step_q <= step_q + 16'd1;
    end
  end
endmodule

`default_nettype wire
