// SPDX-License-Identifier: Apache-2.0
// The verbs of models/ live in a second program, lacuna_train, beside this one: loading LibTorch
// takes 0.4 s, which no other verb shall wait for.
#pragma once

#include <string>
#include <vector>

namespace lacuna::cli {

inline constexpr const char* kDataAbout = "List the data sets, or get one";
inline constexpr const char* kTrainAbout = "Train a network and quantise it into a bundle";

/// Replaces this process by lacuna_train. Arguments begin with the verb. @throws Error if it cannot
/// be started.
[[noreturn]] void become_model_program(std::vector<std::string> arguments);

/// Runs lacuna_train to its end; what it prints appears as if this process had printed it. @throws
/// Error if it fails.
void run_model_program(std::vector<std::string> arguments);

}  // namespace lacuna::cli
