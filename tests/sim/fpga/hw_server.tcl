# SPDX-License-Identifier: Apache-2.0
# Runs a folder's server.tcl over the simulated design: tclsh hw_server.tcl FOLDER PORT PROGRAM [OFFSET VALUE ...]
# PROGRAM is axi_pipe.cpp's; a value given here is read at its offset in the place of the design's. As in Vivado, a transaction that the bus refuses
# is not an error of run_hw_axi: only the status of the core says so, and the data of a read stays what it was.
set folder [file normalize [lindex $argv 0]]
set port_wanted [lindex $argv 1]
set design [open "|[list [file normalize [lindex $argv 2]]]" r+]
fconfigure $design -buffering line
array set registers {}
foreach {offset value} [lrange $argv 3 end] { set registers([expr {"0x$offset" + 0}]) $value }

foreach name {open_hw_manager connect_hw_server open_hw_target get_hw_devices current_hw_device set_property program_hw_devices refresh_hw_device reset_hw_axi} {
  proc $name {args} { return device }
}
proc get_hw_axis {name} { return $name }
proc get_hw_axi_txns {name} { return $name }
proc create_hw_axi_txn {force name core args} {
  if {$force ne "-force"} { error "create_hw_axi_txn: $name is there" }
  set ::data($name) 00000000
  foreach {option value} $args { set ::transaction($name,$option) $value }
  if {$::transaction($name,-len) != 1 || [string length $::transaction($name,-address)] != 8} { error "create_hw_axi_txn: $args" }
}
proc run_hw_axi {args} {
  set name [lindex $args end]
  set address [expr {"0x$::transaction($name,-address)" + 0}]
  set reads [expr {$::transaction($name,-type) eq "read"}]
  if {$reads && [info exists ::registers($address)]} {
    set answer $::registers($address)
  } else {
    puts $::design [expr {$reads ? [format "r %x" $address] : [format "w %x %s" $address $::transaction($name,-data)]}]
    gets $::design answer
  }
  set ::status([expr {$reads ? "STATUS.RRESP" : "STATUS.BRESP"}]) [expr {$answer eq "error" ? "SLVERR" : "OKAY"}]
  if {$reads && $answer ne "error"} { set ::data($name) $answer }
}
proc get_property {name object} {
  if {$name eq "DATA"} { return $::data($object) }
  return $::status($name)
}
set argv [list $port_wanted]
source [file join $folder server.tcl]
