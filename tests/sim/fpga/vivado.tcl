# SPDX-License-Identifier: Apache-2.0
# Sources a folder's build.tcl with commands in the place of Vivado's, which note that they were called:
#   tclsh vivado.tcl FOLDER
# Prints the commands in their order, one a line, or ends with 1 and what is wrong: a command or option that Vivado has not (of those that
# these scripts use), a file that is not there, a cell, pin or interface that does not exist or is connected twice.
set folder [file normalize [lindex $argv 0]]
set order {}
array set cells {}
array set used {}

proc fail {message} {
  puts stderr $message
  exit 1
}

# Ports of the engine's wrapper, as a block design sees them.
set channel [open [file join $folder rtl lacuna.v]]
set wrapper [read $channel]
close $channel
set ports {}
foreach {whole port} [regexp -all -inline {\n    (?:input|output) +wire[^\n]* ([a-z_0-9]+)(?=,?\n)} $wrapper] { lappend ports $port }

# Interfaces and pins of the cells that Xilinx has made, by the product guides; `*` stands for what follows from a number of ports.
set interfaces {
  ps7 {M_AXI_GP0 S_AXI_HP0 DDR FIXED_IO} dma {S_AXI_LITE M_AXI_MM2S M_AXI_S2MM M_AXIS_MM2S S_AXIS_S2MM}
  registers {S00_AXI M00_AXI M01_AXI} memory {S00_AXI S01_AXI S02_AXI M00_AXI}
}
set pins {
  ps7 {FCLK_CLK0 FCLK_RESET0_N IRQ_F2P M_AXI_GP0_ACLK S_AXI_HP0_ACLK}
  dma {s_axi_lite_aclk m_axi_mm2s_aclk m_axi_s2mm_aclk axi_resetn mm2s_introut s2mm_introut}
  registers {ACLK ARESETN S00_ACLK S00_ARESETN M00_ACLK M00_ARESETN M01_ACLK M01_ARESETN}
  memory {ACLK ARESETN S00_ACLK S00_ARESETN S01_ACLK S01_ARESETN S02_ACLK S02_ARESETN M00_ACLK M00_ARESETN}
  reset {slowest_sync_clk ext_reset_in interconnect_aresetn peripheral_aresetn} interrupts {In0 In1 In2 dout}
}
set sources {ps7/FCLK_CLK0 ps7/FCLK_RESET0_N reset/interconnect_aresetn reset/peripheral_aresetn}

proc note {name} { lappend ::order $name }

# Checks a pin or an interface of a cell and gives it back.
proc pin {kind path} {
  lassign [split $path /] cell name
  if {![info exists ::cells($cell)]} { fail "there is no cell of $path" }
  if {$cell eq "lacuna"} {
    set known [expr {$kind eq "pins" ? $name in $::ports : [lsearch -glob $::ports ${name}_*] >= 0}]
  } else {
    set known [expr {$name in [dict get [set ::$kind] $cell]}]
  }
  if {!$known} { fail "there is no $path" }
  return $path
}
proc get_bd_pins {path} { return [pin pins $path] }
proc get_bd_intf_pins {path} { return [pin interfaces $path] }
proc connect {from to} {
  foreach end [list $from $to] {
    if {$end in $::sources} { continue }
    if {[info exists ::used($end)]} { fail "$end is connected twice" }
    set ::used($end) 1
  }
}
proc connect_bd_net {from to} { note connect_bd_net; connect $from $to }
proc connect_bd_intf_net {from to} { note connect_bd_intf_net; connect $from $to }
proc make_bd_intf_pins_external {args} {
  note make_bd_intf_pins_external
  foreach end $args { set ::used($end) 1 }
}
proc create_bd_cell {args} {
  note create_bd_cell
  set name [lindex $args end]
  set ::cells($name) 1
  if {"-reference" in $args && ![file exists [file join $::folder rtl [lindex $args [expr {[lsearch $args -reference] + 1}]].v]]} {
    fail "no module for $name"
  }
  return $name
}
proc validate_bd_design {} {
  note validate_bd_design
  foreach kind {interfaces pins} {
    foreach {cell names} [set ::$kind] {
      foreach name $names {
        if {"$cell/$name" ni $::sources && ![info exists ::used($cell/$name)]} { fail "$cell/$name is not connected" }
      }
    }
  }
}

# Commands that take files.
proc files {name list} {
  note $name
  foreach file $list {
    if {![file exists $file]} { fail "$name: $file is not there" }
  }
}
proc read_verilog {list} { files read_verilog $list }
proc read_mem {list} { files read_mem $list }
proc read_xdc {list} {
  files read_xdc $list
  set channel [open [lindex $list 0]]
  set text [read $channel]
  close $channel
  foreach {whole port} [regexp -all -inline {get_ports ([a-z_]+)} $text] {
    if {![regexp "wire +$port\\M" $::top]} { fail "$list: the top has no port $port" }
  }
  if {![info complete $text]} { fail "$list is no complete Tcl" }
}
proc add_files {option list} { files add_files $list }
proc make_wrapper {args} { note make_wrapper; return [list [file join $::folder build.tcl]] }

proc get_property {name object} {
  note get_property
  return [switch -- $name { SLACK { expr {$::slack} } PROGRESS { set _ "100%" } default { fail "get_property $name" } }]
}
set slack 0.1

# Commands that need no more than to be called.
foreach name {
  create_project set_property create_ip generate_target synth_ip synth_design opt_design place_design phys_opt_design route_design
  write_checkpoint report_utilization report_timing_summary report_drc write_bitstream write_debug_probes update_compile_order create_bd_design
  assign_bd_address save_bd_design launch_runs wait_on_run open_run write_hw_platform
} { proc $name {args} "note $name" }
foreach name {get_ips get_files get_runs get_timing_paths current_fileset get_bd_addr_spaces get_bd_addr_segs} {
  proc $name {args} { return [lindex $args 0] }
}

set top ""
if {[file exists [file join $folder rtl top.v]]} {
  set channel [open [file join $folder rtl top.v]]
  set top [read $channel]
  close $channel
}
if {[llength $argv] > 1} { set slack [lindex $argv 1] }
source [file join $folder build.tcl]
puts stdout [join $order "\n"]
