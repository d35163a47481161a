# The Verilog files of lac_sc_neuron, relative to rtl/: the one list for Verilator, Icarus and Yosys.
common/lac_sum.v
sc/lac_sc_neuron.v
