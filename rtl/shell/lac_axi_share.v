// SPDX-License-Identifier: Apache-2.0
// Two read masters on one AXI4 port: requests in turn, data by ID.
//
// A request that is offered is the one that stays offered until it is taken, whoever else asks meanwhile. Both masters take their data
// always (lac_axi_read), so r_ready is 1.
`default_nettype none

module lac_axi_share (
    input  wire        clk_i,
    input  wire        rst_ni,
    // masters: 0 in the lower half
    input  wire [1:0]  ar_valid_i,
    output wire [1:0]  ar_ready_o,
    input  wire [63:0] ar_addr_i,
    input  wire [15:0] ar_len_i,
    output wire [1:0]  r_valid_o,
    // the port
    output wire        m_ar_valid_o,
    input  wire        m_ar_ready_i,
    output wire        m_ar_id_o,
    output wire [31:0] m_ar_addr_o,
    output wire [7:0]  m_ar_len_o,
    input  wire        m_r_valid_i,
    input  wire        m_r_id_i
);
  reg  held_q;   // the offer of the last cycle was not taken
  reg  owner_q;  // whose offer the last one was
  wire owner = held_q ? owner_q : owner_q ? !ar_valid_i[0] : ar_valid_i[1];  // the other one first

  always @(posedge clk_i) begin
    if (!rst_ni) begin
      held_q  <= 1'b0;
      owner_q <= 1'b0;
    end else begin
      held_q <= m_ar_valid_o && !m_ar_ready_i;
      if (m_ar_valid_o) owner_q <= owner;
    end
  end

  assign m_ar_valid_o = |ar_valid_i;
  assign m_ar_id_o    = owner;
  assign m_ar_addr_o  = owner ? ar_addr_i[63:32] : ar_addr_i[31:0];
  assign m_ar_len_o   = owner ? ar_len_i[15:8] : ar_len_i[7:0];
  assign ar_ready_o   = {m_ar_ready_i && owner, m_ar_ready_i && !owner};
  assign r_valid_o    = {m_r_valid_i && m_r_id_i, m_r_valid_i && !m_r_id_i};
endmodule

`default_nettype wire
