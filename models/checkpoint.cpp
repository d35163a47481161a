// SPDX-License-Identifier: Apache-2.0
#include "models/checkpoint.h"

#include <sstream>

#include "golden/atomic_file.h"
#include "golden/error.h"

namespace lacuna::models {

void write_checkpoint(const Checkpoint& checkpoint, const std::filesystem::path& file) {
  torch::serialize::OutputArchive archive;
  nlohmann::json sizes;
  for (const auto& [name, list] : checkpoint.tensors) {
    sizes[name] = list.size();
    for (std::size_t n = 0; n < list.size(); ++n) {
      archive.write(name + "." + std::to_string(n), list[n].detach(), true);
    }
  }
  const nlohmann::json head = {{"facts", checkpoint.facts}, {"sizes", sizes}};
  archive.write("head", c10::IValue(head.dump()));
  std::ostringstream bytes;
  archive.save_to(bytes);
  write_file(file, bytes.str());
}

std::optional<Checkpoint> read_checkpoint(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return std::nullopt;
  try {
    torch::serialize::InputArchive archive;
    archive.load_from(file.string());
    c10::IValue text;
    archive.read("head", text);
    const nlohmann::json head = nlohmann::json::parse(text.toStringRef());
    Checkpoint checkpoint{head.at("facts"), {}};
    for (const auto& [name, size] : head.at("sizes").items()) {
      auto& list = checkpoint.tensors[name];
      for (std::size_t n = 0; n < size.get<std::size_t>(); ++n) {
        archive.read(name + "." + std::to_string(n), list.emplace_back(), true);
      }
    }
    return checkpoint;
  } catch (const std::exception&) {
    throw Error(file.string(), "not a checkpoint of lacuna, or damaged",
                "remove it to start from the beginning");
  }
}

}  // namespace lacuna::models
