# SPDX-License-Identifier: Apache-2.0
# Sources a folder's build.tcl with commands in the place of Vivado's, which note that they were called:
#   tclsh vivado.tcl FOLDER [SLACK OF SETUP [SLACK OF HOLD]]
# Prints the commands in their order, one a line, or ends with 1 and what is wrong: a command, option or part that is not known here, a file that is
# not there or an IP that already is, a cell, pin, interface or segment of addresses that does not exist or is connected twice, addresses that overlap or
# are not those of host/main.c. What is known here is what the scripts use, taken from UG835 and the product guides.
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

# Options of a command: those with a value and those without. Everything else that begins with a minus is refused. Gives the values back.
proc options {name arguments valued {plain {}}} {
  set found [dict create]
  for {set at 0} {$at < [llength $arguments]} {incr at} {
    set option [lindex $arguments $at]
    if {$option in $valued} {
      if {[incr at] >= [llength $arguments]} { fail "$name: $option has no value" }
      dict set found $option [lindex $arguments $at]
    } elseif {[string match -* $option] && $option ni $plain} {
      fail "$name has no option $option"
    }
  }
  if {[dict exists $found -part] && [dict get $found -part] ni {xc7vx485tffg1761-2 xc7z020clg400-1}} { fail "$name: no part [dict get $found -part]" }
  note $name
  return $found
}

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
  set found [options create_bd_cell $args {-type -vlnv -reference}]
  set name [lindex $args end]
  if {[dict exists $found -vlnv] && ![regexp {^xilinx.com:ip:(processing_system7|axi_dma|proc_sys_reset|axi_interconnect|xlconcat)$} [dict get $found -vlnv]]} {
    fail "no IP [dict get $found -vlnv]"
  }
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
proc add_files {args} {
  options add_files $args {} -norecurse
  files add_files [lindex $args end]
}
proc make_wrapper {args} {
  options make_wrapper $args -files -top
  return [list [file join $::folder build.tcl]]
}
proc create_ip {args} {
  set found [options create_ip $args {-name -vendor -library -version -module_name -dir}]
  set made [file join [dict get $found -dir] [dict get $found -module_name]]
  if {[file exists $made]} { fail "create_ip: $made is there" }
  file mkdir $made
}

# ---- addresses of the processing system
set segments {lacuna/s_axi_ctrl/reg0 dma/S_AXI_LITE/Reg}
array set assigned {}
proc get_bd_addr_segs {segment} {
  if {$segment ni $::segments} { fail "there is no segment $segment" }
  return $segment
}
proc get_bd_addr_spaces {space} {
  if {$space ne "ps7/Data"} { fail "there is no space $space" }
  return $space
}
proc assign_bd_address {args} {
  set found [options assign_bd_address $args {-offset -range -target_address_space}]
  if {![llength $args]} { return }
  set range [expr [string map {K *1024} [dict get $found -range]]]
  set first [expr {[dict get $found -offset]}]
  set segment [lindex $args end]
  if {$first % $range || $first < 0x40000000 || $first + $range > 0x80000000} { fail "$segment: not a place of M_AXI_GP0" }
  foreach {other place} [array get ::assigned] {
    if {$first < [lindex $place 1] && [lindex $place 0] < $first + $range} { fail "$segment overlaps $other" }
  }
  set ::assigned($segment) [list $first [expr {$first + $range}]]
  set channel [open [file join $::folder host main.c]]
  set program [read $channel]
  close $channel
  if {![string match "*_ADDRESS [dict get $found -offset]u*" $program]} { fail "host/main.c has $segment elsewhere" }
}

# ---- timing and outcome
proc get_timing_paths {args} { return [dict get [options get_timing_paths $args -delay_type] -delay_type] }
proc get_property {name object} {
  note get_property
  return [switch -- $name { SLACK { set _ $::slack($object) } PROGRESS { set _ "100%" } default { fail "get_property $name" } }]
}
array set slack {max 0.1 min 0.1}

# Commands that write a file, which must be below build/.
foreach {name valued plain} {
  write_checkpoint {} -force write_bitstream {} -force write_debug_probes {} -force write_hw_platform {} {-fixed -include_bit -force}
  report_utilization -file {} report_timing_summary -file {} report_drc -file {}
} {
  proc $name {args} "
    set found \[options $name \$args {$valued} {$plain}\]
    set file \[expr {\[dict exists \$found -file\] ? \[dict get \$found -file\] : \[lindex \$args end\]}\]
    if {!\[string match \[file join \$::folder build\]/* \$file\]} { fail \"$name: \$file is not below build\" }
    close \[open \$file w\]
  "
}

# Commands that need no more than to be called with options that they have.
foreach {name valued plain} {
  create_project -part {-in_memory -force} set_property -dict {} generate_target {} {} synth_ip {} {} synth_design {-top -part} {} opt_design {} {}
  place_design {} {} phys_opt_design {} {} route_design {} {} update_compile_order -fileset {} create_bd_design {} {} save_bd_design {} {}
  launch_runs {-to_step -jobs} {} wait_on_run {} {} open_run {} {}
} { proc $name {args} "options $name \$args {$valued} {$plain}" }
foreach name {get_ips get_files get_runs current_fileset} {
  proc $name {args} { return [lindex $args 0] }
}

set top ""
if {[file exists [file join $folder rtl top.v]]} {
  set channel [open [file join $folder rtl top.v]]
  set top [read $channel]
  close $channel
}
foreach way {max min} value [lrange $argv 1 2] {
  if {$value ne ""} { set slack($way) $value }
}
source [file join $folder build.tcl]
puts stdout [join $order "\n"]
