# SPDX-License-Identifier: Apache-2.0
# Runs a folder's server.tcl over registers that are only remembered: tclsh hw_server.tcl FOLDER PORT [OFFSET VALUE ...]
# A read from or write to an offset of 0x2000 or more is a bus error.
set folder [file normalize [lindex $argv 0]]
set port_wanted [lindex $argv 1]
array set registers {}
foreach {offset value} [lrange $argv 2 end] { set registers([expr {"0x$offset" + 0}]) $value }

foreach name {open_hw_manager connect_hw_server open_hw_target get_hw_devices current_hw_device set_property program_hw_devices refresh_hw_device reset_hw_axi} {
  proc $name {args} { return device }
}
proc get_hw_axis {name} { return $name }
proc get_hw_axi_txns {name} { return $name }
proc create_hw_axi_txn {args} {
  set name [lindex $args 1]
  array set ::transaction [list $name.type [lindex $args 4] $name.address [lindex $args 6] $name.data [lindex $args 10]]
}
proc run_hw_axi {quiet name} {
  set address [expr {"0x$::transaction($name.address)" + 0}]
  if {$address >= 0x2000} { error "SLVERR" }
  if {$::transaction($name.type) eq "write"} {
    set ::registers($address) $::transaction($name.data)
  } elseif {[info exists ::registers($address)]} {
    set ::transaction($name.data) $::registers($address)
  } else {
    set ::transaction($name.data) 00000000
  }
}
proc get_property {name transaction} { return $::transaction($transaction.data) }
set argv [list $port_wanted]
source [file join $folder server.tcl]
