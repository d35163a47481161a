// SPDX-License-Identifier: Apache-2.0
// Reader of .npy files; the header, a Python literal, is matched as NumPy writes it.
#include "golden/npy.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <regex>
#include <string>

#include "golden/error.h"
#include "golden/strict_json.h"
#include "golden/text.h"

namespace lacuna::golden {
namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kMaxHeader = 1024;  // arrays of numbers need about 100 bytes
constexpr std::size_t kMaxDimensions = 8;
constexpr const char* kDamaged = "write it with numpy.save";

struct Header {
  std::string type;
  std::vector<std::int64_t> shape;
};

/// Offset of the data and the header's text in front of it.
std::pair<std::size_t, std::string> header_text(const std::string& bytes,
                                                const std::string& where) {
  if (bytes.compare(0, kMagic.size(), kMagic) != 0 || bytes.size() < kMagic.size() + 6) {
    throw Error(where, "is not a .npy file", kDamaged);
  }
  const int version = static_cast<unsigned char>(bytes[kMagic.size()]);
  if (version != 1 && version != 2) {
    throw Error(where, fmt::format("has the .npy version {}, 1 and 2 are read", version), kDamaged);
  }
  const std::size_t length_bytes = version == 1 ? 2 : 4;
  std::uint32_t length = 0;
  std::memcpy(&length, bytes.data() + kMagic.size() + 2, length_bytes);
  const std::size_t begin = kMagic.size() + 2 + length_bytes;
  if (length > kMaxHeader || begin + length > bytes.size()) {
    throw Error(where, fmt::format("declares a header of {} bytes", length),
                "the file is cut off or damaged");
  }
  return {begin + length, bytes.substr(begin, length)};
}

Header parse_header(const std::string& text, const std::string& where) {
  static const std::regex kPattern(R"(\{'descr': '([^']{1,8})', 'fortran_order': (True|False), )"
                                   R"('shape': \(((?:\d+, ?)*\d*)\),? ?\}\s*)");
  std::smatch match;
  if (!std::regex_match(text, match, kPattern)) {
    throw Error(where, "has a header that is not of a plain array", kDamaged);
  }
  if (match[2] == "True") {
    throw Error(where, "is in Fortran order", "save numpy.ascontiguousarray(array)");
  }
  Header header{match[1], {}};
  const std::string dimensions = match[3];
  static const std::regex kNumber(R"(\d+)");
  for (std::sregex_iterator item(dimensions.begin(), dimensions.end(), kNumber), end; item != end;
       ++item) {
    const std::string digits = item->str();
    int size = 0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), size);
    if (result.ec != std::errc{} || header.shape.size() == kMaxDimensions) {
      throw Error(where, "has a shape that is too large", kDamaged);
    }
    header.shape.push_back(size);
  }
  return header;
}

template <typename Scalar>
std::vector<float> convert(const std::string& bytes, std::size_t offset, const Header& header,
                           const std::string& where) {
  std::uint64_t size = sizeof(Scalar);
  for (const std::int64_t dimension : header.shape) {
    if (__builtin_mul_overflow(size, static_cast<std::uint64_t>(dimension), &size)) {
      throw Error(where, "has a shape that is too large", kDamaged);
    }
  }
  if (size != bytes.size() - offset) {
    throw Error(
        where, fmt::format("has {} bytes of data, its shape needs {}", bytes.size() - offset, size),
        "the file is cut off or damaged");
  }
  std::vector<float> values(size / sizeof(Scalar));
  for (std::size_t i = 0; i < values.size(); ++i) {
    Scalar value;
    std::memcpy(&value, bytes.data() + offset + i * sizeof(Scalar), sizeof(Scalar));
    values[i] = static_cast<float>(value);
    if (!std::isfinite(values[i])) {
      throw Error(where, fmt::format("element {} is {}", i, values[i]), "use finite numbers");
    }
  }
  return values;
}

}  // namespace

NpyArray read_npy(const std::filesystem::path& file) {
  const std::string where = file.string();
  const std::string bytes = read_text(file);
  const auto [offset, text] = header_text(bytes, where);
  const Header header = parse_header(text, where);
  const auto values = [&]() -> std::vector<float> {
    if (header.type == "<f4") return convert<float>(bytes, offset, header, where);
    if (header.type == "<f8") return convert<double>(bytes, offset, header, where);
    if (header.type == "|i1") return convert<std::int8_t>(bytes, offset, header, where);
    if (header.type == "|u1") return convert<std::uint8_t>(bytes, offset, header, where);
    if (header.type == "<i2") return convert<std::int16_t>(bytes, offset, header, where);
    if (header.type == "<i4") return convert<std::int32_t>(bytes, offset, header, where);
    if (header.type == "<i8") return convert<std::int64_t>(bytes, offset, header, where);
    throw Error(where, "has elements of type " + shown_name(header.type),
                "use one of f4, f8, i1, u1, i2, i4, i8, little-endian");
  };
  return {header.shape, values()};
}

}  // namespace lacuna::golden
