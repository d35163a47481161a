// SPDX-License-Identifier: Apache-2.0
// Fetch: walks the lists of kept columns, once for each block, ahead of the weights.
//
// For each block of a step it takes the entries of the x list, then those of the h list, then an end marker. A column becomes a weight
// command and a record for the sequencer; a marker only a record. An entry is taken as soon as the list holds it, so the
// walk begins on the next step's lists while the last block of this step is still being drained.
//
//   address(block, column) = base + block x span + column x stride       column of h = inputs + unit
//
// Three stages: issue (list read), entry (list memory's output), command. A credit for each place in the record queue is taken at
// issue and comes back with pop_i.
`default_nettype none

module lac_lstm_fetch #(
    parameter Batch       = 8,   // streams
    parameter ValueBits   = 8,   // bits of a value
    parameter IndexWidth  = 10,  // bits of a column's index
    parameter CountWidth  = 11,  // bits of a list's count
    parameter BlockWidth  = 5,   // bits of a block's number of words
    parameter WordWidth   = 8,   // bits of the layer's number of words
    parameter CreditsLog2 = 4,   // 2^CreditsLog2 places in the record queue
    parameter AddrWidth   = 32   // bits of a byte address
) (
    input  wire                                       clk_i,
    input  wire                                       rst_ni,
    input  wire                                       start_i,  // one cycle: begins a sequence
    input  wire [15:0]                                steps_i,
    input  wire [15:0]                                cfg_inputs_i,
    input  wire [WordWidth-1:0]                       cfg_words_i,
    input  wire [BlockWidth-1:0]                      cfg_block_words_i,
    input  wire [AddrWidth-1:0]                       cfg_base_i,
    input  wire [15:0]                                cfg_stride_i,
    input  wire [15:0]                                cfg_last_stride_i,
    input  wire [AddrWidth-1:0]                       cfg_span_i,
    // lists
    input  wire [CountWidth-1:0]                      x_count_i,
    input  wire                                       x_closed_i,
    input  wire [IndexWidth+Batch*ValueBits-1:0]      x_entry_i,
    input  wire [CountWidth-1:0]                      h_count_i,
    input  wire                                       h_closed_i,
    input  wire [IndexWidth+Batch*ValueBits-1:0]      h_entry_i,
    output wire                                       read_x_o,
    output wire                                       read_h_o,
    output wire [CountWidth-1:0]                      read_index_o,
    output wire                                       free_o,  // both lists have been walked for the step's last block
    // weight commands
    output wire                                       cmd_valid_o,
    input  wire                                       cmd_ready_i,
    output wire [AddrWidth-1:0]                       cmd_addr_o,
    output wire [BlockWidth-1:0]                      cmd_words_o,
    // records {marker, of h, words, values}
    output wire                                       push_o,
    output wire [Batch*ValueBits+BlockWidth+1:0]      record_o,
    input  wire                                       pop_i
);
  localparam Values = Batch * ValueBits;
  localparam [1:0] WalkX = 2'd0, WalkH = 2'd1, Mark = 2'd2, Idle = 2'd3;

  // ---- issue
  reg [1:0]            phase_q;
  reg [15:0]           steps_q;       // steps left, this one included
  reg [CountWidth-1:0] index_q;
  reg [WordWidth-1:0]  left_q;        // words of the layer not yet in a finished block
  reg [AddrWidth-1:0]  block_base_q;
  reg [CreditsLog2:0]  credits_q;

  wire last_block = left_q <= {{(WordWidth-BlockWidth){1'b0}}, cfg_block_words_i};
  wire [BlockWidth-1:0] words  = last_block ? left_q[BlockWidth-1:0] : cfg_block_words_i;
  wire [15:0]           stride = last_block ? cfg_last_stride_i : cfg_stride_i;

  wire                  of_h    = phase_q == WalkH;
  wire [CountWidth-1:0] count   = of_h ? h_count_i : x_count_i;
  wire                  closed  = of_h ? h_closed_i : x_closed_i;
  wire                  walking = phase_q == WalkX || phase_q == WalkH;
  wire                  known   = walking && index_q < count;
  wire                  marking = phase_q == Mark;

  wire advance;  // the pipeline moves
  wire credit = credits_q != {(CreditsLog2+1){1'b0}};
  wire issue  = advance && credit && (known || marking);
  wire ended  = walking && closed && index_q + {{(CountWidth-1){1'b0}}, issue} == count;

  assign read_x_o     = issue && phase_q == WalkX;
  assign read_h_o     = issue && phase_q == WalkH;
  assign read_index_o = index_q;
  assign free_o       = issue && marking && last_block;

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      phase_q   <= Idle;
      credits_q <= {1'b1, {CreditsLog2{1'b0}}};
    end else begin
      credits_q <= credits_q - {{CreditsLog2{1'b0}}, issue} + {{CreditsLog2{1'b0}}, pop_i};
      if (start_i) phase_q <= WalkX;
      else if (ended) phase_q <= of_h ? Mark : WalkH;
      else if (issue && marking) phase_q <= (last_block && steps_q == 16'd1) ? Idle : WalkX;
    end
    if (start_i || ended) index_q <= {CountWidth{1'b0}};
    else if (issue && walking) index_q <= index_q + 1'b1;
    if (start_i || (issue && marking && last_block)) begin
      left_q       <= cfg_words_i;
      block_base_q <= cfg_base_i;
    end else if (issue && marking) begin
      left_q       <= left_q - {{(WordWidth-BlockWidth){1'b0}}, cfg_block_words_i};
      block_base_q <= block_base_q + cfg_span_i;
    end
    if (start_i) steps_q <= steps_i;
    else if (issue && marking && last_block) steps_q <= steps_q - 16'd1;
  end

  // ---- entry: the list memories answer
  reg                  entry_valid_q, entry_marker_q, entry_h_q;
  reg [BlockWidth-1:0] entry_words_q;
  reg [15:0]           entry_stride_q;
  reg [AddrWidth-1:0]  entry_base_q;

  wire [IndexWidth+Values-1:0] entry = entry_h_q ? h_entry_i : x_entry_i;
  wire [15:0] column = {{(16-IndexWidth){1'b0}}, entry[IndexWidth+Values-1:Values]} + (entry_h_q ? cfg_inputs_i : 16'd0);
  wire [31:0] offset = column * entry_stride_q;

  always @(posedge clk_i) begin
    if (!rst_ni) entry_valid_q <= 1'b0;
    else if (advance) entry_valid_q <= issue;
    if (advance) begin
      entry_marker_q <= marking;
      entry_h_q      <= of_h;
      entry_words_q  <= words;
      entry_stride_q <= stride;
      entry_base_q   <= block_base_q;
    end
  end

  // ---- command
  reg                           command_valid_q;
  reg [AddrWidth-1:0]           command_addr_q;
  reg [Values+BlockWidth+1:0]   record_q;
  wire                          command_marker = record_q[Values+BlockWidth+1];

  always @(posedge clk_i) begin
    if (!rst_ni) command_valid_q <= 1'b0;
    else if (advance) command_valid_q <= entry_valid_q;
    if (advance) begin
      command_addr_q <= entry_base_q + {{(AddrWidth-32){1'b0}}, offset};
      record_q       <= {entry_marker_q, entry_h_q, entry_words_q, entry[Values-1:0]};
    end
  end

  assign cmd_valid_o = command_valid_q && !command_marker;
  assign cmd_addr_o  = command_addr_q;
  assign cmd_words_o = record_q[Values+BlockWidth-1:Values];
  assign advance     = !(cmd_valid_o && !cmd_ready_i);
  assign push_o      = command_valid_q && advance;
  assign record_o    = record_q;
endmodule

`default_nettype wire
