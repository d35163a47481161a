# The Verilog files of lac_axi_window, relative to rtl/: the one list for Verilator, Icarus and Yosys.
common/lac_fifo.v
board/lac_axi_window.v
