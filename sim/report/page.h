// SPDX-License-Identifier: Apache-2.0
// A result as one page: a template file with the result's JSON in it, nothing to load besides.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

namespace lacuna::sim {

/// The template with the document in the place of its one "@DATA@". Text in the document cannot end
/// the script element that holds it.
/// @throws Error when the template cannot be read or has not exactly one place.
std::string page(const std::filesystem::path& template_file,
                 const nlohmann::ordered_json& document);

/// sim/report/compare.html.
std::filesystem::path compare_template();

}  // namespace lacuna::sim
