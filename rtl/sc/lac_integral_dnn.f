# The Verilog files of lac_integral_dnn, relative to rtl/: the one list for Verilator, Icarus and Yosys.
common/lac_sum.v
sc/lac_sc_registers.v
sc/lac_sc_neuron.v
sc/lac_sc_nstanh.v
sc/lac_sc_layer.v
sc/lac_integral_dnn.v
