// SPDX-License-Identifier: Apache-2.0
#include "sim/report/page.h"

#include <fstream>
#include <sstream>

#include "golden/error.h"

namespace lacuna::sim {

std::string page(const std::filesystem::path& template_file,
                 const nlohmann::ordered_json& document) {
  constexpr std::string_view kPlace = "@DATA@";
  std::ifstream in(template_file, std::ios::binary);
  std::ostringstream read;
  read << in.rdbuf();
  std::string text = read.str();
  const std::size_t place = text.find(kPlace);
  if (!in || place == std::string::npos || text.find(kPlace, place + 1) != std::string::npos)
    throw Error(template_file.string(), "is no template with one @DATA@");

  // "<" occurs in strings alone, where JSON lets it be written by its number.
  std::string data;
  for (const char character : document.dump()) {
    if (character == '<') {
      data += "\\u003c";
    } else {
      data += character;
    }
  }
  return text.replace(place, kPlace.size(), data);
}

std::filesystem::path compare_template() {
  return std::filesystem::path(LACUNA_SOURCE_DIR) / "sim/report/compare.html";
}

}  // namespace lacuna::sim
