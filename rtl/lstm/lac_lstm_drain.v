// SPDX-License-Identifier: Apache-2.0
// Drain: walks the sums of a finished block, unit by unit, in groups of EwWidth streams.
//
// For each word it loads the array's chains with the word's sums, then shifts them, so that one (unit, group) a cycle reaches the head.
// Units past the layer's last one are not visited. Before the first step the same walk takes the initial state from its
// port instead. What a visit needs from memories is asked for in its cycle and comes with the chain's head in the next.
`default_nettype none

module lac_lstm_drain #(
    parameter Slots      = 6,   // units in a word
    parameter Groups     = 4,   // Batch / EwWidth
    parameter UnitWidth  = 10,  // bits of a unit's number
    parameter GroupWidth = 2,   // bits of a group's number
    parameter BlockWidth = 5,   // bits of a block's number of words
    parameter WordAddr   = 4    // bits of a word's number in its block
) (
    input  wire                  clk_i,
    input  wire                  rst_ni,
    input  wire                  start_i,        // begins a sequence
    input  wire                  init_i,         // with start_i: walk the initial state first
    input  wire [15:0]           cfg_units_i,
    input  wire                  en_i,           // the element-wise unit moves
    input  wire                  init_valid_i,   // a beat of the initial state is there
    output wire                  init_ready_o,
    // finished blocks {bank, x used, h used, words}
    input  wire                  block_i,
    input  wire [BlockWidth+2:0] block_data_i,
    output wire                  bank_free_o,
    // the array
    output wire                  shift_o,        // the chains move ...
    output wire                  load_o,         // ... by taking the sums of drain_addr_o
    output wire [WordAddr:0]     drain_addr_o,   // {bank, word}
    // this visit
    output wire                  visit_o,
    output wire [UnitWidth-1:0]  unit_o,
    output wire [GroupWidth-1:0] group_o,
    output wire                  last_o,         // last visit of the step
    // in the cycle of the chain's head: whether the block had columns of x, of h
    output reg                   x_used_o,
    output reg                   h_used_o
);
  localparam SlotWidth    = (Slots > 1) ? $clog2(Slots) : 1;
  localparam LastGroupInt = Groups - 1;
  localparam LastSlotInt  = Slots - 1;
  localparam [GroupWidth-1:0] LastGroup = LastGroupInt[GroupWidth-1:0];
  localparam [SlotWidth-1:0]  LastSlot  = LastSlotInt[SlotWidth-1:0];

  reg                  init_q, active_q;
  reg                  bank_q, x_used_q, h_used_q;
  reg [BlockWidth-1:0] words_q, word_q;
  reg [SlotWidth-1:0]  slot_q;
  reg [GroupWidth-1:0] group_q;
  reg [15:0]           unit_q;

  // A bank is free once its last sums are loaded, before the block's last visit: two blocks can wait, one for each bank.
  wire                  waiting;
  wire [BlockWidth+2:0] waiting_data;
  wire                  take;
  lac_fifo #(
      .Width    (BlockWidth + 3),
      .DepthLog2(1)
  ) blocks (
      .clk_i      (clk_i),
      .rst_ni     (rst_ni),
      .push_i     (block_i),
      .push_data_i(block_data_i),
      .valid_o    (waiting),
      .data_o     (waiting_data),
      .pop_i      (take)
  );
  assign take = waiting && !active_q && !init_q;

  wire last_group = group_q == LastGroup;
  wire last_unit  = unit_q + 16'd1 == cfg_units_i;
  wire unit_end   = visit_o && last_group;
  wire word_end   = unit_end && (slot_q == LastSlot || last_unit);
  wire last_word  = word_q + 1'b1 == words_q;

  assign init_ready_o = init_q;
  assign visit_o      = active_q ? en_i : (init_q && init_valid_i);
  assign unit_o       = unit_q[UnitWidth-1:0];
  assign group_o      = group_q;
  assign last_o       = last_unit && last_group;
  assign shift_o      = active_q && en_i;
  assign load_o       = slot_q == {SlotWidth{1'b0}} && group_q == {GroupWidth{1'b0}};
  assign drain_addr_o = {bank_q, word_q[WordAddr-1:0]};
  assign bank_free_o  = shift_o && load_o && last_word;

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      init_q   <= 1'b0;
      active_q <= 1'b0;
    end else begin
      if (start_i) init_q <= init_i;
      else if (visit_o && last_o) init_q <= 1'b0;
      if (take) active_q <= 1'b1;
      else if (word_end && last_word) active_q <= 1'b0;
    end
    if (take) {bank_q, x_used_q, h_used_q, words_q} <= waiting_data;

    if (start_i) begin
      unit_q  <= 16'd0;
      slot_q  <= {SlotWidth{1'b0}};
      group_q <= {GroupWidth{1'b0}};
    end else if (visit_o) begin
      group_q <= last_group ? {GroupWidth{1'b0}} : group_q + 1'b1;
      if (word_end) slot_q <= {SlotWidth{1'b0}};
      else if (last_group) slot_q <= slot_q + 1'b1;
      if (last_group) unit_q <= last_unit ? 16'd0 : unit_q + 16'd1;
    end
    if (take) word_q <= {BlockWidth{1'b0}};
    else if (word_end) word_q <= word_q + 1'b1;

    if (en_i) begin
      x_used_o <= x_used_q;
      h_used_o <= h_used_q;
    end
  end
endmodule

`default_nettype wire
