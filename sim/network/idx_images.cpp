// SPDX-License-Identifier: Apache-2.0
#include "sim/network/idx_images.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

constexpr std::uint32_t kImageMagic = 0x00000803, kLabelMagic = 0x00000801;
constexpr int kClasses = 10;
constexpr std::uint32_t kLargestSide = 1024;

struct CloseGz {
  void operator()(gzFile_s* file) const { gzclose(file); }
};

using GzFile = std::unique_ptr<gzFile_s, CloseGz>;

/// Plain files are read as they are. @throws Error
GzFile open(const std::string& where) {
  GzFile file(gzopen(where.c_str(), "rb"));
  if (!file) throw Error(where, "cannot be read");
  return file;
}

void read_exactly(gzFile_s* file, void* to, unsigned bytes, const std::string& where) {
  if (gzread(file, to, bytes) != static_cast<int>(bytes))
    throw Error(where, "ends too early", "take the whole file");
}

std::uint32_t read_number(gzFile_s* file, const std::string& where) {
  std::array<unsigned char, 4> bytes{};
  read_exactly(file, bytes.data(), 4, where);
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | bytes[3];
}

}  // namespace

IdxImages read_idx_images(const std::filesystem::path& path, int count) {
  const std::string where = path.string();
  const GzFile file = open(where);
  if (read_number(file.get(), where) != kImageMagic) throw Error(where, "holds no IDX images");
  const std::uint32_t available = read_number(file.get(), where);
  const std::uint32_t rows = read_number(file.get(), where);
  const std::uint32_t columns = read_number(file.get(), where);
  if (rows < 1 || columns < 1 || rows > kLargestSide || columns > kLargestSide) {
    throw Error(where, "images of " + std::to_string(rows) + " x " + std::to_string(columns));
  }
  if (available < static_cast<std::uint32_t>(count)) {
    throw Error(where, "has " + std::to_string(available) + " images", "ask for fewer streams");
  }
  IdxImages result;
  result.rows = static_cast<int>(rows);
  result.columns = static_cast<int>(columns);
  for (int i = 0; i < count; ++i) {
    result.images.emplace_back(rows * columns);
    read_exactly(file.get(), result.images.back().data(), rows * columns, where);
  }
  return result;
}

std::vector<int> read_idx_labels(const std::filesystem::path& path, int count) {
  const std::string where = path.string();
  const GzFile file = open(where);
  if (read_number(file.get(), where) != kLabelMagic) throw Error(where, "holds no IDX labels");
  if (const std::uint32_t available = read_number(file.get(), where);
      available < static_cast<std::uint32_t>(count)) {
    throw Error(where, "has " + std::to_string(available) + " labels", "ask for fewer images");
  }
  std::vector<unsigned char> bytes(static_cast<std::size_t>(count));
  read_exactly(file.get(), bytes.data(), static_cast<unsigned>(count), where);
  if (std::any_of(bytes.begin(), bytes.end(), [](unsigned char b) { return b >= kClasses; }))
    throw Error(where, "has a label that is no digit");
  return {bytes.begin(), bytes.end()};
}

}  // namespace lacuna::sim
