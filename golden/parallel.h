// SPDX-License-Identifier: Apache-2.0
// How golden work is spread over processors.
#pragma once

#include <omp.h>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <vector>

namespace lacuna::golden {

/// Threads that work is cut into: the processors this process may use.
inline int worker_threads() { return std::max(1, omp_get_num_procs()); }

/// Multiplications below which threads inside a step cost more than they save. About 100 us of one
/// thread: waiting for the others takes a few of them on a free machine, many on a busy one.
inline constexpr std::size_t kMinParallelWork = std::size_t{1} << 24;

/// Calls work(0) .. work(count - 1), spread over the processors. Rethrows the error of the lowest
/// index.
template <typename Work>
void in_parallel(int count, const Work& work) {
  std::vector<std::exception_ptr> errors(static_cast<std::size_t>(count));
#pragma omp parallel for schedule(dynamic) num_threads(worker_threads())
  for (int i = 0; i < count; ++i) {
    try {
      work(i);
    } catch (...) {
      errors[static_cast<std::size_t>(i)] = std::current_exception();
    }
  }
  for (const std::exception_ptr& error : errors) {
    if (error) std::rethrow_exception(error);
  }
}

}  // namespace lacuna::golden
