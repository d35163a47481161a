// SPDX-License-Identifier: Apache-2.0
// Memory with one write port and one registered read port.
//
// read_data_o is the word at read_addr_i of the last cycle in which read_en_i was high; it holds while read_en_i is low. A read
// of the word that is written in the same cycle gives the old word.
`default_nettype none

module lac_ram #(
    parameter Width     = 8,   // bits of a word
    parameter Depth     = 16,  // words
    parameter AddrWidth = 4,   // bits of an address, at least clog2(Depth)
    parameter InitFile  = ""   // first contents as $readmemh takes them; none: undefined
) (
    input  wire                 clk_i,
    input  wire                 write_en_i,
    input  wire [AddrWidth-1:0] write_addr_i,
    input  wire [Width-1:0]     write_data_i,
    input  wire                 read_en_i,
    input  wire [AddrWidth-1:0] read_addr_i,
    output wire [Width-1:0]     read_data_o
);
  generate
    if ((1 << AddrWidth) < Depth) begin : g_check
      lac_ram_address_too_narrow fault ();
    end
  endgenerate

  reg [Width-1:0] memory [0:Depth-1];
  reg [Width-1:0] read_data_q;

  always @(posedge clk_i) begin
    if (write_en_i) memory[write_addr_i] <= write_data_i;
    if (read_en_i) read_data_q <= memory[read_addr_i];
  end

  generate
    if (InitFile != "") begin : g_init
      initial $readmemh(InitFile, memory);
    end
  endgenerate

  assign read_data_o = read_data_q;
endmodule

`default_nettype wire
