# SPDX-License-Identifier: Apache-2.0
# Writes the packaging of <SOURCE> into <SCRATCH> and compares it with what <SOURCE> holds.

file(REMOVE_RECURSE "${SCRATCH}")
execute_process(COMMAND ${CMAKE_COMMAND} -DSOURCE=${SOURCE} -DOUT=${SCRATCH} -P "${CMAKE_CURRENT_LIST_DIR}/../../../cmake/packaging.cmake"
                COMMAND_ERROR_IS_FATAL ANY)
file(GLOB kept RELATIVE "${SOURCE}" "${SOURCE}/rtl/*.core" "${SOURCE}/tb/*.core" "${SOURCE}/Bender.yml")
file(GLOB written RELATIVE "${SCRATCH}" "${SCRATCH}/rtl/*.core" "${SCRATCH}/tb/*.core" "${SCRATCH}/Bender.yml")
list(LENGTH written count)
if(count LESS 10)
  message(SEND_ERROR "only ${count} files were written")
endif()
set(all ${kept} ${written})
list(REMOVE_DUPLICATES all)
foreach(file IN LISTS all)
  execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files "${SOURCE}/${file}" "${SCRATCH}/${file}" RESULT_VARIABLE differs ERROR_QUIET)
  if(differs)
    message(SEND_ERROR "${file} is not current: cmake -P cmake/packaging.cmake")
  endif()
endforeach()
