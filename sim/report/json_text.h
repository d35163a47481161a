// SPDX-License-Identifier: Apache-2.0
// Documents as text.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace lacuna::sim {

/// Indented, with a line's end. Names of files need not be UTF-8: what is not is replaced.
std::string json_text(const nlohmann::ordered_json& document);

}  // namespace lacuna::sim
