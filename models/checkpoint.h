// SPDX-License-Identifier: Apache-2.0
// A training run at rest: everything that is needed to go on as if it had not stopped.
#pragma once

#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace lacuna::models {

struct Checkpoint {
  nlohmann::json facts;  ///< settings, position, curve
  std::map<std::string, std::vector<torch::Tensor>> tensors;
};

/// Whole or not at all. @throws Error when it cannot be written.
void write_checkpoint(const Checkpoint& checkpoint, const std::filesystem::path& file);

/// Nothing if there is no such file. @throws Error if there is one that is no checkpoint.
std::optional<Checkpoint> read_checkpoint(const std::filesystem::path& file);

}  // namespace lacuna::models
