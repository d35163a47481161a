// SPDX-License-Identifier: Apache-2.0
#include "models/data/text_data.h"

#include <algorithm>
#include <array>

#include "golden/error.h"
#include "golden/sha.h"
#include "models/data/sets.h"

namespace lacuna::models {
namespace {

namespace fs = std::filesystem;
using golden::TextUnit;
using golden::Vocabulary;

constexpr std::size_t kShortest = 2000;  // characters of a text that is split in three

std::string licences() {
  // A fixed list in a fixed order: folders may be listed in any order and hold links.
  constexpr std::array kFiles = {"Apache-2.0", "Artistic", "BSD",     "CC0-1.0", "GFDL-1.2",
                                 "GFDL-1.3",   "GPL-1",    "GPL-2",   "GPL-3",   "LGPL-2",
                                 "LGPL-2.1",   "LGPL-3",   "MPL-1.1", "MPL-2.0"};
  std::string text;
  for (const char* file : kFiles) {
    text += golden::read_text(fs::path("/usr/share/common-licenses") / file);
  }
  return text;
}

/// Nearest start of a UTF-8 character at or after `position`.
std::size_t character_start(const std::string& text, std::size_t position) {
  while (position < text.size() && (static_cast<unsigned char>(text[position]) & 0xC0U) == 0x80U) {
    ++position;
  }
  return position;
}

TextData encode(const std::string& name, TextUnit unit, const std::string& train,
                const std::string& valid, const std::string& test) {
  const std::string all = train + valid + test;
  // The vocabulary of words comes from the training part, as the 10,000 words of Penn Treebank do;
  // every character of the text has a symbol.
  Vocabulary vocabulary = Vocabulary::of_text(unit == TextUnit::kWords ? train : all, unit, name);
  TextData data{
      name, golden::hash_bytes(all, golden::Digest::kSha256), std::move(vocabulary), {}, {}, {}};
  data.train = data.vocabulary.encode(train, name + " (training)");
  data.valid = data.vocabulary.encode(valid, name + " (validation)");
  data.test = data.vocabulary.encode(test, name + " (test)");
  return data;
}

}  // namespace

TextData load_text(const std::string& name, TextUnit unit, const fs::path& folder) {
  if (name == "ptb") {
    const DataSet& set = data_set(name);
    std::array<std::string, 3> parts;
    for (std::size_t n = 0; n < parts.size(); ++n) {
      parts[n] = read_data_file(folder, set.name, set.files[n]);
    }
    return encode(unit == TextUnit::kWords ? "ptb-words" : "ptb-characters", unit, parts[0],
                  parts[1], parts[2]);
  }
  std::string text;
  if (name == "licences") {
    text = licences();
  } else if (name == "tinyshakespeare") {
    text = read_data_file(folder, name, data_set(name).files.front());
  } else if (name.empty()) {
    throw Error("data", "no text named", "use --set data=FILE");
  } else {
    text = golden::read_text(name);
  }
  if (text.size() < kShortest) throw Error(name, "text too short to train on");
  const std::size_t valid = character_start(text, text.size() * 90 / 100);
  const std::size_t test = character_start(text, text.size() * 95 / 100);
  return encode(name, unit, text.substr(0, valid), text.substr(valid, test - valid),
                text.substr(test));
}

}  // namespace lacuna::models
