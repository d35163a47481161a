// SPDX-License-Identifier: Apache-2.0
// Look-ahead over a connection mask: lists the connections that exist, one a cycle, so that missing ones cost no time (ours).
//
// The register looks at Steps inputs a cycle and puts those that exist, as a chunk of bits with its first input, into a queue; the
// other side takes the lowest bit of the front chunk each cycle. Chunks without a connection are left out, but for the image's last
// one. On average Steps (1 - p) connections come in a cycle and one goes, so the queue rarely runs dry for Steps >= 2 / (1 - p). The
// mask is the same for every image: after the last chunk the register begins again from its seed, ahead of the image.
`default_nettype none

module lac_fc_ahead #(
    parameter LfsrBits   = 10,
    parameter AllStates  = 1,
    parameter Steps      = 16,  // inputs looked at in a cycle
    parameter FifoLog2   = 2,   // 2^FifoLog2 chunks wait at most
    parameter IndexWidth = 10   // bits of an input's number
) (
    input  wire                  clk_i,
    input  wire                  rst_ni,
    input  wire                  run_i,        // low: waits with its seed loaded
    input  wire [LfsrBits-1:0]   seed_i,
    input  wire [LfsrBits-1:0]   threshold_i,
    input  wire [IndexWidth-1:0] last_input_i, // number of the layer's last input
    output wire                  valid_o,      // the front of the list; exists_o low: the image ends without a connection
    output wire                  exists_o,
    output wire                  last_o,       // the image's last
    output wire [IndexWidth-1:0] index_o,
    input  wire                  next_i
);
  localparam EntryWidth = IndexWidth + 1 + Steps;

  // ---- producer: a chunk a cycle
  reg  [IndexWidth-1:0] base_q;
  reg  [FifoLog2:0]     room_q;
  wire [Steps-1:0]      exists;
  wire                  last_chunk = {1'b0, last_input_i} < {1'b0, base_q} + Steps[IndexWidth:0];
  wire [Steps-1:0]      in_layer;
  wire [Steps-1:0]      chunk = exists & in_layer;
  wire                  step  = run_i && room_q != {(FifoLog2+1){1'b0}};
  wire                  push  = step && (chunk != {Steps{1'b0}} || last_chunk);
  wire                  pop;

  genvar j;
  generate
    if (Steps > (1 << IndexWidth) || FifoLog2 < 1) begin : g_check
      lac_fc_ahead_ahead_or_fifolog2_out_of_range fault ();
    end
    for (j = 0; j < Steps; j = j + 1) begin : g_inside
      assign in_layer[j] = {1'b0, base_q} + j[IndexWidth:0] <= {1'b0, last_input_i};
    end
  endgenerate

  lac_lfsr #(
      .Bits     (LfsrBits),
      .AllStates(AllStates),
      .Steps    (Steps)
  ) lfsr (
      .clk_i      (clk_i),
      .load_i     (!rst_ni || !run_i || (step && last_chunk)),
      .seed_i     (seed_i),
      .step_i     (step),
      .threshold_i(threshold_i),
      .exists_o   (exists)
  );

  always @(posedge clk_i) begin
    if (!rst_ni || !run_i || (step && last_chunk)) base_q <= {IndexWidth{1'b0}};
    else if (step) base_q <= base_q + Steps[IndexWidth-1:0];
    if (!rst_ni || !run_i) room_q <= {1'b1, {FifoLog2{1'b0}}};
    else if (push && !pop) room_q <= room_q - 1'b1;
    else if (pop && !push) room_q <= room_q + 1'b1;
  end

  wire                  waiting;
  wire [EntryWidth-1:0] waiting_chunk;
  lac_fifo #(
      .Width    (EntryWidth),
      .DepthLog2(FifoLog2)
  ) queue (
      .clk_i      (clk_i),
      .rst_ni     (rst_ni && run_i),
      .push_i     (push),
      .push_data_i({base_q, last_chunk, chunk}),
      .valid_o    (waiting),
      .data_o     (waiting_chunk),
      .pop_i      (pop)
  );

  // ---- consumer: a connection a cycle
  reg                   front_valid_q, front_last_q;
  reg  [IndexWidth-1:0] front_base_q;
  reg  [Steps-1:0]      front_q;
  wire [Steps-1:0]      rest = front_q & (front_q - 1'b1);  // without its lowest bit
  wire                  done = next_i && rest == {Steps{1'b0}};
  assign pop = waiting && (!front_valid_q || done);

  integer               at;
  reg  [IndexWidth-1:0] place;
  always @(*) begin
    place = {IndexWidth{1'b0}};
    for (at = Steps - 1; at >= 0; at = at - 1) if (front_q[at]) place = at[IndexWidth-1:0];
  end

  always @(posedge clk_i) begin
    if (!rst_ni || !run_i) front_valid_q <= 1'b0;
    else if (pop) front_valid_q <= 1'b1;
    else if (done) front_valid_q <= 1'b0;
    if (pop) {front_base_q, front_last_q, front_q} <= waiting_chunk;
    else if (next_i) front_q <= rest;
  end

  assign valid_o  = front_valid_q;
  assign exists_o = front_q != {Steps{1'b0}};
  assign last_o   = front_last_q && rest == {Steps{1'b0}};
  assign index_o  = front_base_q + place;
endmodule

`default_nettype wire
