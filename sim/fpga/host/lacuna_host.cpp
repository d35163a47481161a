// SPDX-License-Identifier: Apache-2.0
#include "lacuna_host.h"

#include <cctype>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace lacuna_host {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// A result that is not the expected one.
struct Difference : std::runtime_error {
  using std::runtime_error::runtime_error;
};

constexpr unsigned kPatience = 60000;  // milliseconds of an inference
constexpr int kMostResultBytes = 256;  // docs/fpga.md: a result is read at one byte's addresses

/// Words of a line, and where it is.
struct Line {
  std::vector<std::string> words;
  std::string place;  ///< file:number

  [[noreturn]] void refuse(const std::string& why) const {
    throw std::runtime_error(place + ": " + why);
  }
  const std::string& word(std::size_t at, const char* what) const {
    if (at >= words.size()) refuse(std::string("has no ") + what);
    return words[at];
  }
  Bytes bytes(std::size_t at) const {
    const std::string& digits = word(at, "bytes");
    if (digits.size() % 2 != 0 || digits.find_first_not_of("0123456789abcdef") != std::string::npos)
      refuse("'" + digits.substr(0, 16) + "' is not in bytes");
    Bytes found;
    for (std::size_t byte = 0; byte < digits.size(); byte += 2)
      found.push_back(static_cast<std::uint8_t>(std::stoi(digits.substr(byte, 2), nullptr, 16)));
    return found;
  }
  /// @param base 10 or 16
  std::uint32_t number(std::size_t at, const char* what, int base, std::uint32_t most) const {
    const std::string& digits = word(at, what);
    char* end = nullptr;
    const unsigned long long value = std::strtoull(digits.c_str(), &end, base);
    if (*end != '\0' || std::isxdigit(static_cast<unsigned char>(digits[0])) == 0 || value > most)
      refuse("'" + digits + "' is no " + what);
    return static_cast<std::uint32_t>(value);
  }
};

/// A file's lines of words, without comments; at least one.
std::vector<Line> read_lines(const std::string& file) {
  std::ifstream in(file);
  std::vector<Line> lines;
  std::size_t number = 0;
  for (std::string text; std::getline(in, text);) {
    ++number;
    std::istringstream words(text);
    Line line{{}, file + ":" + std::to_string(number)};
    for (std::string word; words >> word && word[0] != '#';) line.words.push_back(word);
    if (!line.words.empty()) lines.push_back(line);
  }
  if (!in.eof()) throw std::runtime_error(file + ": cannot be read");  // also of a folder
  if (lines.empty()) throw std::runtime_error(file + ": is empty");
  return lines;
}

class Session {
 public:
  explicit Session(const lacuna_port& port) : port_(port) {
    must(lacuna_identify(&port_, &board_), "identify");
    constexpr int kMostWidth = 8;  // bytes of an output
    if (board_.inputs == 0 || board_.outputs == 0 || board_.result_bytes == 0 ||
        board_.result_bytes % board_.outputs != 0 || board_.result_bytes > kMostResultBytes ||
        board_.result_bytes / board_.outputs > kMostWidth) {
      throw std::runtime_error("identify: the board says that it has " +
                               std::to_string(board_.inputs) + " inputs and " +
                               std::to_string(board_.outputs) + " outputs in " +
                               std::to_string(board_.result_bytes) + " bytes, which cannot be");
    }
  }

  void identify() const {
    std::printf("engine %d, %d inputs, %d outputs of %d bytes, network ", board_.engine,
                board_.inputs, board_.outputs, board_.result_bytes / board_.outputs);
    for (const std::uint8_t byte : board_.network) std::printf("%02x", byte);
    std::printf("\n");
  }

  /// Lines "address bytes", both hexadecimal.
  void load(const std::string& file) const {
    std::size_t count = 0;
    for (const Line& line : read_lines(file)) {
      const std::uint32_t address = line.number(0, "address", 16, 0xFFFF);
      const Bytes bytes = line.bytes(1);
      must(lacuna_write(&port_, static_cast<std::uint16_t>(address), bytes.data(), bytes.size()),
           "load");
      count += bytes.size();
    }
    std::printf("loaded %zu bytes\n", count);
  }

  void infer(const std::string& images) const {
    std::size_t number = 0;
    for (const Line& line : read_lines(images)) {
      std::uint32_t cycles = 0;
      const Bytes result = infer_one(line, cycles);
      print(number++, result, cycles);
    }
  }

  /// Lines of RESULTS are a result's bytes and the clocks it takes.
  void check(const std::string& images, const std::string& results) const {
    const auto inputs = read_lines(images), expected = read_lines(results);
    if (inputs.size() != expected.size())
      throw std::runtime_error(results + ": is not of as many images as " + images);
    for (std::size_t at = 0; at < inputs.size(); ++at) {
      const Bytes right = expected[at].bytes(0);
      const std::uint32_t clocks = expected[at].number(1, "number of clocks", 10, UINT32_MAX);
      if (right.size() != board_.result_bytes) expected[at].refuse("is of another network");
      std::uint32_t cycles = 0;
      const Bytes result = infer_one(inputs[at], cycles);
      print(at, result, cycles);
      compare(at, result, right);
      if (cycles != clocks)
        throw Difference("image " + std::to_string(at) + ": expected " + std::to_string(clocks) +
                         " clocks, got " + std::to_string(cycles));
    }
    std::printf("%zu inferences are golden's\n", inputs.size());
  }

 private:
  static void must(int status, const char* what) {
    if (status != LACUNA_OK)
      throw std::runtime_error(std::string(what) + ": " + lacuna_message(status));
  }

  Bytes infer_one(const Line& image, std::uint32_t& cycles) const {
    const Bytes inputs = image.bytes(0);
    if (inputs.size() != board_.inputs)
      image.refuse("an image has " + std::to_string(inputs.size()) + " values, the board takes " +
                   std::to_string(board_.inputs));
    Bytes result(board_.result_bytes);
    must(lacuna_begin(&port_, inputs.data(), inputs.size()), "begin");
    must(lacuna_finish(&port_, kPatience, result.data(), result.size(), &cycles), "finish");
    return result;
  }

  std::int64_t output(const Bytes& result, std::size_t at) const {
    const std::size_t width = result.size() / board_.outputs;
    std::int64_t value =
        static_cast<std::int8_t>(result[(at + 1) * width - 1]);  // the highest byte has the sign
    for (std::size_t byte = width - 1; byte-- > 0;) value = value * 256 + result[at * width + byte];
    return value;
  }

  void print(std::size_t number, const Bytes& result, std::uint32_t cycles) const {
    std::size_t largest = 0;
    std::printf("image %zu:", number);
    for (std::size_t at = 0; at < board_.outputs; ++at) {
      std::printf(" %lld", static_cast<long long>(output(result, at)));
      if (output(result, at) > output(result, largest)) largest = at;
    }
    std::printf("  class %zu, %u clocks\n", largest, cycles);
  }

  void compare(std::size_t number, const Bytes& result, const Bytes& expected) const {
    for (std::size_t at = 0; at < board_.outputs; ++at) {
      if (output(result, at) != output(expected, at)) {
        throw Difference("image " + std::to_string(number) + ", output " + std::to_string(at) +
                         ": expected " + std::to_string(output(expected, at)) + ", got " +
                         std::to_string(output(result, at)));
      }
    }
  }

  lacuna_port port_;
  lacuna_identity board_{};
};

void run_words(const lacuna_port& port, const std::vector<std::string>& words) {
  const Session session(port);
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto argument = [&]() -> const std::string& {
      if (++at >= words.size()) throw std::runtime_error(words.back() + ": needs a file");
      return words[at];
    };
    if (words[at] == "identify") {
      session.identify();
    } else if (words[at] == "load") {
      session.load(argument());
    } else if (words[at] == "infer") {
      session.infer(argument());
    } else if (words[at] == "check") {
      const std::string images = argument();
      session.check(images, argument());
    } else {
      throw std::runtime_error(words[at] + ": is none of identify, load, infer, check");
    }
  }
}

}  // namespace

int run(const lacuna_port& port, const std::vector<std::string>& words) {
  try {
    run_words(port, words);
    return 0;
  } catch (const Difference& difference) {
    std::fflush(stdout);
    std::fprintf(stderr, "lacuna_host: %s\n", difference.what());
    return 1;
  } catch (const std::exception& error) {
    std::fflush(stdout);
    std::fprintf(stderr, "lacuna_host: %s\n", error.what());
    return 2;
  }
}

}  // namespace lacuna_host
