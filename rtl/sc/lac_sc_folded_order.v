// SPDX-License-Identifier: Apache-2.0
// The order of a folded stochastic network: for each cycle of an image's streams, for each layer, for each bank of Lanes neurons, the
// inputs one a clock and the bias last. A word of codes belongs to each, so that their addresses count up.
//
// A layer begins Gap clocks after the one before it: then the first of that one's bits is there, and the others come as they are needed.
// A bias waits until the sums of the bank before have left the lanes' chain.
`default_nettype none

module lac_sc_folded_order #(
    parameter Inputs     = 196,  // of the first layer
    parameter Hidden1    = 40,   // of the second
    parameter Hidden2    = 16,   // of the last
    parameter Outputs    = 10,   // neurons of the last
    parameter Lanes      = 40,   // neurons of a bank
    parameter IndexWidth = 8,    // bits of an input's number, the bias included
    parameter AddrWidth  = 8,    // bits of a word's address
    parameter LengthBits = 12    // bits of a cycle's number
) (
    input  wire                  clk_i,
    input  wire                  rst_ni,
    input  wire                  start_i,      // an image; the first input comes in the next clock
    input  wire [LengthBits-1:0] last_i,       // its cycles less 1
    output wire                  working_o,    // from the clock after start_i to the last bias
    output wire                  issue_o,      // an input
    output wire [1:0]            layer_o,      // 0, 1, 2
    output wire [IndexWidth-1:0] input_o,
    output wire                  bias_o,       // it is the last of its bank
    output wire                  step_o,       // the last bank of the cycle begins
    output wire [AddrWidth-1:0]  addr_o
);
  localparam Gap   = 4;  // clocks without an input after a layer, and after any bank: in that one the lanes are emptied
  localparam Pause = 1;
  localparam Banks1 = (Hidden1 + Lanes - 1) / Lanes;
  localparam Banks2 = (Hidden2 + Lanes - 1) / Lanes;
  localparam Banks3 = (Outputs + Lanes - 1) / Lanes;
  localparam Banks  = (Banks1 > Banks2) ? ((Banks1 > Banks3) ? Banks1 : Banks3) : ((Banks2 > Banks3) ? Banks2 : Banks3);
  localparam BankWidth = (Banks > 1) ? $clog2(Banks) : 1;
  localparam BusyWidth = $clog2(Lanes + 1);
  // Neurons of the last bank of a layer, less 1.
  localparam Rest1 = Hidden1 - (Banks1 - 1) * Lanes - 1;
  localparam Rest2 = Hidden2 - (Banks2 - 1) * Lanes - 1;
  localparam Rest3 = Outputs - (Banks3 - 1) * Lanes - 1;
  localparam Full  = Lanes - 1;
  localparam End1  = Banks1 - 1;
  localparam End2  = Banks2 - 1;
  localparam End3  = Banks3 - 1;

  reg                   working_q;
  reg  [1:0]            layer_q;
  reg  [BankWidth-1:0]  bank_q;
  reg  [IndexWidth-1:0] input_q;
  reg  [AddrWidth-1:0]  addr_q;
  reg  [2:0]            gap_q;
  reg  [BusyWidth-1:0]  busy_q;  // clocks for which the chain is in use, counted from a bias
  reg  [LengthBits-1:0] cycle_q;

  wire [IndexWidth-1:0] inputs    = (layer_q == 2'd0) ? Inputs[IndexWidth-1:0] : (layer_q == 2'd1) ? Hidden1[IndexWidth-1:0] : Hidden2[IndexWidth-1:0];
  wire [BankWidth-1:0]  last_bank = (layer_q == 2'd0) ? End1[BankWidth-1:0] : (layer_q == 2'd1) ? End2[BankWidth-1:0] : End3[BankWidth-1:0];
  wire [BusyWidth-1:0]  rest      = (layer_q == 2'd0) ? Rest1[BusyWidth-1:0] : (layer_q == 2'd1) ? Rest2[BusyWidth-1:0] : Rest3[BusyWidth-1:0];
  wire                  bias      = input_q == inputs;
  wire                  layer_end = bank_q == last_bank;
  wire                  cycle_end = layer_q == 2'd2 && layer_end;
  wire                  issue     = working_q && gap_q == 3'd0 && !(bias && busy_q != {BusyWidth{1'b0}});

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      working_q <= 1'b0;
      layer_q   <= 2'd0;
      bank_q    <= {BankWidth{1'b0}};
      input_q   <= {IndexWidth{1'b0}};
      addr_q    <= {AddrWidth{1'b0}};
      gap_q     <= 3'd0;
      busy_q    <= {BusyWidth{1'b0}};
    end else begin
      if (start_i) working_q <= 1'b1;
      if (gap_q != 3'd0) gap_q <= gap_q - 1'b1;
      if (busy_q != {BusyWidth{1'b0}}) busy_q <= busy_q - 1'b1;
      if (issue) begin
        input_q <= input_q + 1'b1;
        addr_q  <= addr_q + 1'b1;
      end
      if (issue && bias) begin
        input_q <= {IndexWidth{1'b0}};
        busy_q  <= layer_end ? rest : Full[BusyWidth-1:0];
        gap_q   <= (layer_end && !cycle_end) ? Gap[2:0] : Pause[2:0];
        bank_q  <= layer_end ? {BankWidth{1'b0}} : bank_q + 1'b1;
        if (cycle_end) begin
          layer_q <= 2'd0;
          addr_q  <= {AddrWidth{1'b0}};
          if (cycle_q == last_i) working_q <= 1'b0;
        end else if (layer_end) begin
          layer_q <= layer_q + 1'b1;
        end
      end
    end
    if (start_i) cycle_q <= {LengthBits{1'b0}};
    else if (issue && bias && cycle_end) cycle_q <= cycle_q + 1'b1;
  end

  assign working_o = working_q;
  assign issue_o   = issue;
  assign layer_o   = layer_q;
  assign input_o   = input_q;
  assign bias_o    = bias;
  assign step_o    = issue && cycle_end && input_q == {IndexWidth{1'b0}};
  assign addr_o    = addr_q;
endmodule

`default_nettype wire
