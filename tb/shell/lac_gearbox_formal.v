// SPDX-License-Identifier: Apache-2.0
// What is proven of the gearbox, at beats of 4 bytes and words of 3: its buffer never overflows, a word that is offered stays until it is
// taken, and any byte of any beat that belongs to its command leaves at its place: after all the bytes before it.
//
// inner_* are registers of the design, connected by the proof's script.
`default_nettype none

module lac_gearbox_formal (
    input wire        clk_i,
    input wire        rst_ni,
    input wire        cmd_valid,
    input wire [3:0]  cmd_beats,
    input wire [7:0]  cmd_last,
    input wire        beat_valid,
    input wire [31:0] beat_data,
    input wire        word_ready,
    input wire        mark,     // at any time: the byte of this beat that is followed
    input wire [1:0]  mark_byte
);
  wire        cmd_ready, beat_ready, word_valid, idle, rest;
  wire [23:0] word_data;
  lac_gearbox #(
      .BeatBytes   (4),
      .WordBytes   (3),
      .BeatsWidth  (4),
      .CommandsLog2(1)
  ) dut (
      .clk_i       (clk_i),
      .rst_ni      (rst_ni),
      .cmd_valid_i (cmd_valid),
      .cmd_ready_o (cmd_ready),
      .cmd_beats_i (cmd_beats),
      .cmd_last_i  (cmd_last),
      .beat_valid_i(beat_valid),
      .beat_ready_o(beat_ready),
      .beat_data_i (beat_data),
      .word_valid_o(word_valid),
      .word_ready_i(word_ready),
      .word_data_o (word_data),
      .idle_o      (idle),
      .rest_o      (rest)
  );
  wire [71:0] inner_buffer;  // 9 bytes: a threshold of 5 and a beat
  wire [3:0]  inner_level;
  wire [1:0]  inner_commands, inner_head, inner_tail;
  wire [3:0]  inner_index;
  wire [11:0] inner_memory0, inner_memory1;

  reg past = 1'b0;
  always @(posedge clk_i) begin
    past <= 1'b1;
    if (!past) assume (!rst_ni);
  end
  always @(*) begin
    assume (cmd_beats != 4'd0 && cmd_last >= 8'd1 && cmd_last <= 8'd4);
  end

  // ---- a model of the commands: one that beats come for, and one that waits
  reg  [3:0] beats0, beats1, index;
  reg  [2:0] last0, last1;
  reg  [1:0] commands;
  wire       take  = beat_valid && beat_ready;
  wire       final = index == beats0 - 4'd1;
  wire       pop   = take && final;
  wire       push  = cmd_valid && cmd_ready;
  wire       first = commands == 2'd0 || (commands == 2'd1 && pop);  // what is pushed is the next one
  always @(posedge clk_i) begin
    if (!rst_ni) {commands, index} <= 6'd0;
    else begin
      commands <= commands + push - pop;
      if (take) index <= final ? 4'd0 : index + 4'd1;
    end
    if (pop) {beats0, last0} <= {beats1, last1};
    if (push && first) {beats0, last0} <= {cmd_beats, cmd_last[2:0]};
    if (push && !first) {beats1, last1} <= {cmd_beats, cmd_last[2:0]};
  end
  wire [2:0]  valid_bytes = final ? last0 : 3'd4;
  wire        leave = word_valid && word_ready;
  wire [3:0]  kept = inner_level - (leave ? 4'd3 : 4'd0);
  wire [11:0] model0 = {beats0, 5'd0, last0};
  wire [11:0] model1 = {beats1, 5'd0, last1};

  reg second_q;  // a command has ended within a beat

  // ---- the byte that is followed
  reg        followed;
  reg  [3:0] place;  // bytes before it
  reg  [7:0] value;
  always @(posedge clk_i) begin
    if (!rst_ni) followed <= 1'b0;
    else if (!followed && mark && take && mark_byte < valid_bytes) begin
      followed <= 1'b1;
      place    <= kept + mark_byte;
      value    <= beat_data[mark_byte*8 +: 8];
    end else if (followed && leave) begin
      if (place < 4'd3) followed <= 1'b0;
      place <= place - 4'd3;
    end
  end

  always @(*) begin
    if (past && rst_ni) begin
      buffer_holds_all: assert (inner_level <= 4'd9);
      assert (commands == inner_commands && commands <= 2'd2 && index == inner_index);
      assert (inner_tail - inner_head == commands);
      assert (commands == 2'd0 || ((inner_head[0] ? inner_memory1 : inner_memory0) == model0));
      assert (commands != 2'd2 || ((inner_head[0] ? inner_memory0 : inner_memory1) == model1));
      assert (commands == 2'd0 || (beats0 != 4'd0 && last0 >= 3'd1 && last0 <= 3'd4 && index < beats0));
      assert (commands != 2'd2 || (beats1 != 4'd0 && last1 >= 3'd1 && last1 <= 3'd4));
      assert (commands != 2'd0 || index == 4'd0);
      assert (word_valid == (inner_level >= 4'd3));
      beats_when_there_is_room: assert (beat_ready == (commands != 2'd0 && inner_level <= 4'd5));
      if (followed) begin
        byte_is_below_the_level: assert (place < inner_level);
        byte_is_in_its_place: assert (inner_buffer[place*8 +: 8] == value);
        if (word_valid && place < 4'd3) assert (word_data[place*8 +: 8] == value);
      end
    end
  end
  always @(posedge clk_i) begin
    if (past && rst_ni && $past(rst_ni)) begin
      level_counts_bytes: assert (inner_level == $past(kept) + ($past(take) ? $past(valid_bytes) : 3'd0));
      if ($past(word_valid && !word_ready)) word_stays: assert (word_valid && $stable(word_data));
    end
    // a byte of a second command that leaves in a word of both
    second_q <= rst_ni && (second_q || (pop && last0 != 3'd4));
    if (past && rst_ni) two_commands: cover (second_q && followed && leave && place < 4'd3);
  end
endmodule

`default_nettype wire
