// SPDX-License-Identifier: Apache-2.0
// Hyperbolic tangent by linear interpolation of a table, two register stages.
//
//   m = |value_i| clamped to 32767 (Q3.12), k = m >> 8, d = m & 255
//   result_o = sign x (Y[k] + ((D[k] d + 128) >> 8))                  Q0.15, Y[k] = tanh(k / 16), D[k] = Y[k+1] - Y[k]
//
// value_i has InWidth >= 16 bits with 12 fraction bits. golden/activation.h is its model; docs/lstm.md states the largest error.
`default_nettype none

module lac_tanh #(
    parameter InWidth = 17  // bits of the argument, 12 of them fraction
) (
    input  wire                      clk_i,
    input  wire                      en_i,
    input  wire signed [InWidth-1:0] value_i,
    output wire signed [15:0]        result_o  // two enabled cycles later
);
  wire [InWidth-1:0] magnitude = value_i[InWidth-1] ? ~value_i + 1'b1 : value_i;  // -2^(InWidth-1) stays, as unsigned
  wire [14:0] clamped = |magnitude[InWidth-1:15] ? 15'h7fff : magnitude[14:0];

  wire [14:0] base;
  wire [10:0] slope;
  lac_tanh_rom rom (
      .segment_i(clamped[14:8]),
      .base_o   (base),
      .slope_o  (slope)
  );

  reg        negative_q, negative_qq;
  reg [14:0] base_q, result_q;
  reg [10:0] slope_q;
  reg [7:0]  distance_q;

  wire [18:0] rise = slope_q * distance_q + 19'd128;

  always @(posedge clk_i) begin
    if (en_i) begin
      negative_q  <= value_i[InWidth-1];
      base_q      <= base;
      slope_q     <= slope;
      distance_q  <= clamped[7:0];
      negative_qq <= negative_q;
      result_q    <= base_q + {4'd0, rise[18:8]};
    end
  end

  assign result_o = negative_qq ? -$signed({1'b0, result_q}) : $signed({1'b0, result_q});

  wire unused_fraction = |rise[7:0];
endmodule

`default_nettype wire
