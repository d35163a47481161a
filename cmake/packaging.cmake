# SPDX-License-Identifier: Apache-2.0
# Writes the FuseSoC cores (rtl/*.core, tb/*.core) and Bender.yml from the lists of files rtl/*/TOP.f and the modules' own headers.
# Kept in git; docs/packaging.md says what they hold.
#
#   cmake -P cmake/packaging.cmake                in the repository
#   cmake -DOUT=DIR -P cmake/packaging.cmake      somewhere else; -DSOURCE=DIR of another tree
cmake_minimum_required(VERSION 3.25)

if(NOT SOURCE)
  get_filename_component(SOURCE "${CMAKE_CURRENT_LIST_DIR}/.." ABSOLUTE)
endif()
if(NOT OUT)
  set(OUT "${SOURCE}")
endif()
get_filename_component(OUT "${OUT}" ABSOLUTE)

file(READ "${SOURCE}/CMakeLists.txt" text)
if(NOT text MATCHES "project\\(lacuna VERSION ([0-9.]+)")
  message(FATAL_ERROR "CMakeLists.txt names no version")
endif()
set(version "${CMAKE_MATCH_1}")
set(header "# SPDX-License-Identifier: Apache-2.0\n# Written by cmake/packaging.cmake from rtl/*/*.f; not to be edited.\n")

# read_module(FILE): its purpose and parameters as <purpose> and, in <parameters>, items of a core. No brackets or semicolons are in them.
function(read_module file)
  file(READ "${file}" text)
  string(REPLACE ";" "," text "${text}")
  string(REPLACE "[" "(" text "${text}")
  string(REPLACE "]" ")" text "${text}")
  if(NOT text MATCHES "^// SPDX[^\n]*\n((// [^\n]+\n)+)")
    message(FATAL_ERROR "${file} does not begin with a licence and a purpose")
  endif()
  string(REGEX REPLACE "\n?// " " " purpose "${CMAKE_MATCH_1}")
  string(REGEX REPLACE "[.]([ \n].*)?$" "" purpose "${purpose}")  # the first sentence
  string(STRIP "${purpose}" purpose)
  string(REPLACE "\"" "'" purpose "${purpose}")
  string(REGEX REPLACE "\n    // Derived, not to be set.*" "" text "${text}")
  string(REGEX REPLACE "\n\\) ?\\(.*" "" text "${text}")
  string(REGEX MATCHALL "\n +parameter [^\n]+" lines "${text}")
  set(parameters "")
  set(names "")
  foreach(line IN LISTS lines)
    if(line MATCHES "parameter +\\(")
      continue()  # a vector: no type of a core's parameter can hold one
    endif()
    if(NOT line MATCHES "parameter +(integer +)?([A-Za-z0-9]+) *= *([^, ]+) *,? *(// (.*))?$")
      message(FATAL_ERROR "${file}: cannot read '${line}'")
    endif()
    set(name "${CMAKE_MATCH_2}")
    set(value "${CMAKE_MATCH_3}")
    string(REPLACE "\"" "'" comment "${CMAKE_MATCH_5}")
    set(type int)
    if(value MATCHES "^\"")
      set(type str)
    elseif(NOT value MATCHES "^[0-9]+$")
      message(FATAL_ERROR "${file}: the default of ${name} is no number")
    endif()
    list(APPEND names ${name})
    string(APPEND parameters "  ${name}:\n    datatype: ${type}\n    default: ${value}\n    description: \"${comment}\"\n    paramtype: vlogparam\n")
  endforeach()
  set(purpose "${purpose}" PARENT_SCOPE)
  set(parameters "${parameters}" PARENT_SCOPE)
  list(JOIN names ", " names)
  set(names "${names}" PARENT_SCOPE)
endfunction()

# yaml_list(VARIABLE INDENT item ...): one line an item.
function(yaml_list variable indent)
  set(lines "")
  foreach(item IN LISTS ARGN)
    string(APPEND lines "${indent}- ${item}\n")
  endforeach()
  set(${variable} "${lines}" PARENT_SCOPE)
endfunction()

# ---- the lists: files_<folder>, and on which folders <folder> depends
file(GLOB lists RELATIVE "${SOURCE}/rtl" "${SOURCE}/rtl/*/*.f")
list(SORT lists)
if(NOT lists)
  message(FATAL_ERROR "${SOURCE}/rtl has no lists of files")
endif()
set(folders "")
foreach(list IN LISTS lists)
  get_filename_component(home "${list}" DIRECTORY)
  file(STRINGS "${SOURCE}/rtl/${list}" files REGEX "^[a-z]")
  foreach(file IN LISTS files)
    if(NOT EXISTS "${SOURCE}/rtl/${file}")
      message(FATAL_ERROR "rtl/${list} names ${file}, which is not there")
    endif()
    get_filename_component(folder "${file}" DIRECTORY)
    list(APPEND folders ${folder})
    list(APPEND files_${folder} "${file}")
    list(REMOVE_DUPLICATES files_${folder})
    if(NOT folder STREQUAL home)
      list(APPEND needs_${home} ${folder})
    endif()
  endforeach()
endforeach()
list(REMOVE_DUPLICATES folders)
list(SORT folders)

# ---- a core a folder
foreach(folder IN LISTS folders)
  list(SORT files_${folder})
  yaml_list(files "      " ${files_${folder}})
  set(depend "")
  if(needs_${folder})
    list(REMOVE_DUPLICATES needs_${folder})
    list(SORT needs_${folder})
    list(TRANSFORM needs_${folder} PREPEND "lacuna:rtl:")
    list(TRANSFORM needs_${folder} APPEND ":${version}")
    yaml_list(depend "      " ${needs_${folder}})
    string(PREPEND depend "    depend:\n")
  endif()
  file(WRITE "${OUT}/rtl/${folder}.core"
"CAPI=2:
${header}name: lacuna:rtl:${folder}:${version}
description: \"The modules of rtl/${folder}\"
filesets:
  rtl:
    file_type: verilogSource-2005
    files:
${files}${depend}targets:
  default:
    filesets: [rtl]
")
endforeach()

# ---- a core a top
foreach(list IN LISTS lists)
  get_filename_component(top "${list}" NAME_WE)
  get_filename_component(folder "${list}" DIRECTORY)
  read_module("${SOURCE}/rtl/${folder}/${top}.v")
  file(WRITE "${OUT}/rtl/${top}.core"
"CAPI=2:
${header}name: lacuna:rtl:${top}:${version}
description: \"${purpose}\"
filesets:
  rtl:
    depend: [\"lacuna:rtl:${folder}:${version}\"]
targets:
  default:
    filesets: [rtl]
    toplevel: ${top}
    parameters: [${names}]
  lint:
    filesets: [rtl]
    toplevel: ${top}
    parameters: [${names}]
    flow: lint
    flow_options:
      tool: verilator
      verilator_options: [-Wall, --language, 1364-2005]
  synth:
    filesets: [rtl]
    toplevel: ${top}
    parameters: [${names}]
    flow: generic
    flow_options:
      tool: yosys
      arch: xilinx
      output_format: edif
      yosys_synth_options: [-family xc7, -noiopad, -noclkbuf]
parameters:
${parameters}")
endforeach()

# ---- benches that bring their own stimuli
foreach(folder IN LISTS folders)
  file(GLOB benches RELATIVE "${SOURCE}/tb" "${SOURCE}/tb/${folder}/*_tb.v")
  set(files "")
  set(targets "")
  foreach(bench IN LISTS benches)
    file(READ "${SOURCE}/tb/${bench}" text)
    if(text MATCHES "readmemh|plusargs" OR NOT text MATCHES "finish")
      continue()
    endif()
    get_filename_component(name "${bench}" NAME_WE)
    list(APPEND files "${bench}")
    string(APPEND targets
"  ${name}:
    filesets: [rtl, tb]
    toplevel: ${name}
    flow: sim
    flow_options:
      tool: icarus
      iverilog_options: [-g2005]
")
  endforeach()
  if(files)
    yaml_list(files "      " ${files})
    file(WRITE "${OUT}/tb/${folder}_benches.core"
"CAPI=2:
${header}name: lacuna:tb:${folder}:${version}
description: \"Benches of rtl/${folder} that need no vectors\"
filesets:
  rtl:
    depend: [\"lacuna:rtl:${folder}:${version}\"]
  tb:
    file_type: verilogSource-2005
    files:
${files}targets:
  default:
    filesets: [rtl]
${targets}")
  endif()
endforeach()

# ---- Bender
set(sources "")
foreach(folder IN LISTS folders)
  list(TRANSFORM files_${folder} PREPEND "rtl/" OUTPUT_VARIABLE files)
  yaml_list(files "      " ${files})
  string(APPEND sources "  - files:\n${files}")
endforeach()
file(WRITE "${OUT}/Bender.yml"
"${header}package:
  name: lacuna
  authors: [\"lacuna authors\"]
sources:
${sources}")
