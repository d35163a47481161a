// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/json_output.h"

#include <unistd.h>

#include "golden/atomic_file.h"
#include "golden/error.h"
#include "sim/report/json_text.h"

namespace lacuna::cli {
namespace {

/// Refuses before long work what could not be written after it.
std::string refuse_unwritable(const std::string& file) {
  namespace fs = std::filesystem;
  // Absolute first: a name alone has no folder. A link's own folder does not matter.
  const fs::path path = fs::weakly_canonical(fs::absolute(file));
  if (fs::is_directory(path)) throw Error(file, "is a folder", "name a file");
  const bool device = fs::exists(path) && !fs::is_regular_file(path);
  if (!device && access(path.parent_path().c_str(), W_OK) != 0)
    throw Error(file, "cannot be written", "name a file in a folder where you may write");
  return "";
}

}  // namespace

void JsonOutput::add_to(CLI::App& verb) {
  verb.add_option("--json", file_, "Also write the result to this file")
      ->type_name("FILE")
      ->check(refuse_unwritable);
}

void JsonOutput::write(const nlohmann::ordered_json& document) const {
  if (!file_.empty()) write_file(file_, sim::json_text(document));
}

}  // namespace lacuna::cli
