// SPDX-License-Identifier: Apache-2.0
// JSON from files that nobody vouches for: every fault is one line, and no text can exhaust the
// stack.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna::golden {

/// Parses one JSON value. Beyond the grammar it refuses repeated keys, nesting deeper than 64 and
/// more than a million values. @throws Error at `where`.
nlohmann::json parse_json(std::string_view text, const std::string& where);

/// Compact text of a value; bytes that are not UTF-8, for example of a file name, are replaced.
std::string dump_json(const nlohmann::json& value);

/// A name from a file as it may stand in a message: quoted, ASCII, on one line, not too long.
std::string shown_name(std::string_view name);

/// Access to one JSON object; `where` names it in every message.
class JsonObject {
 public:
  /// @throws Error if `value` is not an object.
  JsonObject(const nlohmann::json& value, std::string where);

  /// @throws Error if the field is absent, of another type, or outside low..high.
  int integer(const std::string& field, int low, int high) const;
  std::string text(const std::string& field) const;
  bool flag(const std::string& field) const;
  bool has(const std::string& field) const { return value_->contains(field); }

  /// @throws Error if the object has a field beside those.
  void only(const std::vector<std::string>& fields) const;

  const std::string& where() const { return where_; }

 private:
  const nlohmann::json& at(const std::string& field) const;

  const nlohmann::json* value_;
  std::string where_;
};

}  // namespace lacuna::golden
