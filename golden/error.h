// SPDX-License-Identifier: Apache-2.0
// The one exception type of lacuna: what is wrong, where, and what to do about it, in one line.
#pragma once

#include <stdexcept>
#include <string>

namespace lacuna {

/// Bad input. The command line prints `what()` on one line and ends with status 2.
class Error : public std::runtime_error {
 public:
  /// @param where file, tensor or option at fault
  /// @param what  what is wrong with it
  /// @param hint  what the reader can do; may be empty
  Error(const std::string& where, const std::string& what, const std::string& hint = "")
      : std::runtime_error(where + ": " + what + (hint.empty() ? "" : "; " + hint)) {}
};

/// A check that ran and found a difference. The command line prints it and ends with status 1.
class CheckFailed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace lacuna
