// SPDX-License-Identifier: Apache-2.0
// A recurrent layer of binary or ternary weights and its read-out behind a host's bytes: a core of lac_host (docs/fpga.md, "Cores").
//
//   h_t = LSTM(x_t, h_{t-1}), t < Steps (lac_bt_lstm)        logit[o] = rs(scale[o] sum_j w[o,j] h[j], LogitShift) + bias[o], of the last h
//
// The inputs of an inference are x_0, x_1, ...; the engine begins when all are there. Written are, by the upper bits of the address:
//
//   0   weights: the four of {unit, column} a byte, gate i lowest, columns x before h; then of each output Units weights, scale:2, bias:4
//   10  constants of a unit {unit, byte of 32}: gates i, f, g, o {a_x, a_h, bias}, a_c, b_c, 2 bytes each; there with byte 27
//   11  initial state of a unit {unit, byte of 4}: h, c:2
//
// The result is the logits, 4 bytes each. All numbers go with the lower byte first. One adder makes the read-out's products, a bit a clock.
`default_nettype none

module lac_lstm_core #(
    parameter Inputs     = 28,  // of a step
    parameter Steps      = 28,  // of an inference
    parameter Units      = 32,
    parameter Outputs    = 10,  // of the read-out, 64 at most
    parameter WeightBits = 2,   // 1 binary, 2 ternary
    parameter AccWidth   = 14,  // bits of a sum of the layer
    parameter PreShift   = 10,  // formats of the layer: docs/lstm.md
    parameter CellFrac   = 11,
    parameter NormShift  = 12,
    parameter Threshold  = 0,
    parameter Initial    = 1,   // 1: a sequence begins with the initial state, 0: with zero
    parameter LogitShift = 16
) (
    input  wire        clk_i,
    input  wire        rst_ni,
    input  wire        write_valid_i,
    input  wire        input_valid_i,
    input  wire [15:0] addr_i,
    input  wire [7:0]  data_i,
    output wire        done_o,
    output wire [7:0]  read_data_o
);
  localparam Lanes      = 4;  // a unit's gates
  localparam Columns    = Inputs + Units;
  localparam Values     = Inputs * Steps;
  localparam ReadOut    = Units * Columns;                    // where its weights begin
  localparam Words      = ReadOut + Outputs * (Units + 6);
  localparam WordAddr   = $clog2(Words);
  localparam ValueAddr  = (Values > 1) ? $clog2(Values) : 1;
  localparam FifoLog2   = 2;
  localparam MaxIndex   = (Units > Inputs) ? Units : Inputs;
  localparam IndexWidth = (MaxIndex > 1) ? $clog2(MaxIndex) : 1;
  localparam UnitWidth  = (Units > 1) ? $clog2(Units) : 1;
  localparam OutWidth   = (Outputs > 1) ? $clog2(Outputs) : 1;
  localparam PartWidth  = ((Units > Outputs) ? UnitWidth : OutWidth) + 2;
  localparam ParamBytes = 2 * (4 * 3 + 2);
  localparam LastParam  = ParamBytes - 1;
  localparam LastValue  = Values - 1;
  localparam LastColumn = Inputs - 1;
  localparam LastUnit   = Units - 1;
  localparam LastOutput = Outputs - 1;
  localparam ScaledBits = 16 + UnitWidth + 1 + 16;            // of a scaled sum
  localparam SumBits    = (ScaledBits > LogitShift + 8) ? ScaledBits : LogitShift + 8;
  localparam [SumBits-1:0] Half = (LogitShift > 0) ? {{(SumBits-1){1'b0}}, 1'b1} << (LogitShift - 1) : {SumBits{1'b0}};

  generate
    if (WeightBits > 2) begin : g_weights
      lac_lstm_core_weightbits_must_be_1_or_2 fault ();
    end
    if (Words > 32768 || Units > 512 || Outputs > 64 || Values > 65535) begin : g_check
      lac_lstm_core_is_larger_than_its_addresses fault ();
    end
    // A step's zeros are passed over while the step before is computed, at least four clocks a unit.
    if (Inputs > 4 * Units) begin : g_inputs
      lac_lstm_core_inputs_must_be_4_units_at_most fault ();
    end
  endgenerate

  // ---- writes
  reg  [ParamBytes*8-9:0] params_q;
  wire                    write_constant = write_valid_i && addr_i[15:14] == 2'b10;
  wire                    write_initial  = write_valid_i && addr_i[15:14] == 2'b11;
  always @(posedge clk_i) if (write_constant) params_q <= {data_i, params_q[ParamBytes*8-9:8]};

  // ---- x: inputs wait in a memory for the engine's two lists, which take those that are not zero
  reg  [15:0]           arrived_q, fed_q;
  reg  [IndexWidth-1:0] column_q, x_column_q;
  reg                   x_valid_q, x_last_q;
  wire                  x_ready;
  wire [7:0]            x;
  wire                  feed = (!x_valid_q || x_ready) && fed_q != arrived_q && !input_valid_i;  // never a write and a read at once
  wire                  last_column = column_q == LastColumn[IndexWidth-1:0];
  lac_ram #(
      .Width    (8),
      .Depth    (Values),
      .AddrWidth(ValueAddr)
  ) values (
      .clk_i       (clk_i),
      .write_en_i  (input_valid_i),
      .write_addr_i(addr_i[ValueAddr-1:0]),
      .write_data_i(data_i),
      .read_en_i   (feed),
      .read_addr_i (fed_q[ValueAddr-1:0]),
      .read_data_o (x)
  );
  always @(posedge clk_i) begin
    if (!rst_ni) begin
      arrived_q <= 16'd0;
      fed_q     <= 16'd0;
      x_valid_q <= 1'b0;
    end else begin
      if (input_valid_i) arrived_q <= addr_i + 16'd1;
      if (input_valid_i && addr_i == 16'd0) fed_q <= 16'd0;
      else if (feed) fed_q <= fed_q + 16'd1;
      if (!x_valid_q || x_ready) x_valid_q <= feed;
    end
    if (!rst_ni) column_q <= {IndexWidth{1'b0}};
    else if (feed) column_q <= last_column ? {IndexWidth{1'b0}} : column_q + 1'b1;
    if (feed) begin
      x_column_q <= column_q;
      x_last_q   <= last_column;
    end
  end

  // ---- the engine begins four clocks after the last input: then the first lists are there
  reg  [3:0]  start_q;
  reg         run_q, read_out_q;
  wire        start = start_q[3];
  wire        busy;
  wire        finished = run_q && !busy && !start;
  always @(posedge clk_i) begin
    if (!rst_ni) begin
      start_q <= 4'd0;
      run_q   <= 1'b0;
    end else begin
      start_q <= {start_q[2:0], input_valid_i && addr_i == LastValue[15:0]};
      if (start_q[2]) run_q <= 1'b1;
      else if (finished) run_q <= 1'b0;
    end
  end

  // ---- weights: an answer a clock after its command, or later from the queue
  reg                 word_q;
  reg  [WordAddr-1:0] at_q;  // of the read-out
  wire                cmd_valid, weight_ready, queued;
  wire [31:0]         cmd_addr;
  wire [7:0]          cmd_words, weight, queued_weight;
  lac_ram #(
      .Width    (8),
      .Depth    (Words),
      .AddrWidth(WordAddr)
  ) weights (
      .clk_i       (clk_i),
      .write_en_i  (write_valid_i && !addr_i[15]),
      .write_addr_i(addr_i[WordAddr-1:0]),
      .write_data_i(data_i),
      .read_en_i   (!write_valid_i),  // never both: a tool need not keep the old word of a collision
      .read_addr_i (read_out_q ? at_q : cmd_addr[WordAddr-1:0]),
      .read_data_o (weight)
  );
  lac_fifo #(
      .Width    (8),
      .DepthLog2(FifoLog2)
  ) queue (
      .clk_i      (clk_i),
      .rst_ni     (rst_ni),
      .push_i     (word_q && (queued || !weight_ready)),
      .push_data_i(weight),
      .valid_o    (queued),
      .data_o     (queued_weight),
      .pop_i      (queued && weight_ready)
  );
  wire [7:0] weight_now = queued ? queued_weight : weight;
  always @(posedge clk_i) word_q <= rst_ni && cmd_valid;

  // ---- states and results: bytes {0, 0, unit} h, {1, 0, unit, part} initial state, {1, 1, output, byte} results
  reg                  init_q, init_valid_q;
  reg  [UnitWidth-1:0] init_unit_q;
  reg  [1:0]           init_part_q;
  reg  [15:0]          init_bytes_q;  // the last two
  reg  [UnitWidth-1:0] unit_q;        // of the read-out
  reg  [OutWidth-1:0]  output_q;
  reg  [1:0]           byte_q;
  wire                 result_valid, y_valid;
  wire [7:0]           result, state;
  wire [IndexWidth+25:0] y;
  wire [IndexWidth-1:0]  y_unit = y[25 +: IndexWidth];
  wire [PartWidth-1:0] init_place  = {{(PartWidth-UnitWidth-2){1'b0}}, init_unit_q, init_part_q};
  wire [PartWidth-1:0] unit_place  = {{(PartWidth-UnitWidth){1'b0}}, unit_q};
  wire [PartWidth-1:0] y_place     = {{(PartWidth-UnitWidth){1'b0}}, y_unit[UnitWidth-1:0]};
  wire [PartWidth-1:0] write_place = {{(PartWidth-OutWidth-2){1'b0}}, output_q, byte_q};
  wire [PartWidth+7:0] read_place  = {{PartWidth{1'b0}}, addr_i[7:0]};  // of a read's address the low 8 bits say which byte
  wire                 state_we    = write_initial || y_valid || result_valid;
  lac_ram #(
      .Width    (8),
      .Depth    (4 << PartWidth),
      .AddrWidth(PartWidth + 2)
  ) states (
      .clk_i       (clk_i),
      .write_en_i  (state_we),
      .write_addr_i(result_valid ? {2'b11, write_place} : y_valid ? {2'b00, y_place} : {2'b10, addr_i[PartWidth-1:0]}),
      .write_data_i(result_valid ? result : y_valid ? y[7:0] : data_i),
      .read_en_i   (!state_we),  // never both
      .read_addr_i (read_out_q ? {2'b00, unit_place} : init_q ? {2'b10, init_place} : {2'b11, read_place[PartWidth-1:0]}),
      .read_data_o (state)
  );
  assign read_data_o = state;

  // A beat of the initial state takes three clocks: its last byte is the memory's output while the next one's first is asked for.
  wire last_init = init_unit_q == LastUnit[UnitWidth-1:0];
  always @(posedge clk_i) begin
    if (!rst_ni) begin
      init_q       <= 1'b0;
      init_valid_q <= 1'b0;
    end else begin
      if (start) init_q <= Initial != 0;
      else if (init_part_q == 2'd2 && last_init) init_q <= 1'b0;
      init_valid_q <= init_q && init_part_q == 2'd2;
    end
    if (start) begin
      init_unit_q <= {UnitWidth{1'b0}};
      init_part_q <= 2'd0;
    end else if (init_q) begin
      init_part_q <= (init_part_q == 2'd2) ? 2'd0 : init_part_q + 2'd1;
      if (init_part_q == 2'd2) init_unit_q <= init_unit_q + 1'b1;
    end
    init_bytes_q <= {state, init_bytes_q[15:8]};
  end

  wire       start_ready, init_ready;
  wire [2:0] cycle_class;
  wire       unused = ^{addr_i, y, y_unit, cmd_addr, cmd_words, start_ready, init_ready, cycle_class, weight_now, fed_q};
  lac_bt_lstm #(
      .WeightBits(WeightBits),
      .Lanes     (Lanes),
      .Batch     (1),
      .Depth     (1),
      .EwWidth   (1),
      .EwGates   (1),
      .MaxUnits  (Units),
      .MaxInputs (Inputs),
      .AccWidth  (AccWidth),
      .FifoDepth (1 << FifoLog2)
  ) engine (
      .clk_i            (clk_i),
      .rst_ni           (rst_ni),
      .cfg_units_i      (Units[15:0]),
      .cfg_inputs_i     (Inputs[15:0]),
      .cfg_words_i      (Units[15:0]),
      .cfg_block_words_i(8'd1),
      .cfg_base_i       (32'd0),
      .cfg_stride_i     (16'd1),
      .cfg_last_stride_i(16'd1),
      .cfg_span_i       (Columns[31:0]),
      .cfg_pre_shift_i  (PreShift[4:0]),
      .cfg_cell_frac_i  (CellFrac[3:0]),
      .cfg_threshold_i  (Threshold[6:0]),
      .cfg_norm_shift_i (NormShift[4:0]),
      .param_we_i       (write_constant && addr_i[4:0] == LastParam[4:0]),
      .param_unit_i     ({{(IndexWidth-UnitWidth){1'b0}}, addr_i[5 +: UnitWidth]}),
      .param_data_i     ({data_i, params_q}),
      .start_valid_i    (start),
      .start_ready_o    (start_ready),
      .start_data_i     ({Initial != 0, Steps[15:0]}),
      .init_valid_i     (init_valid_q),
      .init_ready_o     (init_ready),
      .init_data_i      ({state, init_bytes_q}),
      .x_valid_i        (x_valid_q),
      .x_ready_o        (x_ready),
      .x_data_i         ({x_last_q, x != 8'd0, x_column_q, x}),
      .cmd_valid_o      (cmd_valid),
      .cmd_ready_i      (1'b1),
      .cmd_addr_o       (cmd_addr),
      .cmd_words_o      (cmd_words),
      .weight_valid_i   (queued || word_q),
      .weight_ready_o   (weight_ready),
      .weight_data_i    (weight_now[Lanes*WeightBits-1:0]),
      .y_valid_o        (y_valid),
      .y_ready_i        (1'b1),
      .y_data_o         (y),
      .busy_o           (busy),
      .cycle_class_o    (cycle_class)
  );

  // ---- read-out: bytes of the weight memory in their order; products by shifting and adding, the sign's bit last
  localparam [1:0] Fetch = 2'd0, Take = 2'd1, Shift = 2'd2;
  localparam [1:0] Weight = 2'd0, ScaleLow = 2'd1, ScaleHigh = 2'd2, Bias = 2'd3;
  reg  [1:0]         phase_q, what_q;
  reg  [3:0]         bit_q;      // that are left of a factor
  reg  [15:0]        factor_q;   // weight or scale
  reg  [SumBits-1:0] shifted_q;  // state or sum
  reg  [SumBits-1:0] sum_q;
  reg                carry_q, done_q;
  wire               taken     = read_out_q && phase_q == Take;
  wire               last_unit = unit_q == LastUnit[UnitWidth-1:0];
  wire               last_byte = byte_q == 2'd3;
  wire               last      = output_q == LastOutput[OutWidth-1:0];
  wire [8:0]         biased    = {1'b0, sum_q[LogitShift +: 8]} + {1'b0, weight} + {8'd0, carry_q};
  assign result       = biased[7:0];
  assign result_valid = taken && what_q == Bias;
  assign done_o       = done_q;

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      read_out_q <= 1'b0;
      done_q     <= 1'b0;
    end else begin
      if (finished) read_out_q <= 1'b1;
      else if (result_valid && last_byte && last) read_out_q <= 1'b0;
      if (input_valid_i && addr_i == 16'd0) done_q <= 1'b0;
      else if (result_valid && last_byte && last) done_q <= 1'b1;
    end
    if (!read_out_q) begin
      phase_q  <= Fetch;
      what_q   <= Weight;
      at_q     <= ReadOut[WordAddr-1:0];
      unit_q   <= {UnitWidth{1'b0}};
      output_q <= {OutWidth{1'b0}};
      sum_q    <= {SumBits{1'b0}};
    end else if (phase_q == Fetch) begin
      phase_q <= Take;
    end else if (phase_q == Take) begin
      at_q <= at_q + 1'b1;
      case (what_q)
        Weight: begin
          factor_q  <= {8'd0, weight};
          shifted_q <= {{(SumBits-8){state[7]}}, state};
          bit_q     <= 4'd7;
          phase_q   <= Shift;
          unit_q    <= last_unit ? {UnitWidth{1'b0}} : unit_q + 1'b1;
          if (last_unit) what_q <= ScaleLow;
        end
        ScaleLow: begin
          factor_q <= {8'd0, weight};
          phase_q  <= Fetch;
          what_q   <= ScaleHigh;
        end
        ScaleHigh: begin
          factor_q  <= {weight, factor_q[7:0]};
          shifted_q <= sum_q;
          sum_q     <= Half;
          bit_q     <= 4'd15;
          phase_q   <= Shift;
          what_q    <= Bias;
          byte_q    <= 2'd0;
          carry_q   <= 1'b0;
        end
        default: begin
          carry_q <= biased[8];
          byte_q  <= byte_q + 2'd1;
          phase_q <= Fetch;
          sum_q   <= {{8{sum_q[SumBits-1]}}, sum_q[SumBits-1:8]};
          if (last_byte) begin
            what_q   <= Weight;
            sum_q    <= {SumBits{1'b0}};
            output_q <= output_q + 1'b1;
          end
        end
      endcase
    end else begin
      if (factor_q[0]) sum_q <= (bit_q == 4'd0) ? sum_q - shifted_q : sum_q + shifted_q;
      factor_q  <= {1'b0, factor_q[15:1]};
      shifted_q <= {shifted_q[SumBits-2:0], 1'b0};
      bit_q     <= bit_q - 4'd1;
      if (bit_q == 4'd0) phase_q <= Take;
    end
  end
endmodule

`default_nettype wire
