// SPDX-License-Identifier: Apache-2.0
// A bank of shift registers of one polynomial, one after the other: what lac_sc_registers holds side by side, in no memory at all.
//
// A register is 2^Width states long, the zero state last. Register i + 1 stands Stride states after register i, so with M the plain step,
// u = M^(Stride - 1) s (of 1 in place of 0), and phase the number of steps since state 1,
//
//   state[i + 1] = 0 where phase + Stride = 2^Width - 1, M u where it is less, u where it is more
//
// Register 0 is kept, with its phase; the walk begins at it and ends wherever it is sent back. Seeds are written, state and phase, while
// no image runs.
`default_nettype none

module lac_sc_walk #(
    parameter             Width  = 11,       // bits of a register
    parameter [Width-1:0] Taps   = 11'h402,  // bits whose parity is shifted in, of a primitive polynomial
    parameter [Width-1:0] Stride = 11'd1265  // states between neighbours
) (
    input  wire             clk_i,
    input  wire             seed_we_i,
    input  wire             seed_phase_i,  // the phase of register 0 is written, not its state
    input  wire [Width-1:0] seed_data_i,
    input  wire             load_i,        // register 0 goes to its seed
    input  wire             step_i,        // register 0 goes one state on
    input  wire             restart_i,     // the walk goes to register 0
    input  wire             advance_i,     // to the next register
    output wire [Width-1:0] state_o
);
  localparam [Width-1:0] Edge = {Width{1'b1}} - Stride;

  function [Width-1:0] stepped(input [Width-1:0] state);
    stepped = {state[Width-2:0], ^(state & Taps)};
  endfunction

  function [Width-1:0] applied(input [Width*Width-1:0] columns, input [Width-1:0] state);
    integer j;
    begin
      applied = {Width{1'b0}};
      for (j = 0; j < Width; j = j + 1) if (state[j]) applied = applied ^ columns[j*Width +: Width];
    end
  endfunction

  function [Width*Width-1:0] product(input [Width*Width-1:0] left, input [Width*Width-1:0] right);
    integer j;
    begin
      product = {(Width*Width){1'b0}};
      for (j = 0; j < Width; j = j + 1) product[j*Width +: Width] = applied(left, right[j*Width +: Width]);
    end
  endfunction

  // M to the power of count: column j is what becomes of bit j.
  function [Width*Width-1:0] power(input [Width-1:0] count);
    reg     [Width*Width-1:0] square;
    integer                   j;
    begin
      for (j = 0; j < Width; j = j + 1) begin
        power[j*Width +: Width]  = {{(Width-1){1'b0}}, 1'b1} << j;
        square[j*Width +: Width] = stepped({{(Width-1){1'b0}}, 1'b1} << j);
      end
      for (j = 0; j < Width; j = j + 1) begin
        if (count[j]) power = product(square, power);
        square = product(square, square);
      end
    end
  endfunction

  localparam [Width*Width-1:0] Jump = power(Stride - 1'b1);

  reg  [Width-1:0] seed_q, seed_phase_q, first_q, first_phase_q, state_q, phase_q;
  wire [Width-1:0] u    = applied(Jump, {state_q[Width-1:1], state_q[0] | (state_q == {Width{1'b0}})});
  wire [Width-1:0] next = (phase_q == Edge) ? {Width{1'b0}} : (phase_q < Edge) ? stepped(u) : u;

  always @(posedge clk_i) begin
    if (seed_we_i && !seed_phase_i) seed_q <= seed_data_i;
    if (seed_we_i && seed_phase_i) seed_phase_q <= seed_data_i;
    if (load_i) begin
      first_q       <= seed_q;
      first_phase_q <= seed_phase_q;
    end else if (step_i) begin
      first_q       <= {first_q[Width-2:0], (^(first_q & Taps)) ^ (first_q[Width-2:0] == {(Width-1){1'b0}})};
      first_phase_q <= first_phase_q + 1'b1;
    end
    if (restart_i) begin
      state_q <= first_q;
      phase_q <= first_phase_q;
    end else if (advance_i) begin
      state_q <= next;
      phase_q <= phase_q + Stride;
    end
  end

  assign state_o = state_q;
endmodule

`default_nettype wire
