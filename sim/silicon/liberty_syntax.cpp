// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/liberty_syntax.h"

#include <fmt/format.h>

#include <cctype>
#include <fstream>
#include <sstream>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

class Parser {
 public:
  Parser(std::string file, std::string text) : file_(std::move(file)), text_(std::move(text)) {
    next();
  }

  LibertyGroup parse() {
    const Word name = take_word();
    if (token_ != "(") fail(fmt::format("'{}' is no Liberty group", name.text));
    LibertyGroup library;
    library.name = name.text;
    library.line = name.line;
    library.arguments = arguments();
    if (token_ != "{") fail("'{' is missing");
    fill(library, 0);
    if (!end_) fail("something follows the library");
    return library;
  }

 private:
  struct Word {
    std::string text;
    int line = 0;
  };
  static constexpr int kDeepest = 32;

  [[noreturn]] void fail(const std::string& what) const {
    throw Error(fmt::format("{}:{}", file_, line_), what, "give a Liberty file with --liberty");
  }
  [[noreturn]] void fail_cut_off(const LibertyGroup& group) const {
    throw Error(file_,
                fmt::format("ends inside {}({}) of line {}", group.name,
                            group.arguments.empty() ? "" : group.arguments.front(), group.line),
                "the file is cut off");
  }

  void skip_blanks() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\n') ++line_;
      if (std::isspace(static_cast<unsigned char>(c)) != 0 || c == '\\') {
        ++at_;
      } else if (text_.compare(at_, 2, "//") == 0) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (text_.compare(at_, 2, "/*") == 0) {
        const std::size_t end = text_.find("*/", at_ + 2);
        if (end == std::string::npos)
          throw Error(file_, fmt::format("ends inside the comment of line {}", line_),
                      "the file is cut off");
        for (; at_ < end + 2; ++at_) line_ += text_[at_] == '\n' ? 1 : 0;
      } else {
        return;
      }
    }
  }

  /// The next token: a string, a word, or one of (){}:;,
  void next() {
    skip_blanks();
    quoted_ = false;
    if (at_ == text_.size()) {
      end_ = true;
      token_.clear();
      return;
    }
    constexpr const char* kMarks = "(){}:;,";
    if (text_[at_] == '"') {
      quoted_ = true;
      const std::size_t end = text_.find('"', at_ + 1);
      if (end == std::string::npos)
        throw Error(file_, fmt::format("ends inside the string of line {}", line_),
                    "the file is cut off");
      token_ = text_.substr(at_ + 1, end - at_ - 1);
      for (const char c : token_) line_ += c == '\n' ? 1 : 0;
      at_ = end + 1;
    } else if (std::string(kMarks).find(text_[at_]) != std::string::npos) {
      token_ = text_[at_++];
    } else {
      const std::size_t end = text_.find_first_of("(){}:;,\" \t\r\n\\", at_);
      token_ = text_.substr(at_, end - at_);
      at_ = std::min(end, text_.size());
    }
  }

  bool mark(const char* which) const { return !end_ && !quoted_ && token_ == which; }

  Word take_word() {
    if (end_) fail("is empty or ends early");
    if (!quoted_ && std::string("(){}:;,").find(token_) != std::string::npos)
      fail(fmt::format("'{}' where a name was expected", token_));
    Word word{token_, line_};
    next();
    return word;
  }

  std::vector<std::string> arguments() {
    std::vector<std::string> all;
    next();  // (
    while (!mark(")")) {
      if (end_) fail("ends inside parentheses");
      if (mark(",")) {
        next();
      } else {
        all.push_back(take_word().text);
      }
    }
    next();
    return all;
  }

  /// A value up to its semicolon or the end of its line; values with operators are several words.
  std::string value() {
    next();  // :
    const int line = line_;
    std::string text;
    while (!end_ && !mark(";") && !mark("}") && (text.empty() || line_ == line)) {
      text += (text.empty() ? "" : " ") + token_;
      next();
    }
    return text;
  }

  void fill(LibertyGroup& group, int depth) {
    if (depth == kDeepest) fail("groups are nested too deeply");
    next();  // {
    while (!mark("}")) {
      if (end_) fail_cut_off(group);
      if (mark(";")) {
        next();
        continue;
      }
      const Word name = take_word();
      if (mark(":")) {
        group.attributes[name.text] = {value()};
      } else if (mark("(")) {
        std::vector<std::string> values = arguments();
        if (mark("{")) {
          LibertyGroup& child = group.groups.emplace_back();
          child.name = name.text;
          child.line = name.line;
          child.arguments = std::move(values);
          fill(child, depth + 1);
        } else {
          group.attributes[name.text] = std::move(values);
        }
      } else if (end_) {
        fail_cut_off(group);
      } else {
        fail(fmt::format("'{}' is neither an attribute nor a group", name.text));
      }
    }
    next();
  }

  std::string file_, text_, token_;
  std::size_t at_ = 0;
  int line_ = 1;
  bool quoted_ = false, end_ = false;
};

}  // namespace

const std::string* LibertyGroup::find(const std::string& attribute) const {
  const auto found = attributes.find(attribute);
  return found == attributes.end() || found->second.empty() ? nullptr : &found->second.front();
}

LibertyGroup read_liberty_syntax(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in || text.str().empty()) {
    throw Error(file.string(), "cannot be read or is empty",
                "install Debian's package qflow-tech-osu018, or give a file with --liberty");
  }
  return Parser(file.string(), text.str()).parse();
}

}  // namespace lacuna::sim
