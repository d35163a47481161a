// SPDX-License-Identifier: Apache-2.0
// The array: Lanes x Batch processing elements, and the chains that drain their sums.
//
// Lane 4 x slot + gate holds the row of one gate of the word's unit `slot`; its Batch PEs share the weight, all lanes share the values. For
// each gate and each of EwWidth streams a chain runs through the PEs in the order (slot, group), stream = EwWidth x group + e:
//
//   position p = slot x Groups + group        chain of p takes from p + 1; position 0 is the head
//
// A load fills all chains with the sums of one word; each shift brings the next (unit, group) to the head.
`default_nettype none

module lac_lstm_array #(
    parameter Lanes      = 24,  // weights a cycle, a multiple of 4
    parameter Batch      = 8,   // streams that share a weight
    parameter EwWidth    = 2,   // chains of a gate; divides Batch
    parameter WeightBits = 8,   // bits of a weight
    parameter ValueBits  = 8,   // bits of a value
    parameter AccWidth   = 24,  // bits of a sum
    parameter BankAddr   = 5    // bits of {bank, word}
) (
    input  wire                            clk_i,
    input  wire                            mul_en_i,
    input  wire [Lanes*WeightBits-1:0]     weights_i,
    input  wire [Batch*ValueBits-1:0]      values_i,
    input  wire                            acc_en_i,
    input  wire                            acc_first_i,
    input  wire [BankAddr:0]               acc_addr_i,
    input  wire                            drain_en_i,
    input  wire                            drain_load_i,
    input  wire [BankAddr-1:0]             drain_addr_i,
    output wire [4*EwWidth*2*AccWidth-1:0] head_o       // per gate (i lowest) and stream {h, x}
);
  localparam Link = 2 * AccWidth;
  localparam Row  = 4 * EwWidth;                        // links of one position
  localparam Ends = (Lanes / 4) * (Batch / EwWidth) * Row;

  // Link (p x 4 + gate) x EwWidth + e; one position more than there are PEs feeds the chains' ends.
  wire [Link-1:0] link [0:Ends+Row-1];

  genvar l, b;
  generate
    for (l = 0; l < Row; l = l + 1) begin : g_end
      assign link[Ends+l]           = {Link{1'b0}};
      assign head_o[l*Link +: Link] = link[l];
    end
    for (l = 0; l < Lanes; l = l + 1) begin : g_lane
      for (b = 0; b < Batch; b = b + 1) begin : g_stream
        localparam Position = (l / 4) * (Batch / EwWidth) + b / EwWidth;
        localparam Here     = (Position * 4 + l % 4) * EwWidth + b % EwWidth;
        lac_pe #(
            .WeightBits(WeightBits),
            .ValueBits (ValueBits),
            .AccWidth  (AccWidth),
            .BankAddr  (BankAddr)
        ) pe (
            .clk_i       (clk_i),
            .mul_en_i    (mul_en_i),
            .weight_i    (weights_i[l*WeightBits +: WeightBits]),
            .value_i     (values_i[b*ValueBits +: ValueBits]),
            .acc_en_i    (acc_en_i),
            .acc_first_i (acc_first_i),
            .acc_addr_i  (acc_addr_i),
            .drain_en_i  (drain_en_i),
            .drain_load_i(drain_load_i),
            .drain_addr_i(drain_addr_i),
            .chain_i     (link[Here+Row]),
            .chain_o     (link[Here])
        );
      end
    end
  endgenerate
endmodule

`default_nettype wire
