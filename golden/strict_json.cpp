// SPDX-License-Identifier: Apache-2.0
// nlohmann-json does the parsing; its callback adds the checks that the library leaves out.
#include "golden/strict_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <set>

#include "golden/error.h"

namespace lacuna::golden {
namespace {

using nlohmann::json;

constexpr int kMaxDepth = 64;
constexpr int kMaxValues = 1'000'000;
constexpr std::size_t kMaxShown = 80;

class Checks {
 public:
  explicit Checks(std::string where) : where_(std::move(where)) {}

  bool operator()(int depth, json::parse_event_t event, const json& value) {
    if (depth > kMaxDepth) throw Error(where_, "JSON is nested too deeply");
    if (++events_ > kMaxValues) throw Error(where_, "JSON has more than a million values");
    switch (event) {
      case json::parse_event_t::object_start:
        keys_.emplace_back();
        break;
      case json::parse_event_t::object_end:
        keys_.pop_back();
        break;
      case json::parse_event_t::key:
        if (!keys_.back().insert(value.get<std::string>()).second) {
          throw Error(where_,
                      "JSON has the key " + shown_name(value.get<std::string>()) + " twice");
        }
        break;
      default:
        break;
    }
    return true;
  }

 private:
  std::string where_;
  int events_ = 0;
  std::vector<std::set<std::string>> keys_;
};

}  // namespace

json parse_json(std::string_view text, const std::string& where) {
  Checks checks(where);
  try {
    return json::parse(text.begin(), text.end(), std::ref(checks));
  } catch (const json::parse_error& error) {
    throw Error(where, fmt::format("is not JSON at byte {}", error.byte),
                "the file is damaged or of another kind");
  } catch (const json::exception&) {
    throw Error(where, "has a number that JSON readers cannot hold",
                "the file is damaged or of another kind");
  }
}

std::string dump_json(const json& value) {
  return value.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string shown_name(std::string_view name) {
  const json shown = std::string(name.substr(0, kMaxShown));
  return shown.dump(-1, ' ', true, json::error_handler_t::replace) +
         (name.size() > kMaxShown ? "..." : "");
}

JsonObject::JsonObject(const json& value, std::string where)
    : value_(&value), where_(std::move(where)) {
  if (!value.is_object()) throw Error(where_, "must be a JSON object");
}

const json& JsonObject::at(const std::string& field) const {
  const auto found = value_->find(field);
  if (found == value_->end()) throw Error(where_, "has no field '" + field + "'");
  return *found;
}

int JsonObject::integer(const std::string& field, int low, int high) const {
  const json& value = at(field);
  const bool fits = value.is_number_integer() &&
                    (!value.is_number_unsigned() || value.get<std::uint64_t>() <= INT64_MAX) &&
                    value.get<std::int64_t>() >= low && value.get<std::int64_t>() <= high;
  if (!fits) {
    throw Error(where_, fmt::format("'{}' must be an integer from {} to {}", field, low, high));
  }
  return value.get<int>();
}

bool JsonObject::flag(const std::string& field) const {
  const json& value = at(field);
  if (!value.is_boolean()) throw Error(where_, "'" + field + "' must be true or false");
  return value.get<bool>();
}

std::string JsonObject::text(const std::string& field) const {
  const json& value = at(field);
  if (!value.is_string()) throw Error(where_, "'" + field + "' must be a string");
  return value.get<std::string>();
}

void JsonObject::only(const std::vector<std::string>& fields) const {
  for (const auto& [key, value] : value_->items()) {
    if (std::find(fields.begin(), fields.end(), key) == fields.end()) {
      throw Error(where_, "has the unknown field " + shown_name(key),
                  "it was written by another version");
    }
  }
}

}  // namespace lacuna::golden
