// SPDX-License-Identifier: Apache-2.0
// Splits text into symbols and numbers them.
#include "golden/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <utility>

#include "golden/error.h"
#include "golden/strict_json.h"

namespace lacuna::golden {
namespace {

constexpr const char* kLineEnd = "<eos>";
constexpr const char* kUnknown = "<unk>";
constexpr std::uint64_t kMaxText = std::uint64_t{1} << 30;

std::string position(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t start = before.rfind('\n');
  return fmt::format("line {}, byte {}", line,
                     offset - (start == std::string_view::npos ? 0 : start + 1) + 1);
}

/// Bytes of the UTF-8 character that begins at `offset`; 0 if none does.
std::size_t character_size(std::string_view text, std::size_t offset) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[offset + i]); };
  const unsigned char first = byte(0);
  const std::size_t size = first < 0x80                    ? 1
                           : first >= 0xC2 && first < 0xE0 ? 2
                           : first >= 0xE0 && first < 0xF0 ? 3
                           : first >= 0xF0 && first < 0xF5 ? 4
                                                           : 0;
  if (size == 0 || offset + size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  // Longer than needed, a surrogate, or beyond U+10FFFF.
  if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F) ||
      (first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F)) {
    return 0;
  }
  return size;
}

/// Calls `symbol(text, offset)` for every symbol in order.
template <typename Function>
void for_each_symbol(std::string_view text, TextUnit unit, const std::string& where,
                     Function symbol) {
  if (unit == TextUnit::kCharacters) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t size = character_size(text, at);
      if (size == 0) {
        throw Error(where + ", " + position(text, at), "is not UTF-8", "convert it with iconv");
      }
      symbol(text.substr(at, size), at);
      at += size;
    }
    return;
  }
  constexpr std::string_view kSpace = " \t\r\v\f\n";
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\n') symbol(std::string_view(kLineEnd), at);
    if (kSpace.find(text[at]) != std::string_view::npos) {
      ++at;
      continue;
    }
    const std::size_t end = std::min(text.find_first_of(kSpace, at), text.size());
    symbol(text.substr(at, end - at), at);
    at = end;
  }
}

}  // namespace

TextUnit text_unit(const std::string& task) {
  if (task == "characters") return TextUnit::kCharacters;
  if (task == "words") return TextUnit::kWords;
  throw Error("task " + shown_name(task), "is not about text", "use 'characters' or 'words'");
}

Vocabulary::Vocabulary(std::vector<std::string> symbols, TextUnit unit)
    : symbols_(std::move(symbols)), unit_(unit) {
  for (std::size_t id = 0; id < symbols_.size(); ++id) {
    if (symbols_[id].empty() || !ids_.emplace(symbols_[id], static_cast<int>(id)).second) {
      throw Error("vocabulary", "has " + shown_name(symbols_[id]) + " twice or empty");
    }
  }
}

Vocabulary Vocabulary::of_text(std::string_view text, TextUnit unit, const std::string& where) {
  std::set<std::string, std::less<>> seen;
  std::vector<std::string> symbols;
  for_each_symbol(text, unit, where, [&](std::string_view symbol, std::size_t) {
    if (seen.find(symbol) != seen.end()) return;
    seen.emplace(symbol);
    symbols.emplace_back(symbol);
  });
  if (symbols.empty()) throw Error(where, "is empty");
  // Bytes of UTF-8 sort as their code points do.
  if (unit == TextUnit::kCharacters) std::sort(symbols.begin(), symbols.end());
  return {std::move(symbols), unit};
}

Vocabulary Vocabulary::of_facts(const nlohmann::json& facts, const std::string& where) {
  const TextUnit unit = text_unit(JsonObject(facts, where).text("task"));
  const auto found = facts.find("vocabulary");
  if (found == facts.end() || !found->is_array() ||
      !std::all_of(found->begin(), found->end(), [](const auto& s) { return s.is_string(); })) {
    throw Error(where, "has no vocabulary, a list of strings");
  }
  return {found->get<std::vector<std::string>>(), unit};
}

std::vector<int> Vocabulary::encode(std::string_view text, const std::string& where) const {
  const auto unknown = unit_ == TextUnit::kWords ? ids_.find(kUnknown) : ids_.end();
  std::vector<int> ids;
  std::string key;
  for_each_symbol(text, unit_, where, [&](std::string_view symbol, std::size_t offset) {
    key.assign(symbol);
    auto found = ids_.find(key);
    if (found == ids_.end()) found = unknown;
    if (found == ids_.end()) {
      throw Error(where + ", " + position(text, offset),
                  shown_name(symbol) + " is not in the vocabulary",
                  fmt::format("use text with the network's {} symbols", size()));
    }
    ids.push_back(found->second);
  });
  return ids;
}

std::string read_text(const std::filesystem::path& file) {
  std::error_code failure;
  if (!std::filesystem::is_regular_file(file, failure)) {
    throw Error(file.string(), "is not there or not a file", "check the name");
  }
  const std::uint64_t size = std::filesystem::file_size(file, failure);
  std::ifstream stream(file, std::ios::binary);
  if (failure || !stream) throw Error(file.string(), "cannot be read", "check its rights");
  if (size > kMaxText) throw Error(file.string(), "is larger than 1 GiB", "use a part of it");
  std::string text(size, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(size));
  if (!stream) throw Error(file.string(), "ended while it was read");
  return text;
}

}  // namespace lacuna::golden
