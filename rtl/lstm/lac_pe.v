// SPDX-License-Identifier: Apache-2.0
// Processing element: multiplies, adds to one of its sums, and carries sums towards the element-wise unit.
//
//   cycle t    product = weight x value                                (mul_en_i)
//   cycle t+1  sum[addr] = (first ? 0 : sum[addr]) + product           (acc_x_en_i or acc_h_en_i)
//   drain      chain = load ? {sum_h, sum_x}[drain_addr] : neighbour   (drain_en_i)
//
// Two sets of sums, of x and of h, because their scales differ; each holds two banks of a block's words: one is accumulated
// while the other drains. Sums never overflow: whoever loads a layer has proved it (AccWidth).
`default_nettype none

module lac_pe #(
    parameter WeightBits = 8,   // bits of a weight
    parameter ValueBits  = 8,   // bits of a value
    parameter AccWidth   = 24,  // bits of a sum
    parameter Sums       = 32,  // sums of each set: 2 banks x words of a block
    parameter SumAddr    = 5    // bits of a sum's address
) (
    input  wire                  clk_i,
    input  wire                  mul_en_i,
    input  wire [WeightBits-1:0] weight_i,
    input  wire [ValueBits-1:0]  value_i,
    input  wire                  acc_x_en_i,
    input  wire                  acc_h_en_i,
    input  wire                  acc_first_i,
    input  wire [SumAddr-1:0]    acc_addr_i,
    input  wire                  drain_en_i,
    input  wire                  drain_load_i,
    input  wire [SumAddr-1:0]    drain_addr_i,
    input  wire [2*AccWidth-1:0] chain_i,       // the neighbour's {h, x}
    output wire [2*AccWidth-1:0] chain_o
);
  localparam ProductBits = WeightBits + ValueBits;

  wire signed [ProductBits-1:0] product;
  reg signed  [ProductBits-1:0] product_q;
  reg signed  [AccWidth-1:0]    sum_x [0:Sums-1];
  reg signed  [AccWidth-1:0]    sum_h [0:Sums-1];
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
    if (acc_x_en_i) sum_x[acc_addr_i] <= (acc_first_i ? {AccWidth{1'b0}} : sum_x[acc_addr_i]) + addend;
    if (acc_h_en_i) sum_h[acc_addr_i] <= (acc_first_i ? {AccWidth{1'b0}} : sum_h[acc_addr_i]) + addend;
    if (drain_en_i) chain_q <= drain_load_i ? {sum_h[drain_addr_i], sum_x[drain_addr_i]} : chain_i;
  end

  assign chain_o = chain_q;
endmodule

`default_nettype wire
