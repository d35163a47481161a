// SPDX-License-Identifier: Apache-2.0
// What an action says when it refuses: for tests of messages.
#pragma once

#include <gmock/gmock.h>

#include <ostream>
#include <string>

#include "golden/error.h"

namespace lacuna::golden {

/// Text of the Error that `action` throws; "no error" if it throws none. Other exceptions pass.
template <typename Action>
std::string error_message(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

/// A message as the command line needs it: on one line, and with these words in it.
inline auto says(const std::string& words) {
  return testing::AllOf(testing::HasSubstr(words), testing::Not(testing::HasSubstr("\n")));
}

/// Base of a parameterised case: GoogleTest shows its name instead of its bytes.
struct NamedCase {
  const char* name;
};

inline std::ostream& operator<<(std::ostream& stream, const NamedCase& one) {
  return stream << one.name;
}

/// Name of a parameterised case, for INSTANTIATE_TEST_SUITE_P.
constexpr auto case_name = [](const auto& info) { return std::string(info.param.name); };

}  // namespace lacuna::golden
