# SPDX-License-Identifier: Apache-2.0
# Writes a module that flips bits of one of its outputs: MODULE.v of RTL becomes OUT/MODULE_faultless.v, the same under another name, and
# OUT/MODULE.sv, a wrapper with MODULE's name and ports around it. A bit of PORT is wrong in a clock cycle where lacuna_fault_flips says so
# (sim/common/fault_injection.cpp), asked for site SITE once a cycle. rtl/ itself knows nothing of faults.
get_filename_component(module "${RTL}" NAME_WE)
file(READ "${RTL}" text)
string(REGEX MATCH "module ${module} #\\(\n(.*)\n\\) \\(\n(.*)\n\\);" header "${text}")
set(parameters "${CMAKE_MATCH_1}")
string(REGEX REPLACE "\n\\);.*" "" ports "${CMAKE_MATCH_2}")
string(REGEX MATCH "output (reg|wire) +(signed +)?(\\[[^\n]*\\]) +${PORT}[,\n]?" found "${ports}\n")
set(range "${CMAKE_MATCH_3}")
if(NOT range)
  message(FATAL_ERROR "${RTL} has no output '${PORT}' that could be wrapped")
endif()

set(values "")
string(REGEX MATCHALL "parameter +[A-Za-z0-9]+" names "${parameters}")
foreach(name IN LISTS names)
  string(REGEX REPLACE "parameter +" "" name "${name}")
  list(APPEND values ".${name}(${name})")
endforeach()
set(connections "")
string(REGEX MATCHALL "[a-z0-9_]+_[io][,\n]" names "${ports}\n")
foreach(name IN LISTS names)
  string(REGEX REPLACE "[,\n]" "" name "${name}")
  if(name STREQUAL PORT)
    list(APPEND connections ".${name}(right)")
  else()
    list(APPEND connections ".${name}(${name})")
  endif()
endforeach()
list(JOIN values ", " values)
list(JOIN connections ", " connections)
string(REPLACE "output reg " "output wire " ports "${ports}")

string(REPLACE "module ${module} " "module ${module}_faultless " text "${text}")
file(WRITE "${OUT}/${module}_faultless.v" "${text}")
file(WRITE "${OUT}/${module}.sv" "// Generated from ${module}.v.
module ${module} #(
${parameters}
) (
${ports}
);
  import \"DPI-C\" function int lacuna_fault_unit(input string scope);
  import \"DPI-C\" function longint lacuna_fault_flips(input int site, input int unit, input int word, input int bits);
  localparam int Bits  = $bits(${PORT});
  localparam int Words = (Bits + 63) / 64;
  wire ${range} right;
  // verilator lint_off UNUSEDSIGNAL
  reg [Words*64-1:0] flips_q;  // beyond the port's bits
  // verilator lint_on UNUSEDSIGNAL
  int unit;
  initial unit = lacuna_fault_unit($sformatf(\"%m\"));
  ${module}_faultless #(${values}) faultless (${connections});
  always @(posedge clk_i) begin
    for (int word = 0; word < Words; word = word + 1)
      flips_q[word*64 +: 64] <= lacuna_fault_flips(${SITE}, unit, word, (Bits - word * 64 < 64) ? Bits - word * 64 : 64);
  end
  assign ${PORT} = right ^ flips_q[Bits-1:0];
endmodule
")
