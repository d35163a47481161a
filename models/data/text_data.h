// SPDX-License-Identifier: Apache-2.0
// Texts as token ids: Penn Treebank, the licence texts of the system, or any file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "golden/text.h"

namespace lacuna::models {

struct TextData {
  std::string name;
  std::string sha256;  ///< of all text in the order train, validation, test
  golden::Vocabulary vocabulary;
  std::vector<int> train, valid, test;
};

/// @param name "ptb"; "licences" (characters of /usr/share/common-licenses, split 90/5/5); the name
///        of another text set; or a text file's path (split 90/5/5)
/// @throws Error for missing files, wrong checksums, and texts too short to split.
TextData load_text(const std::string& name, golden::TextUnit unit,
                   const std::filesystem::path& folder);

}  // namespace lacuna::models
