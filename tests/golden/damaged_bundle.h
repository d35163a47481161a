// SPDX-License-Identifier: Apache-2.0
// Bundles that are damaged after they were written.
#pragma once

#include <functional>
#include <string>

#include "golden/bundle.h"
#include "golden/safetensors.h"
#include "tests/golden/error_message.h"
#include "tests/golden/temporary_folder.h"

namespace lacuna::golden {

/// A bundle with its JSON or tensors changed, and what reading says of it.
struct DamagedBundle : NamedCase {
  std::function<void(nlohmann::json&, SafeTensors&)> damage;
  std::string words;
};

/// What reading says of the bundle after the damage.
inline std::string message_of(const Bundle& bundle, const DamagedBundle& damaged) {
  const TemporaryFolder folder;
  write_bundle(bundle, folder / "a");
  SafeTensors content = read_safetensors(folder / "a");
  nlohmann::json metadata = nlohmann::json::parse(content.metadata.at("lacuna.bundle"));
  damaged.damage(metadata, content);
  content.metadata["lacuna.bundle"] = metadata.dump();
  write_safetensors(content, folder / "a");
  return error_message([&] { read_bundle(folder / "a"); });
}

/// Sets a field of a layer.
inline auto set(int layer, const char* field, const nlohmann::json& value) {
  return [=](nlohmann::json& metadata, SafeTensors&) { metadata["layers"][layer][field] = value; };
}

inline auto set(const char* field, const nlohmann::json& value) {
  return [=](nlohmann::json& metadata, SafeTensors&) { metadata[field] = value; };
}

}  // namespace lacuna::golden
