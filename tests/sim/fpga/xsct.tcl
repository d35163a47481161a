# SPDX-License-Identifier: Apache-2.0
# Sources a folder's run.tcl with commands in the place of xsct's, which print their name and files: tclsh xsct.tcl FOLDER BUILT.elf
# Ends with 1 when a file is not there, or the board is used before its processing system is set up.
set folder [file normalize [lindex $argv 0]]
set argv [list [lindex $argv 1]]

proc fail {message} {
  puts stderr $message
  exit 1
}
proc file_of {command path} {
  if {![file exists $path]} { fail "$command: $path is not there" }
  puts "$command [file tail $path]"
}
foreach name {connect targets rst con} { proc $name {args} "puts $name" }
proc after {milliseconds} {}
proc loadhw {option path} { file_of loadhw $path }
proc fpga {option path} { file_of fpga $path }
proc dow {args} {
  if {![info exists ::ready]} { fail "dow: the memory is not set up" }
  file_of dow [lindex $args [expr {[lindex $args 0] eq "-data" ? 1 : 0}]]
}
proc ps7_post_config {} { set ::ready 1; puts ps7_post_config }
source [file join $folder run.tcl]
