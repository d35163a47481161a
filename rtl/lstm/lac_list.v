// SPDX-License-Identifier: Apache-2.0
// A list of columns in two banks: one is read, again for each block, while the next step's is written.
//
// A beat of the write side is {last, keep, entry}: an entry is stored if keep; last closes the list. Entries can be read from the
// cycle after they were written: count_o grows while the list is still open, closed_o says that it will grow no more. A read
// gives its entry in the next cycle and holds it while read_en_i is low. free_i gives the read bank back to the writer.
`default_nettype none

module lac_list #(
    parameter EntryWidth = 74,   // bits of an entry
    parameter Entries    = 1024, // entries of a list at most
    parameter CountWidth = 11    // bits of a count, clog2(Entries + 1)
) (
    input  wire                  clk_i,
    input  wire                  rst_ni,
    input  wire                  clear_i,  // drops both banks
    input  wire                  write_valid_i,
    output wire                  write_ready_o,
    input  wire [EntryWidth+1:0] write_data_i,
    output wire [CountWidth-1:0] count_o,
    output wire                  closed_o,
    input  wire                  read_en_i,
    input  wire [CountWidth-1:0] read_index_i,
    output wire [EntryWidth-1:0] entry_o,
    input  wire                  free_i
);
  localparam BankWidth = (Entries > 1) ? $clog2(Entries) : 1;
  localparam AddrWidth = BankWidth + 1;

  reg [CountWidth-1:0] count0_q, count1_q;
  reg [1:0]            closed_q;
  reg                  write_bank_q, read_bank_q;

  wire last  = write_data_i[EntryWidth+1];
  wire keep  = write_data_i[EntryWidth];
  wire write = write_valid_i && write_ready_o;
  wire [CountWidth-1:0] write_count = write_bank_q ? count1_q : count0_q;
  // A count reaches Entries, an address does not.
  wire unused_count = |{write_count, read_index_i};

  assign write_ready_o = !closed_q[write_bank_q];
  assign count_o       = read_bank_q ? count1_q : count0_q;
  assign closed_o      = closed_q[read_bank_q];

  always @(posedge clk_i) begin
    if (!rst_ni || clear_i) begin
      count0_q     <= {CountWidth{1'b0}};
      count1_q     <= {CountWidth{1'b0}};
      closed_q     <= 2'b00;
      write_bank_q <= 1'b0;
      read_bank_q  <= 1'b0;
    end else begin
      if (write && keep && !write_bank_q) count0_q <= count0_q + 1'b1;
      if (write && keep && write_bank_q) count1_q <= count1_q + 1'b1;
      if (write && last) begin
        closed_q[write_bank_q] <= 1'b1;
        write_bank_q           <= !write_bank_q;
      end
      if (free_i) begin
        closed_q[read_bank_q] <= 1'b0;
        read_bank_q           <= !read_bank_q;
        if (read_bank_q) count1_q <= {CountWidth{1'b0}};
        else count0_q <= {CountWidth{1'b0}};
      end
    end
  end

  lac_ram #(
      .Width    (EntryWidth),
      .Depth    (2 << BankWidth),
      .AddrWidth(AddrWidth)
  ) ram (
      .clk_i       (clk_i),
      .write_en_i  (write && keep),
      .write_addr_i({write_bank_q, write_count[BankWidth-1:0]}),
      .write_data_i(write_data_i[EntryWidth-1:0]),
      .read_en_i   (read_en_i),
      .read_addr_i ({read_bank_q, read_index_i[BankWidth-1:0]}),
      .read_data_o (entry_o)
  );
endmodule

`default_nettype wire
