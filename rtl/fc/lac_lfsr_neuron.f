# The Verilog files of lac_lfsr_neuron, relative to rtl/: the one list for Verilator, Icarus and Yosys.
common/lac_multiply.v
common/lac_ram.v
fc/lac_lfsr.v
fc/lac_fc_group.v
fc/lac_lfsr_neuron.v
