# SPDX-License-Identifier: Apache-2.0
# Builds build/top.bit for @TITLE@, in Vivado without a project:
#   vivado -mode batch -source build.tcl
# Not run by lacuna's tests, which have no Vivado: they check the order of the commands and that every file is there.
set here [file dirname [file normalize [info script]]]
set build [file join $here build]
set part @PART@
file mkdir $build
# Nothing of an earlier build stays: server.tcl would load its bitstream, and create_ip refuses an IP that is there.
file delete -force [file join $build top.bit] [file join $build top.ltx] [file join $build jtag_axi_0]

# ---- sources
create_project -in_memory -part $part
set files {}
foreach name {@FILES@} { lappend files [file join $here rtl $name] }
read_verilog $files
read_mem [list [file join $here mem memory.mem]]
read_xdc [list [file join $here @XDC@]]

# ---- the host's way in: JTAG to AXI4-Lite
create_ip -name jtag_axi -vendor xilinx.com -library ip -module_name jtag_axi_0 -dir $build
set_property -dict [list CONFIG.PROTOCOL 2 CONFIG.M_HAS_BURST 0] [get_ips jtag_axi_0]
generate_target all [get_ips jtag_axi_0]
synth_ip [get_ips jtag_axi_0]

# ---- implementation
synth_design -top top -part $part
write_checkpoint -force [file join $build synthesised.dcp]
report_utilization -file [file join $build utilisation_synthesised.txt]
opt_design
place_design
phys_opt_design
route_design
write_checkpoint -force [file join $build routed.dcp]
report_utilization -file [file join $build utilisation.txt]
report_timing_summary -file [file join $build timing.txt]
report_drc -file [file join $build drc.txt]
if {[get_property SLACK [get_timing_paths -delay_type max]] < 0} {
  puts stderr "lacuna: the design misses its clock of @MEGAHERTZ@ MHz: see build/timing.txt, and CLKOUT0_DIVIDE_F in rtl/top.v"
  exit 1
}
if {[get_property SLACK [get_timing_paths -delay_type min]] < 0} {
  puts stderr "lacuna: registers of the design do not hold, at whatever clock: see build/timing.txt"
  exit 1
}
write_bitstream -force [file join $build top.bit]
write_debug_probes -force [file join $build top.ltx]
puts "lacuna: build/top.bit is complete"
