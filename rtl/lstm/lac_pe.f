# The Verilog files of lac_pe, relative to rtl/: the one list for Verilator, Icarus and Yosys.
common/lac_multiply.v
lstm/lac_pe.v
