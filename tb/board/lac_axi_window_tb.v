// SPDX-License-Identifier: Apache-2.0
// Plays a host on lac_axi_window: behind it a slave of 1024 registers that takes its time, and streams that lead from x back to y, with pauses.
// The slave has an error for the last 256 of its registers. Addresses come before and after their data, reads while writes go on. Every answer is compared with a model of what the window says it does. Prints "passed" and the number of transactions, or what is wrong.
`default_nettype none

module lac_axi_window_tb;
  parameter Transactions = 20000;
  parameter Seed         = 1;
  localparam FifoLog2    = 3;
  localparam Capacity    = 2 << FifoLog2;  // of both queues together: x comes back as y

  reg clk = 1'b0, rst_n = 1'b0;
  always #5 clk = !clk;
  integer seed = Seed;

  reg  [15:0] awaddr, araddr;
  reg  [31:0] wdata;
  reg         awvalid = 1'b0, wvalid = 1'b0, bready = 1'b0, arvalid = 1'b0, rready = 1'b0;
  wire        awready, wready, bvalid, arready, rvalid;
  wire [1:0]  bresp, rresp;
  wire [31:0] rdata;
  wire [11:0] s_awaddr, s_araddr;
  wire        s_awvalid, s_wvalid, s_bready, s_arvalid, s_rready;
  wire [31:0] s_wdata;
  reg         s_awready = 1'b0, s_wready = 1'b0, s_bvalid = 1'b0, s_arready = 1'b0, s_rvalid = 1'b0;
  reg  [31:0] s_rdata;
  reg  [1:0]  s_bresp, s_rresp;
  wire [31:0] x_data;
  wire        x_valid, x_last, y_ready;
  reg         open = 1'b0;  // the way from x to y

  lac_axi_window #(
      .FifoLog2(FifoLog2)
  ) window (
      .clk_i(clk), .rst_ni(rst_n),
      .s_axi_awaddr(awaddr), .s_axi_awvalid(awvalid), .s_axi_awready(awready),
      .s_axi_wdata(wdata), .s_axi_wvalid(wvalid), .s_axi_wready(wready),
      .s_axi_bresp(bresp), .s_axi_bvalid(bvalid), .s_axi_bready(bready),
      .s_axi_araddr(araddr), .s_axi_arvalid(arvalid), .s_axi_arready(arready),
      .s_axi_rdata(rdata), .s_axi_rresp(rresp), .s_axi_rvalid(rvalid), .s_axi_rready(rready),
      .m_axi_awaddr(s_awaddr), .m_axi_awvalid(s_awvalid), .m_axi_awready(s_awready),
      .m_axi_wdata(s_wdata), .m_axi_wvalid(s_wvalid), .m_axi_wready(s_wready),
      .m_axi_bresp(s_bresp), .m_axi_bvalid(s_bvalid), .m_axi_bready(s_bready),
      .m_axi_araddr(s_araddr), .m_axi_arvalid(s_arvalid), .m_axi_arready(s_arready),
      .m_axi_rdata(s_rdata), .m_axi_rresp(s_rresp), .m_axi_rvalid(s_rvalid), .m_axi_rready(s_rready),
      .m_axis_tdata(x_data), .m_axis_tlast(x_last), .m_axis_tvalid(x_valid), .m_axis_tready(open && y_ready),
      .s_axis_tdata(~x_data), .s_axis_tlast(x_last), .s_axis_tvalid(open && x_valid), .s_axis_tready(y_ready)
  );

  // ---- the slave and the way from x to y
  reg [31:0] registers [0:1023];
  reg        got_aw = 1'b0, got_w = 1'b0;
  reg [11:0] got_addr;
  reg [31:0] got_data;
  always @(posedge clk) begin
    open      <= $random(seed) % 4 == 0;
    s_awready <= !got_aw && !s_awready && $random(seed) % 2 == 0;
    s_wready  <= !got_w && !s_wready && $random(seed) % 2 == 0;
    s_arready <= !s_rvalid && !s_arready && $random(seed) % 2 == 0;
    if (s_awvalid && s_awready) begin
      got_aw   <= 1'b1;
      got_addr <= s_awaddr;
    end
    if (s_wvalid && s_wready) begin
      got_w    <= 1'b1;
      got_data <= s_wdata;
    end
    if (got_aw && got_w) begin
      registers[got_addr[11:2]] <= got_data;
      s_bresp                   <= (got_addr[11:10] == 2'b11) ? 2'b10 : 2'b00;
      s_bvalid                  <= 1'b1;
      got_aw                    <= 1'b0;
      got_w                     <= 1'b0;
    end
    if (s_bvalid && s_bready) s_bvalid <= 1'b0;
    if (s_arvalid && s_arready) begin
      s_rvalid <= 1'b1;
      s_rdata  <= registers[s_araddr[11:2]];
      s_rresp  <= (s_araddr[11:10] == 2'b11) ? 2'b10 : 2'b00;
    end
    if (s_rvalid && s_rready) s_rvalid <= 1'b0;
  end

  // ---- the host
  integer failures = 0;
  task check(input condition, input [8*32-1:0] what);
    if (!condition && failures < 10) begin
      $display("failed: %0s at %0t", what, $time);
      failures = failures + 1;
      if (failures == 10) $finish;
    end
  endtask

  reg [32:0] sent [0:65535];
  integer    passed = 0;
  always @(posedge clk) if (open && x_valid && y_ready) begin
    check({x_last, x_data} === sent[passed], "beat of x");
    passed = (passed + 1) & 65535;
  end

  // what the window offers to the registers stays until it is taken
  reg        aw_waits = 1'b0, w_waits = 1'b0, ar_waits = 1'b0;
  reg [11:0] aw_before, ar_before;
  reg [31:0] w_before;
  always @(posedge clk) begin
    if (aw_waits) check(s_awvalid && s_awaddr === aw_before, "address of a write changed");
    if (w_waits) check(s_wvalid && s_wdata === w_before, "data of a write changed");
    if (ar_waits) check(s_arvalid && s_araddr === ar_before, "address of a read changed");
    aw_waits  = s_awvalid && !s_awready;
    w_waits   = s_wvalid && !s_wready;
    ar_waits  = s_arvalid && !s_arready;
    aw_before = s_awaddr;
    w_before  = s_wdata;
    ar_before = s_araddr;
  end

  reg [1:0]  wresp;
  reg [1:0]  resp;
  reg [31:0] got;
  task write(input [15:0] addr, input [31:0] data);
    begin
      fork
        begin
          while ($random(seed) % 3 == 0) @(posedge clk);
          #1 awaddr = addr;
          awvalid = 1'b1;
          @(posedge clk);
          while (!awready) @(posedge clk);
          #1 awvalid = 1'b0;
        end
        begin
          while ($random(seed) % 3 == 0) @(posedge clk);
          #1 wdata = data;
          wvalid = 1'b1;
          @(posedge clk);
          while (!wready) @(posedge clk);
          #1 wvalid = 1'b0;
        end
      join
      while ($random(seed) % 3 != 0) @(posedge clk);
      #1 bready = 1'b1;
      @(posedge clk);
      while (!bvalid) @(posedge clk);
      wresp = bresp;
      #1 bready = 1'b0;
    end
  endtask
  task read(input [15:0] addr);
    begin
      araddr  = addr;
      arvalid = 1'b1;
      @(posedge clk);
      while (!arready) @(posedge clk);
      #1 arvalid = 1'b0;
      while ($random(seed) % 3 != 0) @(posedge clk);
      #1 rready = 1'b1;
      @(posedge clk);
      while (!rvalid) @(posedge clk);
      resp = rresp;
      got  = rdata;
      #1 rready = 1'b0;
    end
  endtask

  integer quiet = 0;  // cycles without an answer
  always @(posedge clk) begin
    quiet = (bvalid || rvalid) ? 0 : quiet + 1;
    if (quiet == 1000) begin
      $display("failed: no answer");
      $finish;
    end
  end

  reg [31:0] model [0:1023];
  integer    first = 0, last = 0, done, full = 0, empty = 0, kind;
  reg [31:0] value;
  reg [9:0]  index, other;
  initial begin
    for (done = 0; done < 1024; done = done + 1) model[done] = 32'bx;
    repeat (3) @(posedge clk);
    #1 rst_n = 1'b1;
    for (done = 0; done < Transactions; done = done + 1) begin
      kind  = $random(seed) & 7;
      if (kind < 6 && kind > 3 && done % 1000 < 500) kind = 2;  // half of the time x is written more often than y is read
      value = $random(seed);
      index = $random(seed);
      case (kind)
        0: begin
          write({4'd0, index, 2'b00}, value);
          model[index] = value;
          check(wresp == ((index >= 768) ? 2'b10 : 2'b00), "write of a register");
        end
        1: begin
          other = ~index;
          fork
            write({4'd0, other, 2'b00}, value);
            read({4'd0, index, 2'b00});
          join
          model[other] = value;
          check(wresp == ((other >= 768) ? 2'b10 : 2'b00), "write beside a read");
          check(resp == ((index >= 768) ? 2'b10 : 2'b00) && got === model[index], "read of a register");
        end
        2, 3: begin
          sent[last] = {kind == 3, value};
          write(kind == 2 ? 16'h1000 : 16'h1004, value);
          if (wresp == 2'b00) begin
            last       = (last + 1) & 65535;
            check(last - first <= Capacity, "more beats than there is room");
          end else begin
            full = full + 1;
            check(wresp == 2'b10 && last - first >= Capacity / 2, "beat refused");
          end
        end
        4, 5: begin
          read(16'h1008);
          check(resp == 2'b00 && got[15:0] <= Capacity / 2 && got[31:16] <= Capacity / 2 &&
                last - first == Capacity - got[15:0] - (Capacity / 2 - got[31:16]), "read of the levels");
          value = got;
          read(16'h1000);
          if (resp == 2'b00) begin
            check(got == ~sent[first][31:0] && first != last, "beat of y");
            first = (first + 1) & 65535;
          end else begin
            empty = empty + 1;
            check(resp == 2'b10 && value[31:16] == 16'd0, "no beat where one was");
          end
        end
        6: begin
          write(16'h1008 + (index << 4), value);
          check(wresp == 2'b10, "write of no address");
        end
        default: begin
          read(16'h1004 + (index << 4));
          check(resp == 2'b10, "read of no address");
        end
      endcase
    end
    check(full > 10 && empty > 10 && first > 100, "too little happened");
    if (failures == 0) $display("passed: %0d transactions, %0d beats, %0d without room, %0d without a beat", Transactions, first, full, empty);
    $finish;
  end
endmodule

`default_nettype wire
