// SPDX-License-Identifier: Apache-2.0
// The folded stochastic network behind a host's bytes: a core of lac_host (docs/fpga.md, "Cores").
//
// Codes are in block RAM from the start (CodesFile). Written are the registers' seeds: address = 4 set + 2 index + byte, where set, index
// and the seed's 11 bits are lac_folded_dnn's. The result is its sums, 4 bytes each, the lowest first.
`default_nettype none

module lac_folded_core #(
    parameter Inputs    = 196,  // pixels of an image
    parameter Hidden1   = 40,   // neurons of the first layer
    parameter Hidden2   = 16,   // of the second
    parameter Outputs   = 10,   // of the last, 64 at most
    parameter Integral  = 2,    // P6's m
    parameter Lanes     = 40,   // neurons at work at once
    parameter Length    = 512,  // cycles of an image
    parameter States1   = 2,    // of the counters of the first layer
    parameter States2   = 2,    // of the second
    parameter CodesFile = ""    // memory image of the codes
) (
    input  wire        clk_i,
    input  wire        rst_ni,
    input  wire        write_valid_i,
    input  wire        input_valid_i,
    input  wire [15:0] addr_i,
    input  wire [7:0]  data_i,
    output wire        done_o,
    output reg  [7:0]  read_data_o
);
  localparam Width      = 11;  // of a register
  localparam Most       = (Inputs > Hidden1) ? ((Inputs > Hidden2) ? Inputs : Hidden2) : ((Hidden1 > Hidden2) ? Hidden1 : Hidden2);
  localparam IndexWidth = $clog2(Most + 1);
  localparam SumBits    = 32;
  localparam Last       = Length - 1;
  localparam Bytes      = Outputs * 4;  // of a result

  generate
    if (Outputs > 64) begin : g_outputs
      lac_folded_core_outputs_must_be_64_at_most fault ();
    end
    if (Length < 1 || Length > 4096) begin : g_length
      lac_folded_core_length_must_be_1_to_4096 fault ();
    end
    if (States1 < 2 || States1 > 4096 || States1 % 2 != 0 || States2 < 2 || States2 > 4096 || States2 % 2 != 0) begin : g_states
      lac_folded_core_states_must_be_even_2_to_4096 fault ();
    end
  endgenerate

  reg  [7:0]                 low_q;
  wire                       seed = write_valid_i && addr_i[0];
  wire [Outputs*SumBits-1:0] sums;
  wire                       x_ready, valid1, valid2;
  wire [Hidden1-1:0]         stream1;
  wire [Hidden2-1:0]         stream2;
  wire [1:0]                 cycle_class;
  wire                       unused = ^{addr_i, x_ready, valid1, valid2, stream1, stream2, cycle_class};

  always @(posedge clk_i) begin
    if (write_valid_i) low_q <= data_i;
    read_data_o <= ({1'b0, addr_i[7:0]} < Bytes[8:0]) ? sums[addr_i[7:0]*8 +: 8] : 8'd0;
  end

  lac_folded_dnn #(
      .Inputs    (Inputs),
      .Hidden1   (Hidden1),
      .Hidden2   (Hidden2),
      .Outputs   (Outputs),
      .Integral  (Integral),
      .InLanes   (1),
      .WriteLanes(Lanes),
      .CodesFile (CodesFile)
  ) engine (
      .clk_i          (clk_i),
      .rst_ni         (rst_ni),
      .cfg_last_i     (Last[Width:0]),
      .cfg_states1_i  (States1[Width+1:0]),
      .cfg_states2_i  (States2[Width+1:0]),
      .code_we_i      (3'b000),
      .code_bank_i    (8'd0),
      .code_input_i   ({IndexWidth{1'b0}}),
      .code_data_i    ({(Lanes*Width){1'b0}}),
      .seed_we_i      (seed ? {{Integral{1'b0}}, 1'b1} << addr_i[4:2] : {(Integral+1){1'b0}}),
      .seed_index_i   ({{(IndexWidth-1){1'b0}}, addr_i[1]}),
      .seed_data_i    ({data_i[2:0], low_q}),
      .x_valid_i      (input_valid_i),
      .x_ready_o      (x_ready),
      .x_data_i       (data_i),
      .y_valid_o      (done_o),
      .y_ready_i      (input_valid_i && addr_i == 16'd0),
      .y_data_o       (sums),
      .stream1_valid_o(valid1),
      .stream1_o      (stream1),
      .stream2_valid_o(valid2),
      .stream2_o      (stream2),
      .cycle_class_o  (cycle_class)
  );
endmodule

`default_nettype wire
