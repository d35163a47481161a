# SPDX-License-Identifier: Apache-2.0
# Builds build/lacuna.bit and build/lacuna.xsa for @TITLE@: a block design with the processing system, the engine in its shell and a DMA.
#   vivado -mode batch -source build.tcl
# Not run by lacuna's tests, which have no Vivado: they check the order of the commands and that every file is there.
#
#   processing system GP0 --+--> engine: registers          engine: weights --+
#                           +--> DMA: registers             DMA: x, y --------+--> HP0, memory
#   DMA --x--> engine --y--> DMA                            engine, DMA: interrupts --> processing system
set here [file dirname [file normalize [info script]]]
set build [file join $here build]
file mkdir $build
# Nothing of an earlier build stays, which run.tcl would load.
file delete -force [file join $build lacuna.bit] [file join $build lacuna.xsa]
source [file join $here ps7.tcl]

create_project -force lacuna [file join $build project] -part @PART@
set files {}
foreach name {@FILES@} { lappend files [file join $here rtl $name] }
add_files -norecurse $files
update_compile_order -fileset sources_1
create_bd_design system

# ---- cells
set ps7 [create_bd_cell -type ip -vlnv xilinx.com:ip:processing_system7 ps7]
set_property -dict $board_ps7 $ps7
set_property -dict [list CONFIG.PCW_USE_M_AXI_GP0 1 CONFIG.PCW_USE_S_AXI_HP0 1 CONFIG.PCW_S_AXI_HP0_DATA_WIDTH 64 \
  CONFIG.PCW_FPGA0_PERIPHERAL_FREQMHZ @MEGAHERTZ@ CONFIG.PCW_EN_CLK0_PORT 1 CONFIG.PCW_EN_RST0_PORT 1 \
  CONFIG.PCW_USE_FABRIC_INTERRUPT 1 CONFIG.PCW_IRQ_F2P_INTR 1] $ps7
set engine [create_bd_cell -type module -reference lacuna lacuna]
set dma [create_bd_cell -type ip -vlnv xilinx.com:ip:axi_dma dma]
set_property -dict [list CONFIG.c_include_sg 0 CONFIG.c_sg_include_stscntrl_strm 0 CONFIG.c_sg_length_width 26 \
  CONFIG.c_m_axi_mm2s_data_width 32 CONFIG.c_m_axis_mm2s_tdata_width 32 CONFIG.c_m_axi_s2mm_data_width 32 CONFIG.c_s_axis_s2mm_tdata_width 32] $dma
set reset [create_bd_cell -type ip -vlnv xilinx.com:ip:proc_sys_reset reset]
set registers [create_bd_cell -type ip -vlnv xilinx.com:ip:axi_interconnect registers]
set_property -dict [list CONFIG.NUM_SI 1 CONFIG.NUM_MI 2] $registers
set memory [create_bd_cell -type ip -vlnv xilinx.com:ip:axi_interconnect memory]
set_property -dict [list CONFIG.NUM_SI 3 CONFIG.NUM_MI 1] $memory
set interrupts [create_bd_cell -type ip -vlnv xilinx.com:ip:xlconcat interrupts]
set_property -dict [list CONFIG.NUM_PORTS 3] $interrupts

# ---- the board's pins
make_bd_intf_pins_external [get_bd_intf_pins ps7/DDR] [get_bd_intf_pins ps7/FIXED_IO]

# ---- interfaces
foreach {from to} {
  ps7/M_AXI_GP0       registers/S00_AXI
  registers/M00_AXI   lacuna/s_axi_ctrl
  registers/M01_AXI   dma/S_AXI_LITE
  lacuna/m_axi_mem    memory/S00_AXI
  dma/M_AXI_MM2S      memory/S01_AXI
  dma/M_AXI_S2MM      memory/S02_AXI
  memory/M00_AXI      ps7/S_AXI_HP0
  dma/M_AXIS_MM2S     lacuna/s_axis
  lacuna/m_axis       dma/S_AXIS_S2MM
} { connect_bd_intf_net [get_bd_intf_pins $from] [get_bd_intf_pins $to] }

# ---- clock, reset, interrupts
foreach pin {
  ps7/M_AXI_GP0_ACLK ps7/S_AXI_HP0_ACLK reset/slowest_sync_clk lacuna/aclk dma/s_axi_lite_aclk dma/m_axi_mm2s_aclk dma/m_axi_s2mm_aclk
  registers/ACLK registers/S00_ACLK registers/M00_ACLK registers/M01_ACLK
  memory/ACLK memory/S00_ACLK memory/S01_ACLK memory/S02_ACLK memory/M00_ACLK
} { connect_bd_net [get_bd_pins ps7/FCLK_CLK0] [get_bd_pins $pin] }
connect_bd_net [get_bd_pins ps7/FCLK_RESET0_N] [get_bd_pins reset/ext_reset_in]
foreach pin {registers/ARESETN memory/ARESETN} { connect_bd_net [get_bd_pins reset/interconnect_aresetn] [get_bd_pins $pin] }
foreach pin {
  lacuna/aresetn dma/axi_resetn registers/S00_ARESETN registers/M00_ARESETN registers/M01_ARESETN
  memory/S00_ARESETN memory/S01_ARESETN memory/S02_ARESETN memory/M00_ARESETN
} { connect_bd_net [get_bd_pins reset/peripheral_aresetn] [get_bd_pins $pin] }
foreach {from to} {lacuna/irq_o interrupts/In0 dma/mm2s_introut interrupts/In1 dma/s2mm_introut interrupts/In2 interrupts/dout ps7/IRQ_F2P} {
  connect_bd_net [get_bd_pins $from] [get_bd_pins $to]
}

# ---- addresses: registers as host/main.c has them, memory as it is
assign_bd_address -offset @ENGINE_ADDRESS@ -range 4K -target_address_space [get_bd_addr_spaces ps7/Data] [get_bd_addr_segs lacuna/s_axi_ctrl/reg0]
assign_bd_address -offset @DMA_ADDRESS@ -range 64K -target_address_space [get_bd_addr_spaces ps7/Data] [get_bd_addr_segs dma/S_AXI_LITE/Reg]
assign_bd_address
validate_bd_design
save_bd_design

# ---- implementation
set bd [get_files system.bd]
generate_target all $bd
add_files -norecurse [make_wrapper -files $bd -top]
set_property top system_wrapper [current_fileset]
launch_runs impl_1 -to_step write_bitstream -jobs 2
wait_on_run impl_1
if {[get_property PROGRESS [get_runs impl_1]] ne "100%"} {
  puts stderr "lacuna: no bitstream: see build/project/lacuna.runs"
  exit 1
}
open_run impl_1
report_utilization -file [file join $build utilisation.txt]
report_timing_summary -file [file join $build timing.txt]
if {[get_property SLACK [get_timing_paths -delay_type max]] < 0} {
  puts stderr "lacuna: the design misses its clock of @MEGAHERTZ@ MHz: see build/timing.txt, and PCW_FPGA0_PERIPHERAL_FREQMHZ in build.tcl"
  exit 1
}
if {[get_property SLACK [get_timing_paths -delay_type min]] < 0} {
  puts stderr "lacuna: registers of the design do not hold, at whatever clock: see build/timing.txt"
  exit 1
}
write_bitstream -force [file join $build lacuna.bit]
write_hw_platform -fixed -include_bit -force [file join $build lacuna.xsa]
puts "lacuna: build/lacuna.bit and build/lacuna.xsa are complete"
