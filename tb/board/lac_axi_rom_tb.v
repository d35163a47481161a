// SPDX-License-Identifier: Apache-2.0
// Reads lac_axi_rom in random bursts, some of a kind it refuses, some before its begin or beyond its end, with pauses on both channels, and
// compares every beat; one that is offered must stay.
// Prints "passed" and the number of beats, or what is wrong.
`default_nettype none

module lac_axi_rom_tb;
  parameter Bursts    = 5000;
  parameter Seed      = 1;
  localparam Width    = 64;
  localparam Depth    = 100;
  localparam Base     = 'h2F00;
  localparam Bytes    = Width / 8;

  reg clk = 1'b0, rst_n = 1'b0;
  always #5 clk = !clk;
  integer seed = Seed;

  reg               arvalid = 1'b0, rready = 1'b0;
  reg  [1:0]        arid, arburst;
  reg  [31:0]       araddr;
  reg  [7:0]        arlen;
  reg  [2:0]        arsize;
  wire              arready, rvalid, rlast;
  wire [1:0]        rid, rresp;
  wire [Width-1:0]  rdata;
  lac_axi_rom #(
      .Width  (Width),
      .Depth  (Depth),
      .Base   (Base),
      .IdWidth(2)
  ) rom (
      .clk_i(clk), .rst_ni(rst_n),
      .s_axi_arid(arid), .s_axi_araddr(araddr), .s_axi_arlen(arlen), .s_axi_arsize(arsize), .s_axi_arburst(arburst),
      .s_axi_arvalid(arvalid), .s_axi_arready(arready),
      .s_axi_rid(rid), .s_axi_rdata(rdata), .s_axi_rresp(rresp), .s_axi_rlast(rlast), .s_axi_rvalid(rvalid), .s_axi_rready(rready)
  );

  function [Width-1:0] word(input integer at);
    word = {32'h9E3779B9 * at, ~at};
  endfunction

  // Expected beats: {checked data, id, resp, last, number}
  reg [37:0] expected [0:1048575];
  integer    written = 0, compared = 0, refused = 0, failures = 0, burst, beat, at;
  integer    start, kind;
  initial begin
    for (at = 0; at < Depth; at = at + 1) rom.contents.memory[at] = word(at);
    repeat (3) @(posedge clk);
    #1 rst_n = 1'b1;
    for (burst = 0; burst < Bursts; burst = burst + 1) begin
      while ($random(seed) % 3 == 0) @(posedge clk);
      start   = $unsigned($random(seed)) % (Depth + 8) - 4;
      #1 arid = $random(seed);
      arlen   = $random(seed) & 15;
      kind    = $random(seed);
      arburst = (kind[3:0] == 4'd0) ? {kind[4], 1'b0} : 2'b01;  // FIXED or WRAP
      arsize  = ($random(seed) & 31) == 0 ? 3'd2 : 3'd3;
      araddr  = Base + start * Bytes + (($random(seed) & 31) == 0 ? 4 : 0);
      arvalid = 1'b1;
      for (beat = 0; beat <= arlen; beat = beat + 1) begin
        if (arburst != 2'b01 || arsize != 3'd3 || araddr[2:0] != 3'd0) expected[written] = {1'b0, arid, 2'b10, beat == arlen, 32'd0};
        else if (start + beat < 0 || start + beat >= Depth) expected[written] = {1'b0, arid, 2'b11, beat == arlen, 32'd0};
        else begin
          expected[written]       = {1'b1, arid, 2'b00, beat == arlen, 32'd0};
          expected[written][31:0] = start + beat;
        end
        written = written + 1;
      end
      @(posedge clk);
      while (!arready) @(posedge clk);
      #1 arvalid = 1'b0;
    end
    repeat (200) @(posedge clk);
    if (compared != written || refused < 100) $display("failed: %0d of %0d beats, %0d refused", compared, written, refused);
    else if (failures == 0) $display("passed: %0d beats, %0d refused", compared, refused);
    $finish;
  end

  reg               waits = 1'b0;
  reg  [Width+4:0]  before;
  always @(posedge clk) begin
    if (waits && !(rvalid && {rid, rresp, rlast, rdata} === before)) begin
      failures = failures + 1;
      if (failures < 10) $display("failed: a beat that was offered changed");
    end
    waits  = rvalid && !rready;
    before = {rid, rresp, rlast, rdata};
    if (rvalid && rready) begin
      if ({rid, rresp, rlast} != expected[compared][36:32] ||
          (expected[compared][37] && rdata != word(expected[compared][31:0]))) begin
        failures = failures + 1;
        if (failures < 10) $display("failed: beat %0d: id %0d resp %b last %b data %h", compared, rid, rresp, rlast, rdata);
      end
      if (rresp != 2'b00) refused = refused + 1;
      compared = compared + 1;
    end
    #1 rready = $random(seed) % 4 != 0;
  end
endmodule

`default_nettype wire
