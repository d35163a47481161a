// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/json_output.h"

#include "golden/atomic_file.h"

namespace lacuna::cli {

void JsonOutput::add_to(CLI::App& verb) {
  verb.add_option("--json", file_, "Also write the result to this file")->type_name("FILE");
}

void JsonOutput::write(const nlohmann::ordered_json& document) const {
  if (file_.empty()) return;
  // Names of files need not be UTF-8: what is not is replaced.
  constexpr auto kReplace = nlohmann::ordered_json::error_handler_t::replace;
  write_file(file_, document.dump(2, ' ', false, kReplace) + '\n');
}

}  // namespace lacuna::cli
