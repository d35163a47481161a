# SPDX-License-Identifier: Apache-2.0
# RTL to C++: one call a configuration. Verilator writes many files whose names depend on the design; they are united into two
# (fast and slow), so that the build knows its outputs and a change in RTL rebuilds exactly what depends on it.

find_program(VERILATOR verilator REQUIRED)
execute_process(COMMAND ${VERILATOR} --getenv VERILATOR_ROOT OUTPUT_VARIABLE VERILATOR_ROOT
                OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
set(LACUNA_VERILATE_DIR "${CMAKE_CURRENT_LIST_DIR}" CACHE INTERNAL "")
file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/verilated")

# Verilator's runtime, once for all models.
add_library(lacuna_verilated_runtime STATIC
  ${VERILATOR_ROOT}/include/verilated.cpp
  ${VERILATOR_ROOT}/include/verilated_fst_c.cpp
  ${VERILATOR_ROOT}/include/verilated_threads.cpp
)
target_include_directories(lacuna_verilated_runtime SYSTEM PUBLIC
  ${VERILATOR_ROOT}/include ${VERILATOR_ROOT}/include/vltstd)
target_compile_definitions(lacuna_verilated_runtime PUBLIC
  VM_COVERAGE=0 VM_SC=0 VM_TRACE=1 VM_TRACE_FST=1 VM_TRACE_VCD=0 VL_TIME_CONTEXT)
target_compile_options(lacuna_verilated_runtime PRIVATE -w)
target_link_libraries(lacuna_verilated_runtime PUBLIC ZLIB::ZLIB Threads::Threads)

# lacuna_rtl_files(VARIABLE LIST_FILE): the Verilog files that a .f file names, relative to rtl/.
function(lacuna_rtl_files variable list_file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${list_file}")
  file(STRINGS "${list_file}" lines)
  list(FILTER lines EXCLUDE REGEX "^ *(#|//|$)")
  list(TRANSFORM lines PREPEND "${PROJECT_SOURCE_DIR}/rtl/")
  set(${variable} "${lines}" PARENT_SCOPE)
endfunction()

# lacuna_verilate(NAME name TOP module FILES f... PARAMETERS Name=value... [LARGE])
# Defines the object library rtl_<name> with class V<name>, header V<name>.h. LARGE: no waves, and less of the compiler's optimisation.
# Files that end in .sv, generated ones, may be SystemVerilog.
function(lacuna_verilate)
  cmake_parse_arguments(arg "LARGE" "NAME;TOP" "FILES;PARAMETERS" ${ARGN})
  set(optimise -O3)
  set(waves --trace-fst --trace-max-array 4)
  if(arg_LARGE)
    set(optimise -O1)
    set(waves "")
  endif()
  set(prefix V${arg_NAME})
  set(dir "${CMAKE_BINARY_DIR}/verilated/${arg_NAME}")
  list(TRANSFORM arg_PARAMETERS PREPEND "-G" OUTPUT_VARIABLE parameters)
  add_custom_command(
    OUTPUT "${dir}/fast.cpp" "${dir}/slow.cpp" "${dir}/${prefix}.h"
    COMMAND ${CMAKE_COMMAND} -E rm -rf "${dir}"
    COMMAND ${VERILATOR} --cc --language 1364-2005 +1800-2012ext+sv -Wall -O3 --x-assign unique --x-initial unique ${waves} --no-trace-params
            --top-module ${arg_TOP} --prefix ${prefix} -Mdir "${dir}" ${parameters} ${arg_FILES}
    COMMAND ${CMAKE_COMMAND} -DDIR=${dir} -DPREFIX=${prefix} -P "${LACUNA_VERILATE_DIR}/unite.cmake"
    DEPENDS ${arg_FILES} "${LACUNA_VERILATE_DIR}/unite.cmake"
    COMMENT "Verilating ${arg_TOP} as ${arg_NAME}" VERBATIM)
  add_library(rtl_${arg_NAME} OBJECT "${dir}/fast.cpp" "${dir}/slow.cpp")
  target_include_directories(rtl_${arg_NAME} SYSTEM PUBLIC "${dir}")
  target_link_libraries(rtl_${arg_NAME} PUBLIC lacuna_verilated_runtime)
  # The model's speed is the simulation's: optimised in every build type, without sanitizers.
  set_source_files_properties("${dir}/fast.cpp" PROPERTIES COMPILE_OPTIONS "${optimise};-march=native;-w")
  set_source_files_properties("${dir}/slow.cpp" PROPERTIES COMPILE_OPTIONS "-O0;-w")
endfunction()
