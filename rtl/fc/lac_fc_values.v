// SPDX-License-Identifier: Apache-2.0
// Activation memory: two banks of an image each, written Lanes activations a beat, read one a cycle.
//
// An engine that skips has one of these for each group, because every group is at another input.
`default_nettype none

module lac_fc_values #(
    parameter Lanes      = 16,  // activations a beat, a power of two
    parameter Words      = 64,  // beats of an image at most, a power of two
    parameter IndexWidth = 10,  // bits of an input's number: log2 (Lanes x Words)
    // Derived; not to be set.
    parameter LanesLog2  = $clog2(Lanes),
    parameter WordWidth  = IndexWidth - LanesLog2
) (
    input  wire                  clk_i,
    input  wire                  write_en_i,
    input  wire                  write_bank_i,
    input  wire [WordWidth-1:0]  write_word_i,    // number of the beat
    input  wire [Lanes*8-1:0]    write_data_i,
    input  wire                  read_en_i,
    input  wire                  read_bank_i,
    input  wire [IndexWidth-1:0] read_index_i,
    output wire [7:0]            value_o         // a cycle later
);
  wire [Lanes*8-1:0]   word;
  reg  [LanesLog2-1:0] place_q;

  lac_ram #(
      .Width    (Lanes * 8),
      .Depth    (2 * Words),
      .AddrWidth(WordWidth + 1)
  ) banks (
      .clk_i       (clk_i),
      .write_en_i  (write_en_i),
      .write_addr_i({write_bank_i, write_word_i}),
      .write_data_i(write_data_i),
      .read_en_i   (read_en_i),
      .read_addr_i ({read_bank_i, read_index_i[IndexWidth-1:LanesLog2]}),
      .read_data_o (word)
  );

  always @(posedge clk_i) if (read_en_i) place_q <= read_index_i[LanesLog2-1:0];

  assign value_o = word[place_q*8 +: 8];
endmodule

`default_nettype wire
