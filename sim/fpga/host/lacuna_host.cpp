// SPDX-License-Identifier: Apache-2.0
#include "lacuna_host.h"

#include <cstdint>
#include <cstdio>
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

Bytes from_hex(const std::string& digits, const std::string& where) {
  Bytes bytes;
  if (digits.size() % 2 != 0 || digits.find_first_not_of("0123456789abcdef") != std::string::npos)
    throw std::runtime_error(where + ": '" + digits.substr(0, 16) + "' is not in bytes");
  for (std::size_t at = 0; at < digits.size(); at += 2)
    bytes.push_back(static_cast<std::uint8_t>(std::stoi(digits.substr(at, 2), nullptr, 16)));
  return bytes;
}

/// Lines of words, without comments.
std::vector<std::vector<std::string>> read_lines(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error(file + ": cannot be read");
  std::vector<std::vector<std::string>> lines;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::vector<std::string> found;
    for (std::string word; words >> word && word[0] != '#';) found.push_back(word);
    if (!found.empty()) lines.push_back(found);
  }
  return lines;
}

class Session {
 public:
  explicit Session(const lacuna_port& port) : port_(port) { must(lacuna_identify(&port_, &board_), "identify"); }

  void identify() const {
    std::printf("engine %d, %d inputs, %d outputs of %d bytes, network ", board_.engine, board_.inputs, board_.outputs,
                board_.result_bytes / board_.outputs);
    for (const std::uint8_t byte : board_.network) std::printf("%02x", byte);
    std::printf("\n");
  }

  /// Lines "address bytes", both hexadecimal.
  void load(const std::string& file) const {
    std::size_t count = 0;
    for (const auto& line : read_lines(file)) {
      if (line.size() != 2) throw std::runtime_error(file + ": a line is not an address and bytes");
      const Bytes bytes = from_hex(line[1], file);
      must(lacuna_write(&port_, static_cast<std::uint16_t>(std::stoul(line[0], nullptr, 16)), bytes.data(), bytes.size()), "load");
      count += bytes.size();
    }
    std::printf("loaded %zu bytes\n", count);
  }

  void infer(const std::string& images) const {
    std::size_t number = 0;
    for (const auto& line : read_lines(images)) {
      std::uint32_t cycles = 0;
      const Bytes result = infer_one(from_hex(line[0], images), cycles);
      print(number++, result, cycles);
    }
  }

  /// Lines of RESULTS are a result's bytes and the clocks it takes.
  void check(const std::string& images, const std::string& results) const {
    const auto inputs = read_lines(images), expected = read_lines(results);
    if (inputs.size() != expected.size()) throw std::runtime_error(results + ": is not of as many images as " + images);
    for (std::size_t at = 0; at < inputs.size(); ++at) {
      std::uint32_t cycles = 0;
      const Bytes result = infer_one(from_hex(inputs[at][0], images), cycles);
      print(at, result, cycles);
      compare(at, result, from_hex(expected[at].at(0), results));
      if (cycles != std::stoul(expected[at].at(1)))
        throw Difference("image " + std::to_string(at) + ": expected " + expected[at][1] + " clocks, got " + std::to_string(cycles));
    }
    std::printf("%zu inferences are golden's\n", inputs.size());
  }

 private:
  static void must(int status, const char* what) {
    if (status != LACUNA_OK) throw std::runtime_error(std::string(what) + ": " + lacuna_message(status));
  }

  Bytes infer_one(const Bytes& inputs, std::uint32_t& cycles) const {
    if (inputs.size() != board_.inputs)
      throw std::runtime_error("an image has " + std::to_string(inputs.size()) + " values, the board takes " + std::to_string(board_.inputs));
    Bytes result(board_.result_bytes);
    must(lacuna_begin(&port_, inputs.data(), inputs.size()), "begin");
    must(lacuna_finish(&port_, result.data(), result.size(), &cycles), "finish");
    return result;
  }

  std::int64_t output(const Bytes& result, std::size_t at) const {
    const std::size_t width = result.size() / board_.outputs;
    std::int64_t value = static_cast<std::int8_t>(result[(at + 1) * width - 1]);  // the highest byte has the sign
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
    if (result.size() != expected.size()) throw std::runtime_error("RESULTS are of another network");
    for (std::size_t at = 0; at < board_.outputs; ++at) {
      if (output(result, at) != output(expected, at)) {
        throw Difference("image " + std::to_string(number) + ", output " + std::to_string(at) + ": expected " +
                         std::to_string(output(expected, at)) + ", got " + std::to_string(output(result, at)));
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
