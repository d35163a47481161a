# The Verilog files of lac_host, relative to rtl/: the one list for Verilator, Icarus and Yosys.
board/lac_uart_rx.v
board/lac_uart_tx.v
board/lac_host.v
