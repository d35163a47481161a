# The Verilog files of lac_lfsr_core, relative to rtl/: the one list for Verilator, Icarus and Yosys.
common/lac_fifo.v
common/lac_multiply.v
common/lac_ram.v
common/lac_shift_saturate.v
fc/lac_lfsr.v
fc/lac_fc_ahead.v
fc/lac_fc_drain.v
fc/lac_fc_group.v
fc/lac_fc_values.v
fc/lac_fc.v
fc/lac_lfsr_layer.v
board/lac_lfsr_core.v
