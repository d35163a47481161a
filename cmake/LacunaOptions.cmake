# SPDX-License-Identifier: Apache-2.0
# Compiler settings that every target shares: link to lacuna::options.

option(LACUNA_NATIVE "Compile for the processor of this machine" ON)
option(LACUNA_ASAN "Address and undefined-behaviour sanitizers" OFF)
option(LACUNA_COVERAGE "gcov instrumentation" OFF)
option(LACUNA_BENCH "Benchmarks" OFF)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

add_library(lacuna_options INTERFACE)
add_library(lacuna::options ALIAS lacuna_options)
# GCC 12 warns inside its own AVX-512 header (its bug 105593), hence no -Wmaybe-uninitialized.
target_compile_options(lacuna_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wno-psabi
                       -Wno-maybe-uninitialized)
target_include_directories(lacuna_options INTERFACE "${PROJECT_SOURCE_DIR}")
if(LACUNA_NATIVE)
  target_compile_options(lacuna_options INTERFACE -march=native)
endif()
if(LACUNA_ASAN)
  target_compile_options(lacuna_options INTERFACE -fsanitize=address,undefined -fno-omit-frame-pointer)
  target_link_options(lacuna_options INTERFACE -fsanitize=address,undefined)
endif()
if(LACUNA_COVERAGE)
  target_compile_options(lacuna_options INTERFACE --coverage -O0)
  target_link_options(lacuna_options INTERFACE --coverage)
endif()
