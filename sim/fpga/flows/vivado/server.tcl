# SPDX-License-Identifier: Apache-2.0
# Programs the board and lets the host program reach its registers, through Vivado's hardware manager:
#   vivado -mode batch -source server.tcl [-tclargs PORT]
# Serves connections on localhost, port 4141 if none is given: "r ADDRESS" answers with the value, "w ADDRESS VALUE" with 0, both in
# hexadecimal; "error" when the bus did; "quit" ends the server.
set here [file dirname [file normalize [info script]]]
set port [expr {[llength $argv] ? [lindex $argv 0] : 4141}]

# Runs a transaction; an error when the bus did not answer OKAY, which Vivado only notes in the core's status.
proc transact {name response} {
  run_hw_axi [get_hw_axi_txns $name]
  set answered [get_property STATUS.$response [get_hw_axis hw_axi_1]]
  if {![string equal -nocase $answered OKAY]} { error "the bus answered $answered" }
}

proc read_register {address} {
  create_hw_axi_txn -force reading [get_hw_axis hw_axi_1] -type read -address [format %08x 0x$address] -len 1
  transact reading RRESP
  return [get_property DATA [get_hw_axi_txns reading]]
}

proc write_register {address value} {
  create_hw_axi_txn -force writing [get_hw_axis hw_axi_1] -type write -address [format %08x 0x$address] -len 1 -data [format %08x 0x$value]
  transact writing BRESP
  return 0
}

proc answer {line} {
  if {[catch {
    switch -- [lindex $line 0] {
      r { set result [read_register [lindex $line 1]] }
      w { set result [write_register [lindex $line 1] [lindex $line 2]] }
      quit { set ::ended 1; set result 0 }
      default { error "unknown request" }
    }
  }]} { return error }
  return $result
}

proc serve {channel} {
  if {[gets $channel line] >= 0} {
    puts $channel [answer $line]
  } elseif {[eof $channel]} {
    close $channel
  }
}

proc accept {channel address port} {
  fconfigure $channel -buffering line -translation lf
  fileevent $channel readable [list serve $channel]
}

open_hw_manager
connect_hw_server
open_hw_target
current_hw_device [lindex [get_hw_devices] 0]
set_property PROGRAM.FILE [file join $here build top.bit] [current_hw_device]
program_hw_devices [current_hw_device]
refresh_hw_device [current_hw_device]
reset_hw_axi [get_hw_axis hw_axi_1]
socket -server accept -myaddr 127.0.0.1 $port
puts "lacuna: serving the board on port $port"
vwait ended
