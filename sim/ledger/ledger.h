// SPDX-License-Identifier: Apache-2.0
// Every published claim beside what was measured. Claims come from docs/claims.toml, measurements
// from the files that commands wrote with --json into docs/results; the ledger itself holds no
// figure.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace lacuna::sim {

struct LedgerRow {
  std::string id, claim, unit, tag, better;
  std::vector<double> paper;     ///< in the claim's order; may be empty
  std::vector<double> measured;  ///< the same; empty: not measured
  std::string scale;             ///< "full" or "reduced: how"; empty when not measured
  bool condition_holds = true;   ///< "at unchanged accuracy" and the like
  std::string note, seed, command, revision;
  nlohmann::ordered_json inputs;  ///< files and hashes that the measurement read

  /// Whether the measurement is on the claim's side of the paper's figure; none when not measured.
  std::optional<bool> met() const;
};

/// A claim may have a table `measured` with `file` (in the results folder), `values` (paths, one a
/// figure; "other.json#/path" where one comes from another file), `scale`, and optionally `factor`
/// and `offset` (offset + factor x value), `over` and `times` (paths of figures by which each value
/// is divided and multiplied), `note`, `condition_holds` (false: not met, whatever the figure) and
/// `full_if`: a table with `file`, `value` (path), `at_most` and `else`; where the
/// value is larger, the scale is "reduced: " and the text of `else`. A result file that is not
/// there means not measured. A path names fields, and the one element of a list by its fields:
/// "/rows/batch=8,skip_states=zero/speedup".
/// @throws Error for a claim that lacks something, a path that leads nowhere, or a result
/// without its provenance.
std::vector<LedgerRow> read_ledger(const std::filesystem::path& claims,
                                   const std::filesystem::path& results);

/// Document of schema lacuna.ledger/1.
nlohmann::ordered_json ledger_json(const std::vector<LedgerRow>& rows);

/// What a terminal shows: all claims, then scale, seed, command and note of those measured.
std::string ledger_text(const std::vector<LedgerRow>& rows);

/// docs/claims.toml and docs/results.
std::filesystem::path published_claims();
std::filesystem::path kept_results();

}  // namespace lacuna::sim
