// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/exit_status.h"

#include <cstdio>
#include <exception>
#include <iostream>
#include <new>
#include <string>

#include "golden/error.h"

namespace lacuna::cli {
namespace {

/// Libraries put stack traces behind the first line; the reader needs the first.
int tell(const std::string& message, int status) {
  std::fprintf(stderr, "lacuna: %s\n", message.substr(0, message.find('\n')).c_str());
  return status;
}

/// Results on a full disk or a closed pipe must not count as done.
void flush_output() {
  std::cout.flush();
  if (!std::cout || std::fflush(stdout) != 0) {
    throw Error("standard output", "cannot be written", "is the disk full?");
  }
}

}  // namespace

int exit_status_of(const std::function<void()>& work) {
  try {
    work();
    flush_output();
    return kDone;
  } catch (const CheckFailed& failure) {
    return tell(failure.what(), kCheckFailed);
  } catch (const std::bad_alloc&) {
    return tell("out of memory; try a smaller batch or network", kBadInput);
  } catch (const std::exception& error) {
    return tell(error.what(), kBadInput);
  }
}

}  // namespace lacuna::cli
