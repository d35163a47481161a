// SPDX-License-Identifier: Apache-2.0
// Neurons that share one connection mask: compressed weight memory, address counter, multipliers and accumulators (P5).
//
//   where a connection exists:  acc[n] += weight[n][address] x value,  address += 1
//
// The memory holds only the weights of connections that exist, one word for all neurons of the group. With one neuron a group this
// is the paper's neuron: its mask enables the address counter and the accumulator.
//
//   cycle t    take_i: the connection exists; its weight is read, its activation is read elsewhere
//   cycle t+1  product = weight x value_i
//   cycle t+2  acc += product
//   clear_i    hands the sums on: what is added in this cycle is the first of the next sums
`default_nettype none

module lac_fc_group #(
    parameter Neurons    = 1,     // of the group
    parameter WeightBits = 8,     // bits of a weight, which name its format (lac_multiply)
    parameter ValueBits  = 8,     // bits of an activation
    parameter AccWidth   = 24,    // bits of a sum
    parameter Depth      = 1024,  // words of weight memory
    parameter AddrWidth  = 10     // bits of its address
) (
    input  wire                          clk_i,
    input  wire                          rst_ni,
    input  wire                          weight_we_i,
    input  wire [AddrWidth-1:0]          weight_addr_i,
    input  wire [Neurons*WeightBits-1:0] weight_data_i,
    input  wire                          take_i,
    input  wire                          last_i,        // the image's last cycle, with a connection or without
    input  wire [ValueBits-1:0]          value_i,       // a cycle after take_i
    input  wire                          clear_i,
    output wire [Neurons*AccWidth-1:0]   acc_o
);
  localparam ProductBits = WeightBits + ValueBits;

  reg  [AddrWidth-1:0]          addr_q;
  reg                           read_q, product_valid_q;
  wire [Neurons*WeightBits-1:0] weights;

  always @(posedge clk_i) begin
    if (!rst_ni || last_i) addr_q <= {AddrWidth{1'b0}};
    else if (take_i) addr_q <= addr_q + 1'b1;
    read_q          <= rst_ni && take_i;
    product_valid_q <= rst_ni && read_q;
  end

  lac_ram #(
      .Width    (Neurons * WeightBits),
      .Depth    (Depth),
      .AddrWidth(AddrWidth)
  ) weight_memory (
      .clk_i       (clk_i),
      .write_en_i  (weight_we_i),
      .write_addr_i(weight_addr_i),
      .write_data_i(weight_data_i),
      .read_en_i   (take_i),
      .read_addr_i (addr_q),
      .read_data_o (weights)
  );

  genvar n;
  generate
    for (n = 0; n < Neurons; n = n + 1) begin : g_neuron
      wire signed [ProductBits-1:0] product;
      reg signed  [ProductBits-1:0] product_q;
      reg signed  [AccWidth-1:0]    acc_q;

      lac_multiply #(
          .WeightBits (WeightBits),
          .ValueBits  (ValueBits),
          .ProductBits(ProductBits)
      ) multiply (
          .weight_i (weights[n*WeightBits +: WeightBits]),
          .value_i  (value_i),
          .product_o(product)
      );

      wire signed [AccWidth-1:0] addend =
          product_valid_q ? {{(AccWidth-ProductBits){product_q[ProductBits-1]}}, product_q} : {AccWidth{1'b0}};

      always @(posedge clk_i) begin
        if (read_q) product_q <= product;
        if (!rst_ni) acc_q <= {AccWidth{1'b0}};
        else if (clear_i || product_valid_q) acc_q <= (clear_i ? {AccWidth{1'b0}} : acc_q) + addend;
      end

      assign acc_o[n*AccWidth +: AccWidth] = acc_q;
    end
  endgenerate
endmodule

`default_nettype wire
