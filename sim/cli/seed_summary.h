// SPDX-License-Identifier: Apache-2.0
// What several trainings that differ in their seed say together.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace lacuna::cli {

/// @param reports of lacuna.training/1, at least one
/// @return document of lacuna.training-seeds/1: `seeds`; `scores` with mean, standard deviation (of
/// the seeds seen, over n - 1; 0 of one) and values of the float network and the integers on
/// validation and test data; `runs`, the reports
nlohmann::ordered_json seed_summary(const std::vector<nlohmann::json>& reports);

/// What a terminal shows of it.
std::string seed_table(const nlohmann::ordered_json& summary);

}  // namespace lacuna::cli
