# The Verilog files of lac_radix_layer, relative to rtl/: the one list for Verilator, Icarus and Yosys.
common/lac_ram.v
common/lac_shift_saturate.v
common/lac_sum.v
fc/lac_fc_drain.v
fc/lac_radix_products.v
fc/lac_radix_neuron.v
fc/lac_radix_layer.v
