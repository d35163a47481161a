// SPDX-License-Identifier: Apache-2.0
// An experiment as it is written: keys and values of a TOML file of a dozen lines, overridden key
// by key. Each kind of network reads its own keys from it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace lacuna::models {

class Experiment {
 public:
  /// Reads a built-in experiment, or a TOML file where `name` ends in .toml, and applies overrides
  /// `key=value`. @throws Error for unknown names and what is no TOML.
  Experiment(const std::string& name, const std::vector<std::string>& overrides);

  /// The kind of network, by the key `network`: "lstm", where the experiment has none, "fc"
  /// or "sc". @throws Error for others.
  std::string network() const;

  /// Sets the field if the experiment has the key. @throws Error for a value of the wrong kind.
  void read(const char* key, bool& field);
  void read(const char* key, int& field);
  void read(const char* key, double& field);
  void read(const char* key, std::string& field);
  void read(const char* key, std::vector<int>& field);
  void read(const char* key, std::vector<double>& field);

  /// @throws Error naming a key that nobody read, with those that were.
  void refuse_unread() const;

 private:
  /// What the settings are made of; monostate for everything else.
  using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string,
                             std::vector<int>, std::vector<double>>;
  struct Entry {
    std::string where;
    Value value;
  };
  class Reader;
  template <typename Field>
  void read_as(const char* key, Field& field);

  std::map<std::string, Entry> entries_;
  std::vector<std::string> keys_;  ///< that were asked for
};

/// Names of the built-in experiments, sorted.
std::vector<std::string> experiment_names();

/// @throws Error at `key` with `what` unless `good`.
void require(bool good, const char* key, const std::string& what);
/// @throws Error at `key` unless the number of things is 1..1000000.
void require_count(int count, const char* key);
void require_one_of(const std::string& value, const char* key,
                    const std::vector<std::string>& choices);

}  // namespace lacuna::models
