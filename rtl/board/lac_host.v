// SPDX-License-Identifier: Apache-2.0
// A host's side of an engine's core: frames of bytes over a UART that write its memories, send it an inference, and read what it answers.
//
//   to the board:   A5 command address16 length crc16, then `length` bytes and their crc16 (not for a read, nor when length is 0)
//   from the board: 5A status length, `length` bytes, crc16
//
// Numbers of 16 bits go with the lower byte first, a crc with the higher. Commands, addresses and errors are in docs/fpga.md, "The host's
// protocol". A header has a checksum of its own, so that nothing is written to a wrong address; the last byte of a frame is not passed on
// before its checksum was right, so that no inference begins with a wrong value.
`default_nettype none

module lac_host #(
    parameter         Divisor  = 104,    // clocks a bit of the UART, 4 at least
    parameter         Inputs   = 196,    // values of an inference
    parameter [127:0] Identity = 128'd0  // what is read at addresses 0 to 15, the lowest byte first
) (
    input  wire        clk_i,
    input  wire        rst_ni,
    input  wire        rx_i,
    output wire        tx_o,
    output wire        busy_o,         // an inference runs
    // the core
    output reg         core_rst_no,
    output wire        write_valid_o,  // for a clock; never while an inference runs
    output wire        input_valid_o,  // the same
    output wire [15:0] addr_o,         // of a write; of an input: its number; of a read: its low 8 bits are the result's byte
    output wire [7:0]  data_o,
    input  wire        done_i,         // a result is there, until the next inference's first value
    input  wire [7:0]  read_data_i     // the result's byte, a clock after its address
);
  localparam [2:0] Hunt = 3'd0, Header = 3'd1, Body = 3'd2, Check = 3'd3, Reply = 3'd4;
  localparam [7:0] Write = 8'd1, Read = 8'd2, Input = 8'd3, Reset = 8'd4;
  localparam [2:0] Good = 3'd0, BadChecksum = 3'd1, BadCommand = 3'd2, Busy = 3'd3, OutOfPlace = 3'd4;
  localparam       Patience = $clog2(160 * Divisor);  // of 16 bytes or more

  generate
    if (Inputs < 1 || Inputs > 65535) begin : g_inputs
      lac_host_inputs_must_be_1_to_65535 fault ();
    end
  endgenerate

  // Checksum CRC-16/CCITT-FALSE with one more byte: x^16 + x^12 + x^5 + 1, from FFFF. Over data and checksum it is 0.
  function [15:0] crc_with(input [15:0] crc, input [7:0] data);
    integer at;
    begin
      crc_with = crc ^ {data, 8'd0};
      for (at = 0; at < 8; at = at + 1) crc_with = {crc_with[14:0], 1'b0} ^ (crc_with[15] ? 16'h1021 : 16'h0000);
    end
  endfunction

  wire       rx_valid, rx_error, tx_ready;
  wire [7:0] rx_data;
  lac_uart_rx #(
      .Divisor(Divisor)
  ) receiver (
      .clk_i  (clk_i),
      .rst_ni (rst_ni),
      .rx_i   (rx_i),
      .valid_o(rx_valid),
      .error_o(rx_error),
      .data_o (rx_data)
  );

  reg  [2:0]        state_q;
  reg  [7:0]        count_q;      // of bytes in this state
  reg  [31:0]       header_q;     // length, address, command
  reg  [15:0]       crc_q;
  reg  [2:0]        status_q;
  reg  [7:0]        next_q;       // a body's byte until the next one or a good checksum has come
  reg  [7:0]        held_q;       // and the byte that is passed on
  reg  [15:0]       position_q;   // inputs passed on of this inference
  reg               running_q;
  reg  [31:0]       cycles_q;     // of the last inference
  reg  [Patience:0] patience_q;   // clocks since a frame's last byte
  reg               pass_q;
  wire [7:0]        command  = header_q[7:0];
  wire [15:0]       addr     = header_q[23:8];
  wire [7:0]        length   = header_q[31:24];
  wire [7:0]        tx_data;
  wire [15:0]       crc_next = crc_with(crc_q, (state_q == Reply) ? tx_data : rx_data);
  wire              crc_good = crc_next == 16'd0;
  wire              pass_input = pass_q && command == Input;

  assign busy_o        = running_q;
  assign write_valid_o = pass_q && command == Write;
  assign input_valid_o = pass_input;
  assign addr_o        = addr;
  assign data_o        = held_q;

  // ---- reply: 0 sync, 1 status, 2 length, 3 data, 4 and 5 the checksum
  reg  [2:0]        part_q;
  wire [7:0]        reply_length = (status_q == Good && command == Read) ? length : 8'd0;
  wire [7:0]        own          = addr[4] ? (addr[2] ? {6'd0, done_i, running_q} : cycles_q[addr[1:0]*8 +: 8]) : Identity[addr[3:0]*8 +: 8];
  assign tx_data = (part_q == 3'd0) ? 8'h5A : (part_q == 3'd1) ? {5'd0, status_q} : (part_q == 3'd2) ? reply_length :
                   (part_q == 3'd3) ? (addr[8] ? read_data_i : own) : crc_q[15:8];  // the checksum's own first byte moves its second one up
  wire              sent = state_q == Reply && tx_ready;
  lac_uart_tx #(
      .Divisor(Divisor)
  ) transmitter (
      .clk_i  (clk_i),
      .rst_ni (rst_ni),
      .valid_i(state_q == Reply),
      .ready_o(tx_ready),
      .data_i (tx_data),
      .tx_o   (tx_o)
  );

  // ---- what a header asks for
  wire [16:0] end_position = {1'b0, addr} + {9'd0, length};
  wire        out_of_place = command == Input && ((addr != 16'd0 && addr != position_q) || end_position > Inputs[16:0]);
  wire        begins_anew  = command == Input && addr == 16'd0 && position_q != 16'd0;
  wire        forgets      = command == Write && position_q != 16'd0;  // a core whose memories are written loses its inputs
  wire [2:0]  answer       = (command == 8'd0 || command > Reset) ? BadCommand :
                             (running_q && (command == Write || command == Input)) ? Busy : out_of_place ? OutOfPlace : Good;

  always @(posedge clk_i) begin
    pass_q      <= 1'b0;
    core_rst_no <= rst_ni;
    if (!rst_ni) begin
      state_q    <= Hunt;
      position_q <= 16'd0;
      running_q  <= 1'b0;
      cycles_q   <= 32'd0;
    end else begin
      if (pass_q) header_q[23:8] <= addr + 16'd1;
      if (pass_input) begin
        position_q <= (position_q + 16'd1 == Inputs[15:0]) ? 16'd0 : position_q + 16'd1;
        running_q  <= position_q + 16'd1 == Inputs[15:0];
        cycles_q   <= 32'd0;
      end else if (running_q) begin
        if (done_i) running_q <= 1'b0;
        else cycles_q <= cycles_q + 32'd1;
      end
      case (state_q)
        Hunt: begin
          count_q <= 8'd0;
          crc_q   <= 16'hFFFF;
          if (rx_valid && rx_data == 8'hA5) state_q <= Header;
        end
        Header: if (rx_valid) begin
          count_q <= count_q + 8'd1;
          crc_q   <= crc_next;
          if (count_q < 8'd4) header_q <= {rx_data, header_q[31:8]};
          if (count_q == 8'd5) begin
            count_q  <= 8'd0;
            crc_q    <= 16'hFFFF;
            part_q   <= 3'd0;
            status_q <= crc_good ? answer : BadChecksum;
            state_q  <= (crc_good && command != Read && length != 8'd0) ? Body : Reply;
            if (crc_good && (command == Reset || (answer == Good && (begins_anew || forgets)))) begin
              core_rst_no <= 1'b0;
              position_q  <= 16'd0;
              running_q   <= 1'b0;
            end
          end
        end
        Body: if (rx_valid) begin
          next_q  <= rx_data;
          held_q  <= next_q;
          pass_q  <= status_q == Good && count_q != 8'd0;
          count_q <= count_q + 8'd1;
          crc_q   <= crc_next;
          if (count_q + 8'd1 == length) begin
            count_q <= 8'd0;
            state_q <= Check;
          end
        end
        Check: if (rx_valid) begin
          count_q <= count_q + 8'd1;
          crc_q   <= crc_next;
          if (count_q == 8'd1) begin
            count_q <= 8'd0;
            crc_q   <= 16'hFFFF;
            part_q  <= 3'd0;
            state_q <= Reply;
            if (crc_good) begin
              held_q <= next_q;
              pass_q <= status_q == Good;
            end else begin
              status_q <= BadChecksum;
              if (command == Input && status_q == Good) begin
                core_rst_no <= 1'b0;
                position_q  <= 16'd0;
              end
            end
          end
        end
        default: if (sent) begin
          if (part_q != 3'd0) crc_q <= crc_next;
          if (part_q == 3'd3) begin
            header_q[23:8] <= addr + 16'd1;
            count_q        <= count_q + 8'd1;
          end
          if (part_q == 3'd2) part_q <= (reply_length == 8'd0) ? 3'd4 : 3'd3;
          else if (part_q != 3'd3 || count_q + 8'd1 == length) part_q <= part_q + 3'd1;
          if (part_q == 3'd5) state_q <= Hunt;
        end
      endcase
      patience_q <= (rx_valid || state_q == Hunt || state_q == Reply) ? {(Patience+1){1'b0}} : patience_q + 1'b1;
      if (rx_error || patience_q[Patience]) state_q <= (state_q == Reply) ? Reply : Hunt;  // nobody knows what the frame would have been
    end
  end
endmodule

`default_nettype wire
