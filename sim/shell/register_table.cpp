// SPDX-License-Identifier: Apache-2.0
#include "sim/shell/register_table.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <array>
#include <set>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

constexpr std::array<const char*, 4> kAccessNames{"ro", "rw", "w1s", "w1c"};

/// Reads the values of one table of the file and says where one is wrong.
class Values {
 public:
  Values(const toml::table& table, std::string where) : table_(table), where_(std::move(where)) {}

  [[noreturn]] void fail(const std::string& what) const { throw Error(where_, what); }

  std::string text(const char* key, std::optional<std::string> missing = {}) const {
    const auto value = table_[key].value<std::string>();
    if (!value && !missing) fail(fmt::format("has no '{}'", key));
    return value ? *value : *missing;
  }
  std::int64_t integer(const char* key, std::optional<std::int64_t> missing = {}) const {
    const auto value = table_[key].value<std::int64_t>();
    if (!value && !missing) fail(fmt::format("has no '{}'", key));
    return value ? *value : *missing;
  }
  std::uint32_t word(const char* key, std::optional<std::int64_t> missing = {}) const {
    const std::int64_t value = integer(key, missing);
    if (value < 0 || value > 0xFFFFFFFF) fail(fmt::format("'{}' has no 32 bits", key));
    return static_cast<std::uint32_t>(value);
  }
  bool has(const char* key) const { return table_.contains(key); }
  const toml::array* array(const char* key) const { return table_[key].as_array(); }

 private:
  const toml::table& table_;
  std::string where_;
};

Access access_of(const Values& values) {
  const std::string name = values.text("access");
  for (std::size_t at = 0; at < kAccessNames.size(); ++at) {
    if (name == kAccessNames[at]) return static_cast<Access>(at);
  }
  values.fail("access '" + name + "' is none of ro, rw, w1s, w1c");
}

std::vector<RegisterField> fields_of(const Values& values) {
  std::vector<RegisterField> fields;
  int end = 0;  // of the field before
  if (const toml::array* array = values.array("fields")) {
    for (const auto& entry : *array) {
      if (!entry.is_table()) values.fail("has a field that is no table");
      const Values field(*entry.as_table(), "a field of " + values.text("name"));
      fields.push_back({field.text("name"), static_cast<int>(field.integer("low")),
                        static_cast<int>(field.integer("width")), field.text("description")});
      const RegisterField& last = fields.back();
      // A register of one field has no need of its name.
      if (last.low < 0 || last.width < 1 || last.width > 31 || last.low + last.width > 32)
        values.fail("field " + last.name + " does not fit 32 bits, or is all of them");
      if (last.low < end)
        values.fail("field " + last.name + " overlaps the one before or lies below it");
      end = last.low + last.width;
    }
  }
  if (fields.empty()) fields.push_back({});
  return fields;
}

Register register_of(const Values& values) {
  Register made;
  made.name = values.text("name");
  made.description = values.text("description");
  made.offset = values.word("offset");
  made.access = access_of(values);
  if (values.has("value")) made.value = values.word("value");
  made.reset = values.word("reset", 0);
  made.count = static_cast<int>(values.integer("count", 1));
  made.parameter = values.text("parameter", "");
  if (made.count < 1) values.fail("has no words");
  made.fields = fields_of(values);
  if (made.value && made.access != Access::kRead) values.fail("only ro has a value");
  if (made.array() && (made.fields.size() > 1 || !made.fields[0].name.empty()))
    values.fail("an array has no fields");
  if (made.array() && made.access != Access::kRead && made.access != Access::kReadWrite)
    values.fail("only ro and rw are arrays");
  return made;
}

}  // namespace

const char* access_name(Access access) { return kAccessNames[static_cast<std::size_t>(access)]; }

RegisterTable read_register_table(const std::filesystem::path& file) {
  RegisterTable table;
  toml::table root;
  try {
    root = toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    throw Error(fmt::format("{}:{}", file.string(), error.source().begin.line),
                std::string(error.description()));
  }
  const auto entries = [&](const char* key) {
    std::vector<Values> all;
    if (const toml::array* array = root[key].as_array()) {
      for (const auto& entry : *array) {
        if (!entry.is_table())
          throw Error(file.string(), fmt::format("{} is no list of tables", key));
        const toml::table& one = *entry.as_table();
        all.emplace_back(one, fmt::format("{}: {} {}", file.string(), key,
                                          one["name"].value_or(std::string("?"))));
      }
    }
    return all;
  };
  std::set<std::uint32_t> offsets;
  std::set<std::string> names;
  for (const Values& values : entries("register")) {
    const Register& made = table.registers.emplace_back(register_of(values));
    if (!names.insert(made.name).second) values.fail("is there twice");
    for (int at = 0; at < made.count; ++at) {
      const std::uint32_t offset = made.offset + 4 * static_cast<std::uint32_t>(at);
      if (offset % 4 != 0 || offset >= (1U << table.address_bits))
        values.fail(fmt::format("offset {:#x} is not one of a word", offset));
      if (!offsets.insert(offset).second) values.fail(fmt::format("offset {:#x} is taken", offset));
    }
  }
  for (const Values& values : entries("constant")) {
    table.constants.push_back(
        {values.text("name"), values.text("description", ""), values.word("value")});
  }
  return table;
}

}  // namespace lacuna::sim
