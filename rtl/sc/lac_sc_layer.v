// SPDX-License-Identifier: Apache-2.0
// A layer of integral stochastic neurons, all at work at once, with the codes of their weights (P6).
//
// Codes are written WriteLanes outputs at a time, an input a write; the bias is the input after the last. Sums come two cycles after
// their bits. A design with fixed weights ties codes instead, and the comparators fold.
`default_nettype none

module lac_sc_layer #(
    parameter Inputs     = 784,  // of each neuron
    parameter Outputs    = 100,  // neurons
    parameter Bipolar    = 0,    // 1: a bit 0 stands for -1
    parameter Integral   = 4,    // P6's m: streams of a weight
    parameter WriteLanes = 64,   // codes a write
    parameter Width      = 11,   // bits of a register's state and of a code
    parameter BankWidth  = 8,    // bits of the number of a bank of WriteLanes outputs
    parameter IndexWidth = 10,   // bits of an input's number, the bias included
    // Derived; not to be set.
    parameter SumWidth   = $clog2(Integral * (Inputs + 1) + 1) + 1
) (
    input  wire                                 clk_i,
    input  wire                                 code_we_i,
    input  wire [BankWidth-1:0]                 code_bank_i,
    input  wire [IndexWidth-1:0]                code_input_i,
    input  wire [WriteLanes*Width-1:0]          code_data_i,
    input  wire [Inputs-1:0]                    bits_i,
    input  wire [Integral*(Inputs+1)*Width-1:0] states_i,  // [k][input], the bias last
    output wire [Outputs*SumWidth-1:0]          sums_o
);
  wire unused_lanes = ^code_data_i;  // of a layer with fewer outputs than WriteLanes
  genvar o;
  generate
    for (o = 0; o < Outputs; o = o + 1) begin : g_output
      localparam Bank = o / WriteLanes;
      localparam Lane = o % WriteLanes;
      reg [(Inputs+1)*Width-1:0] codes_q;
      always @(posedge clk_i) begin
        if (code_we_i && code_bank_i == Bank[BankWidth-1:0])
          codes_q[code_input_i*Width +: Width] <= code_data_i[Lane*Width +: Width];
      end
      lac_sc_neuron #(
          .Inputs  (Inputs),
          .Bipolar (Bipolar),
          .Integral(Integral),
          .Width   (Width)
      ) neuron (
          .clk_i   (clk_i),
          .bits_i  (bits_i),
          .states_i(states_i),
          .codes_i (codes_q),
          .sum_o   (sums_o[o*SumWidth +: SumWidth])
      );
    end
  endgenerate
endmodule

`default_nettype wire
