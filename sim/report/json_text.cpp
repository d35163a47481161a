// SPDX-License-Identifier: Apache-2.0
#include "sim/report/json_text.h"

namespace lacuna::sim {

std::string json_text(const nlohmann::ordered_json& document) {
  constexpr auto kReplace = nlohmann::ordered_json::error_handler_t::replace;
  return document.dump(2, ' ', false, kReplace) + '\n';
}

}  // namespace lacuna::sim
