# SPDX-License-Identifier: Apache-2.0
# Runs <CHECK> on a copy of the tree in which <FILE> has <NEW> where it had <OLD>, or is there and empty if <OLD> is empty.

file(REMOVE_RECURSE "${SCRATCH}")
file(COPY "${SOURCE}/rtl" "${SOURCE}/tb" "${SOURCE}/Bender.yml" "${SOURCE}/CMakeLists.txt" DESTINATION "${SCRATCH}/tree")
if(OLD STREQUAL "")
  file(WRITE "${SCRATCH}/tree/${FILE}" "")
else()
  file(READ "${SCRATCH}/tree/${FILE}" text)
  string(REPLACE "${OLD}" "${NEW}" changed "${text}")
  if(changed STREQUAL text)
    message(FATAL_ERROR "${FILE} has no '${OLD}'")
  endif()
  file(WRITE "${SCRATCH}/tree/${FILE}" "${changed}")
endif()
execute_process(COMMAND ${CMAKE_COMMAND} -DSOURCE=${SCRATCH}/tree -DSCRATCH=${SCRATCH}/written -DYOSYS=${YOSYS} -P "${CHECK}")
