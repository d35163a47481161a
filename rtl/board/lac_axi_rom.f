# The Verilog files of lac_axi_rom, relative to rtl/: the one list for Verilator, Icarus and Yosys.
common/lac_ram.v
board/lac_axi_rom.v
