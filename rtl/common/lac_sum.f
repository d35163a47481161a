# The Verilog files of lac_sum, relative to rtl/: the one list for Verilator, Icarus and Yosys.
common/lac_sum.v
