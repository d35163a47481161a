// SPDX-License-Identifier: Apache-2.0
// The sum of many numbers without down-scaling (combinational): a neuron's adder tree, in every arithmetic that needs one.
//
//   sum = sum over n < Numbers of number[n], two's complement                       P6, figure 11
//
// Written as a chain, of which synthesis makes carry-save adders and one carry chain. A module of its own, so that it is mapped once.
`default_nettype none

module lac_sum #(
    parameter Numbers  = 29,  // summed
    parameter InWidth  = 8,   // bits of each
    parameter SumWidth = 13   // bits of the sum, which must hold it
) (
    input  wire        [Numbers*InWidth-1:0] numbers_i,
    output reg signed  [SumWidth-1:0]        sum_o
);
  integer n;

  generate
    if (Numbers < 1 || SumWidth < InWidth) begin : g_check
      lac_sum_numbers_or_sumwidth_out_of_range fault ();
    end
  endgenerate

  // Waived WIDTH: everything is signed, so the narrower operands are extended.
  // verilator lint_off WIDTH
  always @(*) begin
    sum_o = {SumWidth{1'b0}};
    for (n = 0; n < Numbers; n = n + 1) sum_o = sum_o + $signed(numbers_i[n*InWidth +: InWidth]);
  end
  // verilator lint_on WIDTH
endmodule

`default_nettype wire
