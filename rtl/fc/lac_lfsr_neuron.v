// SPDX-License-Identifier: Apache-2.0
// The paper's neuron alone (P5, figure of the proposed neuron): register and comparator enable the weight address and the accumulator.
//
//   sum = sum over inputs i with state(i) >= threshold of weight[address] x value(i),  address += 1 where a connection exists
//
// Values come one a cycle while step_i is high; with the last one (last_i) the neuron begins anew, and the sum is there three cycles
// later. The weight memory has Depth words, (1 - p) of the inputs: what the mask saves. Masked = 0 is the conventional neuron: counter,
// whole memory, no register.
`default_nettype none

module lac_lfsr_neuron #(
    parameter Depth      = 1024,  // weights: connections that exist
    parameter WeightBits = 1,     // bits of a weight, which name its format (lac_multiply)
    parameter ValueBits  = 8,     // bits of an activation
    parameter AccWidth   = 20,    // bits of the sum
    parameter Masked     = 1,     // 0: all connections exist
    parameter LfsrBits   = 10,    // of the register
    parameter AllStates  = 1,     // 1: the register has its zero state too
    // Derived; not to be set.
    parameter AddrWidth  = (Depth > 1) ? $clog2(Depth) : 1
) (
    input  wire                  clk_i,
    input  wire                  rst_ni,       // low for a cycle: takes the seed
    input  wire [LfsrBits-1:0]   seed_i,
    input  wire [LfsrBits-1:0]   threshold_i,  // round(2^LfsrBits p)
    input  wire                  weight_we_i,
    input  wire [AddrWidth-1:0]  weight_addr_i,
    input  wire [WeightBits-1:0] weight_data_i,
    input  wire                  step_i,
    input  wire                  last_i,
    input  wire [ValueBits-1:0]  value_i,
    output wire                  sum_valid_o,
    output wire [AccWidth-1:0]   sum_o
);
  wire exists;
  generate
    if (AccWidth <= WeightBits + ValueBits || Depth < 1) begin : g_check
      lac_lfsr_neuron_accwidth_or_depth_out_of_range fault ();
    end
    if (Masked != 0) begin : g_mask
      lac_lfsr #(
          .Bits     (LfsrBits),
          .AllStates(AllStates),
          .Steps    (1)
      ) lfsr (
          .clk_i      (clk_i),
          .load_i     (!rst_ni || (step_i && last_i)),
          .seed_i     (seed_i),
          .step_i     (step_i),
          .threshold_i(threshold_i),
          .exists_o   (exists)
      );
    end else begin : g_dense
      wire unused_mask = |{seed_i, threshold_i};
      assign exists = 1'b1;
    end
  endgenerate

  // The weight is there a cycle after its address, so the value waits as long.
  reg  [ValueBits-1:0] value_q;
  reg  [2:0]           ending_q;
  always @(posedge clk_i) begin
    if (step_i) value_q <= value_i;
    ending_q <= rst_ni ? {ending_q[1:0], step_i && last_i} : 3'b000;
  end

  lac_fc_group #(
      .Neurons   (1),
      .WeightBits(WeightBits),
      .ValueBits (ValueBits),
      .AccWidth  (AccWidth),
      .Depth     (Depth),
      .AddrWidth (AddrWidth)
  ) neuron (
      .clk_i        (clk_i),
      .rst_ni       (rst_ni),
      .weight_we_i  (weight_we_i),
      .weight_addr_i(weight_addr_i),
      .weight_data_i(weight_data_i),
      .take_i       (step_i && exists),
      .last_i       (step_i && last_i),
      .value_i      (value_q),
      .clear_i      (ending_q[2]),
      .acc_o        (sum_o)
  );
  assign sum_valid_o = ending_q[2];
endmodule

`default_nettype wire
