// SPDX-License-Identifier: Apache-2.0
// Memory behind an AXI4 read channel whose contents come with the bitstream: weights and records of a shell on a device that holds them all.
//
// Takes bursts of whole beats with ascending addresses (INCR, ARSIZE = a beat); everything else is answered SLVERR, a beat beyond the memory
// DECERR, both with as many beats as were asked for. Data comes two cycles after its command, a beat a cycle, in the order of the commands.
`default_nettype none

module lac_axi_rom #(
    parameter Width     = 256,   // bits of a beat, a power of two of at least 16
    parameter Depth     = 1024,  // beats
    parameter Base      = 0,     // byte address of the first
    parameter InitFile  = "",    // contents as $readmemh takes them, a beat a line
    parameter AddrWidth = 32,    // bits of a byte address
    parameter IdWidth   = 1
) (
    input  wire                 clk_i,
    input  wire                 rst_ni,
    input  wire [IdWidth-1:0]   s_axi_arid,
    input  wire [AddrWidth-1:0] s_axi_araddr,
    input  wire [7:0]           s_axi_arlen,
    input  wire [2:0]           s_axi_arsize,
    input  wire [1:0]           s_axi_arburst,
    input  wire                 s_axi_arvalid,
    output wire                 s_axi_arready,
    output wire [IdWidth-1:0]   s_axi_rid,
    output wire [Width-1:0]     s_axi_rdata,
    output wire [1:0]           s_axi_rresp,
    output wire                 s_axi_rlast,
    output wire                 s_axi_rvalid,
    input  wire                 s_axi_rready
);
  localparam ByteLog2  = $clog2(Width / 8);
  localparam WordWidth = AddrWidth - ByteLog2;  // bits of a beat's number
  localparam RamWidth  = (Depth > 1) ? $clog2(Depth) : 1;

  generate
    if (Width < 16 || (8 << ByteLog2) != Width) begin : g_width
      lac_axi_rom_width_must_be_a_power_of_two fault ();
    end
    if (Base % (Width / 8) != 0) begin : g_base
      lac_axi_rom_base_must_be_a_multiple_of_a_beat fault ();
    end
    if (RamWidth > WordWidth) begin : g_depth
      lac_axi_rom_depth_beyond_the_addresses fault ();
    end
  endgenerate

  localparam [1:0]           Okay = 2'b00, SlaveError = 2'b10, DecodeError = 2'b11, Increasing = 2'b01;
  localparam [AddrWidth-1:0] First = Base;
  localparam [WordWidth:0]   Words = Depth;

  // ---- the burst that is being read: one beat a cycle, unless the one before is still waited for
  reg                  busy_q, bad_q;
  reg                  held_q;  // a command waits: arready may not depend on rready of the same cycle
  reg  [AddrWidth-1:0] held_addr_q;
  reg  [7:0]           held_len_q;
  reg  [IdWidth-1:0]   held_id_q;
  reg                  held_bad_q;
  reg  [WordWidth-1:0] word_q;  // from the memory's first beat on
  reg  [7:0]           left_q;
  reg  [IdWidth-1:0]   id_q;
  reg                  valid_q, last_q;
  reg  [1:0]           resp_q;
  reg  [IdWidth-1:0]   rid_q;

  wire                  issue   = busy_q && (!valid_q || s_axi_rready);
  wire                  take    = s_axi_arvalid && s_axi_arready;
  wire                  free    = !busy_q || (issue && left_q == 8'd0);
  wire                  begins  = free && (held_q || take);
  wire [AddrWidth-1:0]  addr    = held_q ? held_addr_q : s_axi_araddr;
  wire [AddrWidth-1:0]  offset  = addr - First;
  wire                  aligned = s_axi_araddr[ByteLog2-1:0] == {ByteLog2{1'b0}};
  wire                  bad     = s_axi_arburst != Increasing || {29'd0, s_axi_arsize} != ByteLog2 || !aligned;
  wire                  unused  = |offset[ByteLog2-1:0];
  wire                  beyond  = {1'b0, word_q} >= Words;
  assign s_axi_arready = !held_q;
  assign s_axi_rvalid  = valid_q;
  assign s_axi_rlast   = last_q;
  assign s_axi_rresp   = resp_q;
  assign s_axi_rid     = rid_q;

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      busy_q  <= 1'b0;
      held_q  <= 1'b0;
      valid_q <= 1'b0;
    end else begin
      if (begins) busy_q <= 1'b1;
      else if (free) busy_q <= 1'b0;
      if (take && !free) held_q <= 1'b1;
      else if (free) held_q <= 1'b0;
      if (issue) valid_q <= 1'b1;
      else if (s_axi_rready) valid_q <= 1'b0;
    end
    if (take) begin
      held_addr_q <= s_axi_araddr;
      held_len_q  <= s_axi_arlen;
      held_id_q   <= s_axi_arid;
      held_bad_q  <= bad;
    end
    if (begins) begin
      word_q <= offset[AddrWidth-1:ByteLog2];
      left_q <= held_q ? held_len_q : s_axi_arlen;
      id_q   <= held_q ? held_id_q : s_axi_arid;
      bad_q  <= held_q ? held_bad_q : bad;
    end else if (issue) begin
      word_q <= word_q + 1'b1;
      left_q <= left_q - 8'd1;
    end
    if (issue) begin
      last_q <= left_q == 8'd0;
      resp_q <= bad_q ? SlaveError : beyond ? DecodeError : Okay;
      rid_q  <= id_q;
    end
  end

  lac_ram #(
      .Width    (Width),
      .Depth    (Depth),
      .AddrWidth(RamWidth),
      .InitFile (InitFile)
  ) contents (
      .clk_i       (clk_i),
      .write_en_i  (1'b0),
      .write_addr_i({RamWidth{1'b0}}),
      .write_data_i({Width{1'b0}}),
      .read_en_i   (issue),
      .read_addr_i (word_q[RamWidth-1:0]),
      .read_data_o (s_axi_rdata)
  );
endmodule

`default_nettype wire
