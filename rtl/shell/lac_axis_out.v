// SPDX-License-Identifier: Apache-2.0
// An engine's beats onto an AXI4-Stream: ceil(BeatWidth / StreamWidth) beats each, lowest bits first, zeros above.
//
// clear_i forgets a beat of the engine but for the one part that is offered: AXI4-Stream wants it to stay until it is taken.
`default_nettype none

module lac_axis_out #(
    parameter StreamWidth = 64,  // bits of a beat of the stream, a multiple of 8
    parameter BeatWidth   = 61   // bits of a beat of the engine
) (
    input  wire                   clk_i,
    input  wire                   rst_ni,
    input  wire                   clear_i,
    output wire                   idle_o,        // nothing is offered
    input  wire                   beat_valid_i,
    output wire                   beat_ready_o,
    input  wire [BeatWidth-1:0]   beat_data_i,
    input  wire                   beat_last_i,   // TLAST on its last part
    output wire [StreamWidth-1:0] m_axis_tdata,
    output wire                   m_axis_tlast,
    output wire                   m_axis_tvalid,
    input  wire                   m_axis_tready
);
  localparam Parts     = (BeatWidth + StreamWidth - 1) / StreamWidth;
  localparam LeftWidth = $clog2(Parts + 1);
  localparam [LeftWidth-1:0] One = 1, All = Parts[LeftWidth-1:0];

  generate
    if (StreamWidth < 8 || StreamWidth > 1024 || StreamWidth % 8 != 0) begin : g_width
      lac_axis_streamwidth_must_be_a_multiple_of_8_up_to_1024 fault ();
    end
  endgenerate

  reg  [Parts*StreamWidth-1:0] data_q;
  reg  [LeftWidth-1:0]         left_q;  // parts
  reg                          last_q;
  wire                         leave = m_axis_tvalid && m_axis_tready;
  wire                         take  = beat_valid_i && beat_ready_o && !clear_i;

  assign idle_o        = left_q == {LeftWidth{1'b0}};
  assign beat_ready_o  = idle_o || (left_q == One && m_axis_tready);
  assign m_axis_tvalid = !idle_o;
  assign m_axis_tdata  = data_q[StreamWidth-1:0];
  assign m_axis_tlast  = last_q && left_q == One;

  always @(posedge clk_i) begin
    if (!rst_ni) left_q <= {LeftWidth{1'b0}};
    else if (take) left_q <= All;
    else if (clear_i) left_q <= (idle_o || leave) ? {LeftWidth{1'b0}} : One;
    else if (leave) left_q <= left_q - 1'b1;
    if (take) last_q <= beat_last_i;
    else if (clear_i && left_q != One) last_q <= 1'b0;
    if (take) data_q <= {{(Parts*StreamWidth-BeatWidth){1'b0}}, beat_data_i};
    else if (leave) data_q <= data_q >> StreamWidth;
  end
endmodule

`default_nettype wire
