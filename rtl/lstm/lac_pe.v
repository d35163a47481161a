// SPDX-License-Identifier: Apache-2.0
// Processing element: multiplies, adds to one of its sums, and carries sums towards the element-wise unit.
//
//   cycle t    product = weight x value                                (mul_en_i)
//   cycle t+1  sum[addr] = (first ? 0 : sum[addr]) + product           (acc_en_i)
//   drain      chain = load ? {sum[h, addr], sum[x, addr]} : neighbour  (drain_en_i)
//
// Sums of x and of h are kept apart, because their scales differ; of each there are two banks of a block's words: one is
// accumulated while the other drains. Sums never overflow: whoever loads a layer has proved it (AccWidth).
`default_nettype none

module lac_pe #(
    parameter WeightBits = 8,   // bits of a weight, which name its format (lac_multiply)
    parameter ValueBits  = 8,   // bits of a value
    parameter AccWidth   = 24,  // bits of a sum
    parameter BankAddr   = 5    // bits of {bank, word}
) (
    input  wire                  clk_i,
    input  wire                  mul_en_i,
    input  wire [WeightBits-1:0] weight_i,
    input  wire [ValueBits-1:0]  value_i,
    input  wire                  acc_en_i,
    input  wire                  acc_first_i,
    input  wire [BankAddr:0]     acc_addr_i,    // {of h, bank, word}
    input  wire                  drain_en_i,
    input  wire                  drain_load_i,
    input  wire [BankAddr-1:0]   drain_addr_i,  // {bank, word}
    input  wire [2*AccWidth-1:0] chain_i,       // the neighbour's {h, x}
    output wire [2*AccWidth-1:0] chain_o
);
  localparam ProductBits = WeightBits + ValueBits;

  wire signed [ProductBits-1:0] product;
  reg signed  [ProductBits-1:0] product_q;
  reg signed  [AccWidth-1:0]    sum [0:(2<<BankAddr)-1];
  reg         [2*AccWidth-1:0]  chain_q;

  lac_multiply #(
      .WeightBits (WeightBits),
      .ValueBits  (ValueBits),
      .ProductBits(ProductBits)
  ) multiply (
      .weight_i (weight_i),
      .value_i  (value_i),
      .product_o(product)
  );

  wire signed [AccWidth-1:0] addend = {{(AccWidth-ProductBits){product_q[ProductBits-1]}}, product_q};

  always @(posedge clk_i) begin
    if (mul_en_i) product_q <= product;
    if (acc_en_i) sum[acc_addr_i] <= (acc_first_i ? {AccWidth{1'b0}} : sum[acc_addr_i]) + addend;
    if (drain_en_i) chain_q <= drain_load_i ? {sum[{1'b1, drain_addr_i}], sum[{1'b0, drain_addr_i}]} : chain_i;
  end

  assign chain_o = chain_q;
endmodule

`default_nettype wire
