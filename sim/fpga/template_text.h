// SPDX-License-Identifier: Apache-2.0
// Text with places to fill, @NAME@, and the files that have it.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace lacuna::sim {

using TemplateValues = std::map<std::string, std::string>;

/// Replaces every @NAME@. @throws Error naming `where` for a name that has no value.
std::string fill(const std::string& text, const TemplateValues& values, const std::string& where);

/// The same with the text of a file of sim/fpga. @throws Error if it cannot be read.
std::string fill_file(const std::filesystem::path& file, const TemplateValues& values);

/// A file's bytes. @throws Error if it cannot be read.
std::string file_text(const std::filesystem::path& file);

/// A folder's own files, sorted: the same on every file system.
std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder);

}  // namespace lacuna::sim
