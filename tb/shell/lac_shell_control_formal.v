// SPDX-License-Identifier: Apache-2.0
// What is proven of the shell's control: a start is answered by one of run, config or command error; a run ends with done once all y were
// taken, and with it alone, or in a fault, and leaves it only by a clear; a clear ends in idle as soon as nothing is on its way. Of the rest of
// the shell it is asked only that y leaves no more often than steps were asked for.
//
// inner_* are registers of the design, connected by the proof's script.
`default_nettype none

module lac_shell_control_formal (
    input wire       clk_i,
    input wire       rst_ni,
    input wire       start,
    input wire       load,
    input wire       clear,
    input wire       config_bad,
    input wire       load_bad,
    input wire       error,
    input wire       bus_error,
    input wire [1:0] count,
    input wire       y_last,
    input wire       y_idle,
    input wire       x_last,
    input wire       x_open,
    input wire       x_cut,
    input wire       x_all,
    input wire       load_ready,
    input wire       load_idle,
    input wire       load_rest,
    input wire       record_bad,
    input wire       reads_idle
);
  wire y_final, load_valid, idle, run, begins, loading, fault, clearing, done, loaded;
  wire config_error, load_error, command_error, packet_error;
  lac_shell_control dut (
      .clk_i          (clk_i),
      .rst_ni         (rst_ni),
      .start_i        (start),
      .load_i         (load),
      .clear_i        (clear),
      .config_bad_i   (config_bad),
      .load_bad_i     (load_bad),
      .error_i        (error),
      .bus_error_i    (bus_error),
      .count_i        ({30'd0, count}),
      .y_last_i       (y_last),
      .y_final_o      (y_final),
      .y_idle_i       (y_idle),
      .x_last_i       (x_last),
      .x_open_i       (x_open),
      .x_cut_i        (x_cut),
      .x_all_i        (x_all),
      .load_valid_o   (load_valid),
      .load_ready_i   (load_ready),
      .load_idle_i    (load_idle),
      .load_rest_i    (load_rest),
      .record_bad_i   (record_bad),
      .reads_idle_i   (reads_idle),
      .idle_o         (idle),
      .run_o          (run),
      .begin_o        (begins),
      .load_o         (loading),
      .fault_o        (fault),
      .clearing_o     (clearing),
      .done_o         (done),
      .loaded_o       (loaded),
      .config_error_o (config_error),
      .load_error_o   (load_error),
      .command_error_o(command_error),
      .packet_error_o (packet_error)
  );
  wire [2:0]  inner_state;
  wire [3:0]  inner_cycles;
  wire [31:0] inner_ended, inner_begun;
  wire        inner_asked, inner_bad;
  wire        leaving = inner_state == 3'd3;

  // ---- the environment: a reset first; configuration stays in a run; each step or image once
  reg       past = 1'b0;
  reg [1:0] count_before;
  always @(posedge clk_i) begin
    past         <= 1'b1;
    count_before <= count;
    if (!past) assume (!rst_ni);
  end
  always @(*) begin
    if (past && !idle) assume (count == count_before);
    assume (config_bad || count != 2'd0);  // as lac_shell has it
    if (!run) assume (!y_last && !x_last);
    if (inner_begun == {30'd0, count}) assume (!x_last);
  end

  // ---- a model: what was started, and since when a clear has waited
  reg       running, loads, left_all, faulted;
  reg [2:0] steps;   // whose y has left
  reg [3:0] waited;  // cycles of a clear
  always @(posedge clk_i) begin
    if (!rst_ni || clear) {running, loads, left_all, steps} <= 6'd0;
    else begin
      if (idle && start && !load && !error && !config_bad) {running, left_all, steps} <= 5'b10000;
      else if (done) running <= 1'b0;
      if (idle && load && !start && !error && !load_bad) loads <= 1'b1;
      else if (loading && inner_asked && load_idle) loads <= 1'b0;
      if (run && y_last) begin
        steps <= steps + 3'd1;
        if (steps + 3'd1 == {1'b0, count}) left_all <= 1'b1;
      end
      if (fault) {running, loads} <= 2'b00;
    end
    waited <= (!rst_ni || !clearing || clear) ? 4'd0 : (waited == 4'd15) ? waited : waited + 4'd1;
  end

  always @(*) begin
    if (past && rst_ni) begin
      one_state: assert ({2'd0, idle} + run + loading + fault + clearing + leaving == 3'd1);
      run_was_started: assert (fault || running == (run || leaving));
      load_was_started: assert (fault || loads == loading);
      assert (!run || (inner_ended == {29'd0, steps} && steps < {1'b0, count} && !left_all));
      assert (!leaving || left_all);
      assert (!begins || (run && steps == 3'd0));
      assert (inner_begun <= {30'd0, count} || !run);
      assert (!clearing || inner_cycles == waited);
      // every command is answered at once
      start_is_answered: assert (!(start && !clear) || config_error || command_error || (idle && !load && !error && !config_bad));
      assert (!(config_error && command_error) && !(clear && (config_error || command_error)));
      done_after_all_y: assert (!done || (running && left_all && y_idle));
      loaded_without_error: assert (!(loaded && load_error));
    end
  end
  always @(posedge clk_i) begin
    if (past && rst_ni && $past(rst_ni)) begin
      clear_comes_to_its_end: assert (!($past(clearing && waited == 4'd15 && reads_idle && y_idle && !clear)) || idle);
      clear_ends_all: assert (!$past(clear) || clearing);
      fault_stays: assert (!($past(fault && !clear)) || fault);
      bus_error_stops: assert (!($past((run || loading) && bus_error && !clear)) || fault);
      short_packet_stops: assert (!($past(run && x_all && inner_begun != {30'd0, count} && !clear)) || fault);
      done_ends_the_run: assert (!($past(done && !clear && !bus_error)) || idle);
    end
    faulted <= rst_ni && (faulted || fault);
    if (past && rst_ni) begin
      run_of_three: cover (done && count == 2'd3);
      load_of_a_bad_record: cover (load_error && loading);
      clear_of_a_fault: cover (idle && faulted);
    end
  end
endmodule

`default_nettype wire
