// SPDX-License-Identifier: Apache-2.0
// The syntax of Liberty files: groups of attributes and groups. What they mean is liberty.h's.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace lacuna::sim {

/// name (arguments) { attribute : value; attribute (values); group ... }
struct LibertyGroup {
  std::string name;
  std::vector<std::string> arguments;
  std::map<std::string, std::vector<std::string>> attributes;  ///< the last of a name counts
  std::vector<LibertyGroup> groups;
  int line = 0;

  /// The attribute's one value; nullptr when there is none.
  const std::string* find(const std::string& attribute) const;
};

/// The file's one group. @throws Error naming file and line when it is no Liberty file or ends
/// inside a group.
LibertyGroup read_liberty_syntax(const std::filesystem::path& file);

}  // namespace lacuna::sim
