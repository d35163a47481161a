# The Verilog files of lac_folded_core, relative to rtl/: the one list for Verilator, Icarus and Yosys.
common/lac_ram.v
sc/lac_sc_walk.v
sc/lac_sc_folded_order.v
sc/lac_sc_folded_lanes.v
sc/lac_sc_folded_drain.v
sc/lac_folded_dnn.v
board/lac_folded_core.v
