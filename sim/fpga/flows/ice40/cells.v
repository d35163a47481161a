// SPDX-License-Identifier: Apache-2.0
// The one cell of iCE40 that icebox_vlog leaves as an instance: 4096 bits of block RAM, for simulation.
//
// In mode k a word has 16 / 2^k bits. The address bits above the lowest 8 choose one of 2^k neighbouring bits of the memory's row; the word's
// bits are at the pins 2^k j + 2^(k-1) - 1 (j in mode 0).
`default_nettype none

module SB_RAM40_4K #(
    parameter [1:0]   READ_MODE  = 0,
    parameter [1:0]   WRITE_MODE = 0,
    parameter [255:0] INIT_0     = 0,
    parameter [255:0] INIT_1     = 0,
    parameter [255:0] INIT_2     = 0,
    parameter [255:0] INIT_3     = 0,
    parameter [255:0] INIT_4     = 0,
    parameter [255:0] INIT_5     = 0,
    parameter [255:0] INIT_6     = 0,
    parameter [255:0] INIT_7     = 0,
    parameter [255:0] INIT_8     = 0,
    parameter [255:0] INIT_9     = 0,
    parameter [255:0] INIT_A     = 0,
    parameter [255:0] INIT_B     = 0,
    parameter [255:0] INIT_C     = 0,
    parameter [255:0] INIT_D     = 0,
    parameter [255:0] INIT_E     = 0,
    parameter [255:0] INIT_F     = 0
) (
    input  wire [10:0] WADDR,
    input  wire [10:0] RADDR,
    input  wire [15:0] MASK,
    input  wire [15:0] WDATA,
    output reg  [15:0] RDATA,
    input  wire        WE,
    input  wire        WCLKE,
    input  wire        WCLK,
    input  wire        RE,
    input  wire        RCLKE,
    input  wire        RCLK
);
  localparam [4095:0] Init = {INIT_F, INIT_E, INIT_D, INIT_C, INIT_B, INIT_A, INIT_9, INIT_8,
                              INIT_7, INIT_6, INIT_5, INIT_4, INIT_3, INIT_2, INIT_1, INIT_0};

  function integer pin(input integer mode, input integer number);
    pin = (mode == 0) ? number : (number >> mode << mode) + (1 << (mode - 1)) - 1;
  endfunction

  function [2:0] place(input [10:0] addr, input integer mode);  // of the chosen bit among its neighbours
    place = addr[10:8] & ((3'd1 << mode) - 3'd1);
  endfunction

  reg     [15:0] memory [0:255];
  integer        at, w, r;
  initial for (at = 0; at < 256; at = at + 1) memory[at] = Init[16*at +: 16];

  always @(posedge WCLK) begin
    if (WE && WCLKE) begin
      for (w = 0; w < 16; w = w + 1) begin
        if ((WRITE_MODE == 0) ? !MASK[w] : (w & ((1 << WRITE_MODE) - 1)) == {29'd0, place(WADDR, WRITE_MODE)})
          memory[WADDR[7:0]][w] <= WDATA[pin(WRITE_MODE, w)];
      end
    end
  end

  always @(posedge RCLK) begin
    if (RE && RCLKE) begin
      RDATA <= 16'd0;
      for (r = 0; r < 16; r = r + (1 << READ_MODE))
        RDATA[pin(READ_MODE, r)] <= memory[RADDR[7:0]][r + {29'd0, place(RADDR, READ_MODE)}];
    end
  end
endmodule

`default_nettype wire
