# SPDX-License-Identifier: Apache-2.0
# Copies FROM to TO with OLD replaced by NEW; fails when there is no OLD, for then the mutant would be the original.
file(READ "${FROM}" text)
string(REPLACE "${OLD}" "${NEW}" mutated "${text}")
if(mutated STREQUAL text)
  message(FATAL_ERROR "${FROM} has no '${OLD}'")
endif()
file(WRITE "${TO}" "${mutated}")
