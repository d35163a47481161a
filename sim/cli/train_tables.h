// SPDX-License-Identifier: Apache-2.0
// What `lacuna train` prints of its report: the course of training and its results.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace lacuna::cli {

/// Tables of a report `lacuna.training/1`, of a recurrent or a fully-connected network.
std::string train_tables(const nlohmann::json& report);

}  // namespace lacuna::cli
