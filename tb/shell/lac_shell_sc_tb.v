// SPDX-License-Identifier: Apache-2.0
// A second opinion on the shell, on Icarus: the folded stochastic engine in its shell, loaded, run, stopped by a bus error and run again
// over AXI, beside the same engine alone, whose ports get the same. Sums and cycles of the images must be the same. Memory answers
// late, with pauses; so do the streams.
`default_nettype none

module lac_shell_sc_tb;
  localparam Inputs = 9, Hidden1 = 3, Hidden2 = 4, Outputs = 2, Integral = 2, WriteLanes = 4;
  localparam Width = 11, IndexWidth = 4, Length = 20, Last = Length - 1, Images = 3;
  localparam RecordWords = 3;  // 32 + 44 bits
  localparam Base = 32'h0000_2FC8;
  localparam [11:0] Control = 12'h010, Status = 12'h014, InterruptEnable = 12'h018, InterruptStatus = 12'h01C, ErrorStatus = 12'h020,
                    ErrorAddress = 12'h024, LoadAddress = 12'h028, LoadBytes = 12'h02C, Count = 12'h034, Cycles = 12'h040, Config = 12'h080;

  reg     clk = 1'b0, rst_n = 1'b0;
  integer seed = 20250713, failures = 0;
  always #5 clk = !clk;

  // ---- the shell
  reg  [11:0] awaddr, araddr;
  reg  [31:0] wdata;
  reg         awvalid = 1'b0, wvalid = 1'b0, arvalid = 1'b0;
  wire        awready, wready, bvalid, arready, rvalid, irq;
  wire [1:0]  bresp, rresp;
  wire [31:0] rdata;
  wire        m_arid, m_arvalid, m_rready, s_tready, m_tlast, m_tvalid;
  wire [31:0] m_araddr, m_tdata;
  wire [7:0]  m_arlen;
  reg         m_arready = 1'b0, m_rvalid = 1'b0, m_rid = 1'b0, m_rlast = 1'b0, s_tvalid = 1'b0, s_tlast = 1'b0, m_tready = 1'b0;
  reg  [63:0] m_rdata;
  reg  [1:0]  m_rresp;
  reg  [31:0] s_tdata;

  lac_shell_sc #(
      .Folded     (1),
      .Inputs     (Inputs),
      .Hidden1    (Hidden1),
      .Hidden2    (Hidden2),
      .Outputs    (Outputs),
      .Integral   (Integral),
      .InLanes    (1),
      .WriteLanes (WriteLanes),
      .BusWidth   (64),
      .StreamWidth(32),
      .MaxBurst   (8),
      .BufferLog2 (4)
  ) shell (
      .aclk              (clk),
      .aresetn           (rst_n),
      .s_axi_ctrl_awaddr (awaddr),
      .s_axi_ctrl_awprot (3'd0),
      .s_axi_ctrl_awvalid(awvalid),
      .s_axi_ctrl_awready(awready),
      .s_axi_ctrl_wdata  (wdata),
      .s_axi_ctrl_wstrb  (4'hF),
      .s_axi_ctrl_wvalid (wvalid),
      .s_axi_ctrl_wready (wready),
      .s_axi_ctrl_bresp  (bresp),
      .s_axi_ctrl_bvalid (bvalid),
      .s_axi_ctrl_bready (1'b1),
      .s_axi_ctrl_araddr (araddr),
      .s_axi_ctrl_arprot (3'd0),
      .s_axi_ctrl_arvalid(arvalid),
      .s_axi_ctrl_arready(arready),
      .s_axi_ctrl_rdata  (rdata),
      .s_axi_ctrl_rresp  (rresp),
      .s_axi_ctrl_rvalid (rvalid),
      .s_axi_ctrl_rready (1'b1),
      .m_axi_mem_arid    (m_arid),
      .m_axi_mem_araddr  (m_araddr),
      .m_axi_mem_arlen   (m_arlen),
      .m_axi_mem_arsize  (),
      .m_axi_mem_arburst (),
      .m_axi_mem_arlock  (),
      .m_axi_mem_arcache (),
      .m_axi_mem_arprot  (),
      .m_axi_mem_arvalid (m_arvalid),
      .m_axi_mem_arready (m_arready),
      .m_axi_mem_rid     (m_rid),
      .m_axi_mem_rdata   (m_rdata),
      .m_axi_mem_rresp   (m_rresp),
      .m_axi_mem_rlast   (m_rlast),
      .m_axi_mem_rvalid  (m_rvalid),
      .m_axi_mem_rready  (m_rready),
      .s_axis_tdata      (s_tdata),
      .s_axis_tlast      (s_tlast),
      .s_axis_tvalid     (s_tvalid),
      .s_axis_tready     (s_tready),
      .m_axis_tdata      (m_tdata),
      .m_axis_tlast      (m_tlast),
      .m_axis_tvalid     (m_tvalid),
      .m_axis_tready     (m_tready),
      .irq_o             (irq)
  );

  // ---- the engine alone
  reg  [2:0]                  code_we = 3'd0;
  reg  [Integral:0]           seed_we = 3'd0;
  reg  [IndexWidth-1:0]       index;
  reg  [WriteLanes*Width-1:0] data;
  reg                         x_valid = 1'b0, y_ready = 1'b0;
  reg  [7:0]                  x_data;
  wire                        x_ready, y_valid;
  wire [Outputs*32-1:0]       y_data;
  wire [1:0]                  cycle_class;
  lac_folded_dnn #(
      .Inputs    (Inputs),
      .Hidden1   (Hidden1),
      .Hidden2   (Hidden2),
      .Outputs   (Outputs),
      .Integral  (Integral),
      .InLanes   (1),
      .WriteLanes(WriteLanes)
  ) alone (
      .clk_i          (clk),
      .rst_ni         (rst_n),
      .cfg_last_i     (Last[Width:0]),
      .cfg_states1_i  (13'd8),
      .cfg_states2_i  (13'd10),
      .code_we_i      (code_we),
      .code_bank_i    (8'd0),
      .code_input_i   (index),
      .code_data_i    (data),
      .seed_we_i      (seed_we),
      .seed_index_i   (index),
      .seed_data_i    (data[Width-1:0]),
      .x_valid_i      (x_valid),
      .x_ready_o      (x_ready),
      .x_data_i       (x_data),
      .y_valid_o      (y_valid),
      .y_ready_i      (y_ready),
      .y_data_o       (y_data),
      .stream1_valid_o(),
      .stream1_o      (),
      .stream2_valid_o(),
      .stream2_o      (),
      .cycle_class_o  (cycle_class)
  );
  integer alone_cycles = 0;
  always @(posedge clk) if (rst_n && cycle_class == 2'd1) alone_cycles = alone_cycles + 1;

  // ---- memory: one burst at a time; beyond what it holds DECERR
  reg [31:0] words [0:1023];
  integer    used = 0, beat, beats;
  reg [31:0] address;
  initial begin
    forever begin
      @(negedge clk);
      m_arready = ($random(seed) & 3) == 0;
      @(posedge clk);
      if (m_arready && m_arvalid) begin
        address = m_araddr;
        beats   = m_arlen + 1;
        m_rid   = m_arid;
        if (m_araddr[31:12] != ((m_araddr + beats * 8 - 1) >> 12)) fail("a burst crosses 4 KB");
        @(negedge clk) m_arready = 1'b0;
        repeat ($random(seed) & 7) @(negedge clk);
        for (beat = 0; beat < beats; beat = beat + 1) begin
          m_rvalid = 1'b1;
          m_rlast  = beat == beats - 1;
          m_rresp  = (address < Base || address >= Base + used * 4) ? 2'b11 : 2'b00;
          m_rdata  = {words[((address - Base) >> 2) + 1], words[(address - Base) >> 2]};
          address  = address + 8;
          @(negedge clk) m_rvalid = 1'b0;
          while (($random(seed) & 3) == 0) @(negedge clk);
        end
      end
    end
  end

  task fail(input [8*40-1:0] what);
    begin
      $display("failed: %0s", what);
      failures = failures + 1;
    end
  endtask

  // ---- registers
  task write(input [11:0] offset, input [31:0] value);
    begin
      @(negedge clk);
      wdata  = value;
      wvalid = 1'b1;  // data first
      while (!wready) @(negedge clk);
      @(negedge clk) wvalid = 1'b0;
      awaddr  = offset;
      awvalid = 1'b1;
      while (!awready) @(negedge clk);
      @(negedge clk) awvalid = 1'b0;
      while (!bvalid) @(negedge clk);
      if (bresp !== 2'b00) fail("a write was refused");
      @(negedge clk);
    end
  endtask
  reg [31:0] answer;
  task read(input [11:0] offset);
    begin
      @(negedge clk);
      araddr  = offset;
      arvalid = 1'b1;
      while (!arready) @(negedge clk);
      @(negedge clk) arvalid = 1'b0;
      while (!rvalid) @(negedge clk);
      answer = rdata;
      @(negedge clk);
    end
  endtask
  task interrupt(input [31:0] expected);
    begin
      while (!irq) @(negedge clk);
      read(InterruptStatus);
      if (answer !== expected) fail("another interrupt");
      write(InterruptStatus, answer);
    end
  endtask

  // A record in memory, and the same in the engine alone.
  task put(input [3:0] target, input [IndexWidth-1:0] where, input [WriteLanes*Width-1:0] what);
    begin
      words[used]     = {target, 12'd0, {(16-IndexWidth){1'b0}}, where};
      words[used + 1] = what[31:0];
      words[used + 2] = {{(64-WriteLanes*Width){1'b0}}, what[WriteLanes*Width-1:32]};
      used            = used + RecordWords;
      @(negedge clk);
      index   = where;
      data    = what;
      code_we = target[3] ? 3'd0 : 3'd1 << target;
      seed_we = target[3] ? 3'd1 << target[2:0] : 3'd0;
      @(negedge clk);
      code_we = 3'd0;
      seed_we = 3'd0;
    end
  endtask

  // ---- images through both
  reg [7:0]            pixels [0:Images*Inputs-1];
  reg [Outputs*32-1:0] sums [0:Images-1];
  integer              n, got;
  task run;
    begin
      write(Control, 32'd1);
      fork
        begin : source
          integer at;
          for (at = 0; at < Images * Inputs; at = at + 1) begin
            while (($random(seed) & 3) == 0) @(negedge clk);
            s_tdata  = {24'd0, pixels[at]};
            s_tlast  = at == Images * Inputs - 1;
            s_tvalid = 1'b1;
            #1;
            while (!s_tready) @(negedge clk) #1;
            @(negedge clk) s_tvalid = 1'b0;
          end
        end
        begin : sink
          got = 0;
          while (got < Images * Outputs) begin
            @(negedge clk) m_tready = ($random(seed) & 1) == 0;
            @(posedge clk);
            if (m_tready && m_tvalid) begin
              if (m_tdata !== sums[got/Outputs][(got%Outputs)*32 +: 32]) fail("another sum");
              if (m_tlast !== (got == Images * Outputs - 1)) fail("TLAST at a wrong beat");
              got = got + 1;
            end
          end
          @(negedge clk) m_tready = 1'b0;
        end
      join
      interrupt(32'd1);
      read(Cycles + 12'd8);
      if (answer !== alone_cycles) fail("another number of cycles");
    end
  endtask

  initial begin
    repeat (4) @(negedge clk);
    rst_n = 1'b1;
    for (n = 0; n <= Integral; n = n + 1) begin
      put(4'd8 + n[3:0], 4'd0, $random(seed) & 2047);
      put(4'd8 + n[3:0], 4'd1, $random(seed) & 2047);
    end
    for (n = 0; n <= Inputs; n = n + 1) put(4'd0, n[3:0], {$random(seed), $random(seed)});
    for (n = 0; n <= Hidden1; n = n + 1) put(4'd1, n[3:0], {$random(seed), $random(seed)});
    for (n = 0; n <= Hidden2; n = n + 1) put(4'd2, n[3:0], {$random(seed), $random(seed)});
    for (n = 0; n < Images * Inputs; n = n + 1) pixels[n] = $random(seed) & 127;

    // alone
    fork
      begin : feed
        integer at;
        for (at = 0; at < Images * Inputs; at = at + 1) begin
          @(negedge clk);
          x_data  = pixels[at];
          x_valid = 1'b1;
          #1;
          while (!x_ready) @(negedge clk) #1;
          @(posedge clk);
        end
        @(negedge clk) x_valid = 1'b0;
      end
      begin : take
        integer image;
        for (image = 0; image < Images; image = image + 1) begin
          y_ready = 1'b1;
          @(posedge clk);
          while (!y_valid) @(posedge clk);
          sums[image] = y_data;
        end
        @(negedge clk) y_ready = 1'b0;
      end
    join

    // in the shell
    write(InterruptEnable, 32'd7);
    write(Config, Length - 1);
    write(Config + 12'd4, 32'd8);
    write(Config + 12'd8, 32'd10);
    write(Count, Images);
    write(LoadAddress, Base);
    write(LoadBytes, used * 4);
    write(Control, 32'd2);
    interrupt(32'd2);
    run;
    // memory that is not there
    write(LoadAddress, 32'h4000_0000);
    write(Control, 32'd2);
    while (!irq) @(negedge clk);
    read(ErrorStatus);
    if (answer !== 32'h20) fail("no decode error");
    read(ErrorAddress);
    if (answer !== 32'h4000_0000) fail("another address of an error");
    write(Control, 32'd4);
    read(Status);
    while (!answer[0]) read(Status);
    write(ErrorStatus, 32'hFFFF_FFFF);
    write(InterruptStatus, 32'd7);
    write(LoadAddress, Base);
    write(Control, 32'd2);
    interrupt(32'd2);
    run;
    if (failures == 0) $display("passed: %0d images, %0d cycles", 2 * Images, alone_cycles);
    $finish;
  end

  initial begin
    #400_000 $display("failed: no end");
    $finish;
  end
endmodule

`default_nettype wire
