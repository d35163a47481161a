// SPDX-License-Identifier: Apache-2.0
// What the shell does: idle, a load, a run, a stop by an error, a clear.
//
//   idle --start--> run --last y has left the engine--> leave --last y was taken--> idle (done)
//   idle --load--> load --last record written--> idle (loaded)
//   run, leave, load --bus error--> fault --clear--> clear        any --clear--> clear --reads and streams at rest--> idle
//   run --packet of x that is too short--> fault
`default_nettype none

module lac_shell_control (
    input  wire        clk_i,
    input  wire        rst_ni,
    // commands, for a cycle
    input  wire        start_i,
    input  wire        load_i,
    input  wire        clear_i,
    input  wire        config_bad_i,    // what start would run does not fit
    input  wire        load_bad_i,      // nor what load would read
    input  wire        error_i,         // an error is not yet cleared
    input  wire        bus_error_i,
    input  wire [31:0] count_i,
    // the rest of the shell
    input  wire        y_last_i,        // for a cycle: the last beat of a step or an image goes out
    output wire        y_final_o,       // that step or image is the last of the run
    input  wire        y_idle_i,        // y was taken
    input  wire        x_last_i,        // for a cycle: the engine takes the last beat of x of a step or an image
    input  wire        x_open_i,        // in the middle of a packet of x
    input  wire        x_cut_i,         // for a cycle: TLAST in the middle of a beat
    input  wire        x_all_i,         // the packet has ended and the engine has taken all of it
    output wire        load_valid_o,    // the load's command
    input  wire        load_ready_i,
    input  wire        load_idle_i,
    input  wire        load_rest_i,
    input  wire        record_bad_i,
    input  wire        reads_idle_i,
    // states
    output wire        idle_o,
    output wire        run_o,
    output wire        begin_o,         // first cycle of a run
    output wire        load_o,
    output wire        fault_o,
    output wire        clearing_o,
    // for a cycle
    output wire        done_o,
    output wire        loaded_o,
    output wire        config_error_o,
    output wire        load_error_o,
    output wire        command_error_o,
    output wire        packet_error_o
);
  localparam [2:0] Idle = 3'd0, Load = 3'd1, Run = 3'd2, Leave = 3'd3, Fault = 3'd4, Clear = 3'd5;
  localparam [3:0] ResetCycles = 4'd15;  // of a clear at least: the engine's pipelines empty meanwhile

  reg  [2:0]  state_q;
  reg         begin_q, asked_q, bad_q;
  reg  [3:0]  cycles_q;
  reg  [31:0] begun_q, ended_q;  // steps or images of the run whose x was taken, whose y has left
  wire        idle    = state_q == Idle;
  wire        take    = idle && !error_i && !(start_i && load_i);
  wire        start   = start_i && take && !config_bad_i;
  wire        load    = load_i && take && !load_bad_i;
  wire        final   = y_last_i && y_final_o;
  wire        loaded  = state_q == Load && asked_q && load_idle_i;
  wire        broken  = bad_q || record_bad_i || load_rest_i;  // a load that has come to its end
  wire        starved = run_o && x_all_i && begun_q != count_i;  // the engine would wait for ever
  wire        at_rest = cycles_q == ResetCycles && reads_idle_i && y_idle_i;

  assign idle_o          = idle;
  assign run_o           = state_q == Run;
  assign begin_o         = begin_q;
  assign load_o          = state_q == Load;
  assign fault_o         = state_q == Fault;
  assign clearing_o      = state_q == Clear;
  assign y_final_o       = ended_q == count_i - 32'd1;
  assign load_valid_o    = state_q == Load && !asked_q;
  assign done_o          = state_q == Leave && y_idle_i;
  assign loaded_o        = loaded && !broken;
  assign config_error_o  = start_i && take && config_bad_i && !clear_i;
  assign load_error_o    = (load_i && take && load_bad_i && !clear_i) || (loaded && broken);
  assign command_error_o = (start_i || load_i) && !take && !clear_i;
  assign packet_error_o  = starved || (run_o && (x_cut_i || (final && x_open_i)));

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      state_q <= Idle;
      begin_q <= 1'b0;
    end else begin
      begin_q <= start && !clear_i;
      if (clear_i) state_q <= Clear;
      else begin
        case (state_q)
          Idle: state_q <= start ? Run : load ? Load : Idle;
          Load: state_q <= bus_error_i ? Fault : loaded ? Idle : Load;
          Run: state_q <= (bus_error_i || starved) ? Fault : final ? Leave : Run;
          Leave: state_q <= bus_error_i ? Fault : y_idle_i ? Idle : Leave;
          Clear: state_q <= at_rest ? Idle : Clear;
          default: state_q <= state_q;
        endcase
      end
    end
    if (state_q != Clear || clear_i) cycles_q <= 4'd0;
    else if (cycles_q != ResetCycles) cycles_q <= cycles_q + 4'd1;
    if (idle) {begun_q, ended_q} <= 64'd0;
    else begin
      if (x_last_i) begun_q <= begun_q + 32'd1;
      if (y_last_i) ended_q <= ended_q + 32'd1;
    end
    if (idle) {asked_q, bad_q} <= 2'b00;
    else begin
      if (load_valid_o && load_ready_i) asked_q <= 1'b1;
      if (record_bad_i) bad_q <= 1'b1;
    end
  end
endmodule

`default_nettype wire
