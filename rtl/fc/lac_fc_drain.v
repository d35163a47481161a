// SPDX-License-Identifier: Apache-2.0
// Turns the sums of an image into activations while the next image accumulates.
//
//   y = sat16(rs(scale x acc + bias, shift)), with relu_i clamped to 0..127             rs rounds half up (docs/fc.md)
//
// scale and bias hold the folded batch normalisation of an output. load_i takes all sums at once; then Lanes outputs a beat leave,
// output = beat x Lanes + lane. Three stages that move together when the beat at the end is taken.
`default_nettype none

module lac_fc_drain #(
    parameter Outputs   = 512,  // physical outputs, a multiple of Lanes
    parameter Lanes     = 16,   // outputs a beat
    parameter AccWidth  = 24,   // bits of a sum
    parameter BeatWidth = 5     // bits of a beat's number
) (
    input  wire                        clk_i,
    input  wire                        rst_ni,
    input  wire                        param_we_i,
    input  wire [BeatWidth-1:0]        param_beat_i,
    input  wire [Lanes*48-1:0]         param_data_i,  // per lane {bias 32, scale 16}
    input  wire [BeatWidth-1:0]        last_beat_i,
    input  wire [4:0]                  shift_i,
    input  wire                        relu_i,
    input  wire                        load_i,        // only while !busy_o
    input  wire [Outputs*AccWidth-1:0] acc_i,
    output wire                        busy_o,        // sums of the last image are still needed
    output wire                        y_valid_o,
    input  wire                        y_ready_i,
    output wire [Lanes*16-1:0]         y_data_o,
    output wire                        y_last_o
);
  localparam ProductWidth = AccWidth + 16;
  localparam SumWidth     = ((ProductWidth > 32) ? ProductWidth : 32) + 1;

  reg [Outputs*AccWidth-1:0] chain_q;
  reg [BeatWidth-1:0]        beat_q;
  reg                        busy_q, read_q, read_last_q, product_valid_q, product_last_q, y_valid_q, y_last_q;
  wire                       move = !y_valid_q || y_ready_i;
  wire                       last = beat_q == last_beat_i;
  wire [Lanes*48-1:0]        params;

  lac_ram #(
      .Width    (Lanes * 48),
      .Depth    (1 << BeatWidth),
      .AddrWidth(BeatWidth)
  ) constants (
      .clk_i       (clk_i),
      .write_en_i  (param_we_i),
      .write_addr_i(param_beat_i),
      .write_data_i(param_data_i),
      .read_en_i   (move && busy_q && !param_we_i),  // never both: a tool need not keep the old word of a collision
      .read_addr_i (beat_q),
      .read_data_o (params)
  );

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      busy_q          <= 1'b0;
      read_q          <= 1'b0;
      product_valid_q <= 1'b0;
      y_valid_q       <= 1'b0;
    end else begin
      if (load_i) busy_q <= 1'b1;
      else if (move && last) busy_q <= 1'b0;
      if (move) begin
        read_q          <= busy_q;
        product_valid_q <= read_q;
        y_valid_q       <= product_valid_q;
      end
    end
    if (load_i) beat_q <= {BeatWidth{1'b0}};
    else if (move && busy_q) beat_q <= beat_q + 1'b1;
    if (move) begin
      read_last_q    <= last;
      product_last_q <= read_last_q;
      y_last_q       <= product_last_q;
    end
    if (load_i) chain_q <= acc_i;
    else if (move && read_q) chain_q <= chain_q >> (Lanes * AccWidth);
  end

  genvar l;
  generate
    if (Outputs % Lanes != 0) begin : g_check
      lac_fc_outputs_must_be_a_multiple_of_outlanes fault ();
    end
    for (l = 0; l < Lanes; l = l + 1) begin : g_lane
      wire signed [15:0]             scale = params[l*48 +: 16];
      wire signed [AccWidth-1:0]     acc   = chain_q[l*AccWidth +: AccWidth];
      reg signed  [ProductWidth-1:0] product_q;
      reg signed  [31:0]             bias_q;
      reg signed  [15:0]             y_q;
      wire signed [SumWidth-1:0]     sum =
          $signed({{(SumWidth-ProductWidth){product_q[ProductWidth-1]}}, product_q}) + $signed({{(SumWidth-32){bias_q[31]}}, bias_q});
      wire signed [15:0]             rounded;

      lac_shift_saturate #(
          .InWidth   (SumWidth),
          .ShiftWidth(5),
          .OutWidth  (16)
      ) round (
          .value_i (sum),
          .shift_i (shift_i),
          .offset_i(16'd0),
          .value_o (rounded)
      );

      wire negative = relu_i && rounded[15];
      wire above    = relu_i && !rounded[15] && rounded[14:7] != 8'd0;

      always @(posedge clk_i) begin
        if (move) begin
          product_q <= acc * scale;
          bias_q    <= params[l*48+16 +: 32];
          y_q       <= negative ? 16'd0 : above ? 16'd127 : rounded;
        end
      end

      assign y_data_o[l*16 +: 16] = y_q;
    end
  endgenerate

  assign busy_o    = busy_q || read_q;
  assign y_valid_o = y_valid_q;
  assign y_last_o  = y_last_q;
endmodule

`default_nettype wire
