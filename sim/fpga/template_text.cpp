// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/template_text.h"

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>

#include "golden/error.h"

namespace lacuna::sim {

std::string fill(const std::string& text, const TemplateValues& values, const std::string& where) {
  static const std::regex pattern("@([A-Z][A-Z0-9_]*)@");
  std::string filled;
  auto at = text.begin();
  for (std::sregex_iterator place(text.begin(), text.end(), pattern), end; place != end; ++place) {
    const auto value = values.find((*place)[1]);
    if (value == values.end()) throw Error(where, "names " + place->str() + ", which has no value");
    filled.append(at, (*place)[0].first);
    filled += value->second;
    at = (*place)[0].second;
  }
  filled.append(at, text.end());
  return filled;
}

std::string fill_file(const std::filesystem::path& file, const TemplateValues& values) {
  return fill(file_text(file), values, file.string());
}

std::string file_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (in.peek() != std::ifstream::traits_type::eof()) text << in.rdbuf();
  if (!in.is_open() || in.bad() || !text) throw Error(file.string(), "cannot be read");
  return text.str();
}

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace lacuna::sim
