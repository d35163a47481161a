# SPDX-License-Identifier: Apache-2.0
# Runs the example on the board over JTAG; its lines come out of the USB UART at 115200 baud:
#   xsct run.tcl BUILT.elf
# BUILT.elf is host/ compiled for the platform build/lacuna.xsa in build/workspace (README.md), where xsct has put ps7_init.tcl. The network lies in memory from @BASE@ on.
set here [file dirname [file normalize [info script]]]
if {[llength $argv] != 1} {
  puts stderr "usage: xsct run.tcl BUILT.elf"
  exit 2
}
set elf [file normalize [lindex $argv 0]]
connect
targets -set -nocase -filter {name =~ "APU*"}
rst -system
after 1000
loadhw -hw [file join $here build lacuna.xsa]
fpga -file [file join $here build lacuna.bit]
source [file join $here build workspace lacuna hw ps7_init.tcl]
ps7_init
ps7_post_config
targets -set -nocase -filter {name =~ "*A9*#0"}
dow -data [file join $here mem memory.bin] @BASE@
dow $elf
con
