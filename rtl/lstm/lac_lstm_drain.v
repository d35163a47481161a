// SPDX-License-Identifier: Apache-2.0
// Drain: walks the sums of a finished block in the order of the element-wise unit.
//
// For each word, for each group of EwWidth streams: loads the lanes' sums into the chain, then shifts it once a unit, so that one
// (unit, group) a cycle reaches the chain's head. Units past the layer's last one are not visited. Before the first step the same
// walk takes the initial state from its port instead (init_i).
//
// The tag of a visit {last, group, slot, unit} is registered: it belongs to the chain's head in the cycle after.
`default_nettype none

module lac_lstm_drain #(
    parameter Slots      = 6,   // units in a word
    parameter Groups     = 4,   // Batch / EwWidth
    parameter UnitWidth  = 10,  // bits of a unit's number
    parameter SlotWidth  = 3,   // bits of a slot's number
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
    // finished blocks {last block, bank, x used, h used, words}
    input  wire                  block_i,
    input  wire [BlockWidth+3:0] block_data_i,
    output wire                  bank_free_o,
    // the lanes
    output wire                  load_o,
    output wire                  shift_o,        // moves the chain; with load_o: loads it
    output wire [WordAddr:0]     drain_addr_o,   // {bank, word}
    // this visit, for the memories that answer in the next cycle
    output wire                  visit_o,
    output wire [UnitWidth-1:0]  unit_o,
    output wire [GroupWidth-1:0] group_o,
    output wire [SlotWidth-1:0]  slot_o,
    output wire                  last_o,         // last visit of the step
    // which sums the block has: those of x, of h, in the cycle of the chain's head
    output reg                   x_used_o,
    output reg                   h_used_o
);
  reg                  init_q;
  reg                  active_q;
  reg                  last_block_q, bank_q, x_used_q, h_used_q;
  reg [BlockWidth-1:0] words_q;
  reg [BlockWidth-1:0] word_q;
  reg [GroupWidth-1:0] group_q;
  reg [SlotWidth-1:0]  slot_q;
  reg [15:0]           base_q;  // first unit of the word

  localparam LastGroupInt = Groups - 1;
  localparam LastSlotInt  = Slots - 1;
  localparam [GroupWidth-1:0] LastGroup = LastGroupInt[GroupWidth-1:0];
  localparam [SlotWidth-1:0]  LastSlot  = LastSlotInt[SlotWidth-1:0];
  localparam [15:0]           SlotStep  = Slots[15:0];

  // A bank is free once its last sums are loaded, before the block's last visit: two blocks can wait, one for each bank.
  wire                  waiting;
  wire [BlockWidth+3:0] waiting_data;
  lac_fifo #(
      .Width    (BlockWidth + 4),
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

  wire [15:0] unit       = base_q + {{(16-SlotWidth){1'b0}}, slot_q};
  wire        last_slot  = slot_q == LastSlot || unit + 16'd1 == cfg_units_i;
  wire        last_group = group_q == LastGroup;
  wire        last_word  = word_q + 1'b1 == words_q;
  wire        last_unit  = unit + 16'd1 == cfg_units_i;
  wire        visit      = active_q ? en_i : (init_q && init_valid_i);
  wire        block_end  = active_q && visit && last_slot && last_group && last_word;
  wire        take       = waiting && !active_q && !init_q;

  assign init_ready_o = init_q;
  assign load_o       = slot_q == {SlotWidth{1'b0}};
  assign shift_o      = active_q && en_i;
  assign drain_addr_o = {bank_q, word_q[WordAddr-1:0]};
  assign visit_o      = visit;
  assign unit_o       = unit[UnitWidth-1:0];
  assign group_o      = group_q;
  assign slot_o       = slot_q;
  assign last_o       = last_unit && last_group && (init_q || last_block_q);
  // The last load reads the last sums of the bank; what follows only shifts the chain.
  assign bank_free_o  = shift_o && load_o && last_group && last_word;

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      init_q   <= 1'b0;
      active_q <= 1'b0;
    end else begin
      if (start_i) init_q <= init_i;
      else if (init_q && visit && last_unit && last_group) init_q <= 1'b0;
      if (take) active_q <= 1'b1;
      else if (block_end) active_q <= 1'b0;
    end
    if (take) {last_block_q, bank_q, x_used_q, h_used_q, words_q} <= waiting_data;

    if (start_i) begin
      base_q  <= 16'd0;
      slot_q  <= {SlotWidth{1'b0}};
      group_q <= {GroupWidth{1'b0}};
    end else if (visit) begin
      slot_q <= last_slot ? {SlotWidth{1'b0}} : slot_q + 1'b1;
      if (last_slot) group_q <= last_group ? {GroupWidth{1'b0}} : group_q + 1'b1;
      if (last_slot && last_group) base_q <= last_unit ? 16'd0 : base_q + SlotStep;
    end
    if (take) word_q <= {BlockWidth{1'b0}};
    else if (visit && last_slot && last_group) word_q <= word_q + 1'b1;

    if (en_i) begin
      x_used_o <= x_used_q;
      h_used_o <= h_used_q;
    end
  end
endmodule

`default_nettype wire
