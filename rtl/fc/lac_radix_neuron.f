# The Verilog files of lac_radix_neuron, relative to rtl/: the one list for Verilator, Icarus and Yosys.
common/lac_sum.v
fc/lac_radix_products.v
fc/lac_radix_neuron.v
