// SPDX-License-Identifier: Apache-2.0
// AXI4-Stream into an engine: the beats of a stream put together to beats of the engine, lowest bits first.
//
// A beat of the engine is ceil(BeatWidth / StreamWidth) beats of the stream. While run_i is high one packet is taken, to its TLAST. If a
// run ends in the middle of a packet the rest of it is taken and dropped, at whatever time it comes, to its TLAST or to clear_i.
`default_nettype none

module lac_axis_in #(
    parameter StreamWidth = 64,  // bits of a beat of the stream, a multiple of 8
    parameter BeatWidth   = 76   // bits of a beat of the engine
) (
    input  wire                   clk_i,
    input  wire                   rst_ni,
    input  wire                   run_i,
    input  wire                   clear_i,     // for a cycle: the rest of a packet does not come any more
    input  wire [StreamWidth-1:0] s_axis_tdata,
    input  wire                   s_axis_tlast,
    input  wire                   s_axis_tvalid,
    output wire                   s_axis_tready,
    output wire                   beat_valid_o,
    input  wire                   beat_ready_i,
    output wire [BeatWidth-1:0]   beat_data_o,
    output wire                   open_o,      // in the middle of a packet
    output wire                   cut_o,       // for a cycle: TLAST in the middle of a beat of the engine
    output wire                   all_o,       // a whole packet was taken, and by the engine too
    output wire                   dropping_o
);
  localparam Parts      = (BeatWidth + StreamWidth - 1) / StreamWidth;
  localparam PartWidth  = (Parts > 1) ? $clog2(Parts) : 1;
  localparam LastPart   = Parts - 1;

  generate
    if (StreamWidth < 8 || StreamWidth > 1024 || StreamWidth % 8 != 0) begin : g_width
      lac_axis_streamwidth_must_be_a_multiple_of_8_up_to_1024 fault ();
    end
  endgenerate

  reg  [Parts*StreamWidth-1:0] data_q;
  reg  [PartWidth-1:0]         part_q;
  reg                          full_q, open_q, ended_q, dropping_q;
  wire                         taking = run_i && !ended_q && !dropping_q && (!full_q || beat_ready_i);
  wire                         take   = s_axis_tvalid && taking;
  wire                         last   = part_q == LastPart[PartWidth-1:0];
  wire                         drop   = s_axis_tvalid && dropping_q;
  wire                         unused_part = ^data_q;
  integer                      p;

  assign s_axis_tready = taking || dropping_q;
  assign beat_valid_o  = full_q && run_i;
  assign beat_data_o   = data_q[BeatWidth-1:0];
  assign open_o        = open_q;
  assign cut_o         = take && s_axis_tlast && !last;
  assign all_o         = ended_q && !full_q;
  assign dropping_o    = dropping_q;

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      part_q     <= {PartWidth{1'b0}};
      full_q     <= 1'b0;
      open_q     <= 1'b0;
      ended_q    <= 1'b0;
      dropping_q <= 1'b0;
    end else begin
      if (!run_i) part_q <= {PartWidth{1'b0}};
      else if (take) part_q <= last ? {PartWidth{1'b0}} : part_q + 1'b1;
      if (!run_i) full_q <= 1'b0;
      else if (take && last) full_q <= 1'b1;
      else if (beat_ready_i) full_q <= 1'b0;
      if (!run_i) ended_q <= 1'b0;
      else if (take && s_axis_tlast) ended_q <= 1'b1;
      if (take) open_q <= !s_axis_tlast;
      else if (!run_i) open_q <= 1'b0;
      if (clear_i && dropping_q) dropping_q <= 1'b0;
      else if (!run_i && open_q) dropping_q <= 1'b1;
      else if (drop && s_axis_tlast) dropping_q <= 1'b0;
    end
    for (p = 0; p < Parts; p = p + 1) begin
      if (take && part_q == p[PartWidth-1:0]) data_q[p*StreamWidth +: StreamWidth] <= s_axis_tdata;
    end
  end
endmodule

`default_nettype wire
