// SPDX-License-Identifier: Apache-2.0
// Text as symbols: UTF-8 characters, or words between white space with `<eos>` at every line's end.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lacuna::golden {

enum class TextUnit { kCharacters, kWords };

/// Unit of the tasks "characters" and "words". @throws Error for others.
TextUnit text_unit(const std::string& task);

class Vocabulary {
 public:
  /// A symbol's id is its position. @throws Error for a symbol that comes twice or is empty.
  Vocabulary(std::vector<std::string> symbols, TextUnit unit);

  /// All symbols of a text: characters in the order of their code points, words in the order of
  /// appearance.
  /// @throws Error at `where` if the text is empty or not UTF-8.
  static Vocabulary of_text(std::string_view text, TextUnit unit, const std::string& where);

  /// `facts["task"]` and `facts["vocabulary"]` of a bundle. @throws Error if it has none.
  static Vocabulary of_facts(const nlohmann::json& facts, const std::string& where);

  /// Ids of a text's symbols. An unknown word becomes `<unk>` where the vocabulary has that.
  /// @throws Error at `where` with line and column of an unknown symbol.
  std::vector<int> encode(std::string_view text, const std::string& where) const;

  const std::vector<std::string>& symbols() const { return symbols_; }
  int size() const { return static_cast<int>(symbols_.size()); }
  TextUnit unit() const { return unit_; }

 private:
  std::vector<std::string> symbols_;
  TextUnit unit_;
  std::unordered_map<std::string, int> ids_;
};

/// A whole text file. @throws Error if it is not there, unreadable or larger than 1 GiB.
std::string read_text(const std::filesystem::path& file);

}  // namespace lacuna::golden
