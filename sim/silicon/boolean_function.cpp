// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/boolean_function.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

/// The table of input k alone.
constexpr std::array<TruthTable, kFunctionInputs> kInput{0xAAAAAAAAAAAAAAAA, 0xCCCCCCCCCCCCCCCC,
                                                         0xF0F0F0F0F0F0F0F0, 0xFF00FF00FF00FF00,
                                                         0xFFFF0000FFFF0000, 0xFFFFFFFF00000000};

class Parser {
 public:
  Parser(const std::string& text, const std::vector<std::string>& inputs, const std::string& where)
      : text_(text), inputs_(inputs), where_(where) {}

  TruthTable parse() {
    const TruthTable table = sum();
    if (peek() != '\0') fail();
    return table;
  }

 private:
  [[noreturn]] void fail() const {
    throw Error(where_, fmt::format("'{}' is no function of its inputs", text_));
  }

  char peek() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char mark) {
    if (peek() != mark) return false;
    ++at_;
    return true;
  }

  TruthTable sum() {
    TruthTable table = product();
    while (take('+') || take('|')) table |= product();
    return table;
  }
  TruthTable product() {
    TruthTable table = difference();
    for (;;) {
      const char c = peek();
      if (take('*') || take('&')) {
        table &= difference();
      } else if (c == '!' || c == '(' || is_name(c)) {
        table &= difference();
      } else {
        return table;
      }
    }
  }
  TruthTable difference() {
    TruthTable table = factor();
    while (take('^')) table ^= factor();
    return table;
  }
  TruthTable factor() {
    if (++depth_ > kDeepest) fail();
    TruthTable table = 0;
    if (take('!')) {
      table = ~factor();
    } else if (take('(')) {
      table = sum();
      if (!take(')')) fail();
    } else {
      table = name();
    }
    --depth_;
    while (take('\'')) table = ~table;
    return table;
  }
  TruthTable name() {
    peek();
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name(text_[at_])) ++at_;
    const std::string word = text_.substr(begin, at_ - begin);
    if (word == "0") return 0;
    if (word == "1") return ~TruthTable{0};
    const auto found = std::find(inputs_.begin(), inputs_.end(), word);
    if (found == inputs_.end()) fail();
    return kInput[static_cast<std::size_t>(found - inputs_.begin())];
  }

  static bool is_name(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '[' || c == ']';
  }

  static constexpr int kDeepest = 64;

  const std::string& text_;
  const std::vector<std::string>& inputs_;
  const std::string& where_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

TruthTable truth_table(const std::string& function, const std::vector<std::string>& inputs,
                       const std::string& where) {
  if (inputs.size() > kFunctionInputs)
    throw Error(where, fmt::format("has more than {} inputs", kFunctionInputs));
  return Parser(function, inputs, where).parse();
}

}  // namespace lacuna::sim
