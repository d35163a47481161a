// SPDX-License-Identifier: Apache-2.0
// Where a result comes from: what the ledger shows beside each figure.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace lacuna::cli {

/// Keeps the command line for provenance(); called once by main.
void remember_command(int argc, const char* const* argv);

/// {"command", "revision", "seed", "inputs": [{"file", "sha256"}]}. Absolute
/// paths lose their folders.
nlohmann::ordered_json provenance(const std::vector<std::filesystem::path>& inputs,
                                  std::uint64_t seed);

}  // namespace lacuna::cli
