// SPDX-License-Identifier: Apache-2.0
// Counts the cycles of a run, all and by the class that the engine says.
//
//   cycles[0] = cycles with run_i since begin_i;   cycles[n] = those of them with class_i = n
`default_nettype none

module lac_shell_counters #(
    parameter Classes = 5  // that the engine has, 1 to 5
) (
    input  wire             clk_i,
    input  wire             rst_ni,
    input  wire             begin_i,   // first cycle of a run
    input  wire             run_i,
    input  wire [2:0]       class_i,   // of this cycle; 0: none
    output wire [12*32-1:0] cycles_o   // 64 bits each: all, class 1, ...
);
  localparam Count = Classes + 1;

  generate
    if (Classes < 1 || Classes > 5) begin : g_classes
      lac_shell_counters_classes_must_be_1_to_5 fault ();
    end
  endgenerate

  reg     [Count*64-1:0] cycles_q;
  integer                c;
  always @(posedge clk_i) begin
    for (c = 0; c < Count; c = c + 1) begin
      if (!rst_ni) cycles_q[c*64 +: 64] <= 64'd0;
      else if (run_i && (c == 0 || class_i == c[2:0]))
        cycles_q[c*64 +: 64] <= (begin_i ? 64'd0 : cycles_q[c*64 +: 64]) + 64'd1;
      else if (begin_i) cycles_q[c*64 +: 64] <= 64'd0;
    end
  end

  generate
    if (Count < 6) begin : g_rest
      assign cycles_o = {{((6-Count)*64){1'b0}}, cycles_q};
    end else begin : g_all
      assign cycles_o = cycles_q;
    end
  endgenerate
endmodule

`default_nettype wire
