# The Verilog files of lac_multiply, relative to rtl/: the one list for Verilator, Icarus and Yosys.
common/lac_multiply.v
