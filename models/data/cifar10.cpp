// SPDX-License-Identifier: Apache-2.0
#include "models/data/cifar10.h"

#include <cstdint>
#include <cstring>

#include "golden/error.h"
#include "golden/sha.h"
#include "models/data/sets.h"

namespace lacuna::models {
namespace {

constexpr std::int64_t kChannels = 3, kSide = 32, kPixels = kChannels * kSide * kSide;
constexpr std::int64_t kValid = 5000;

}  // namespace

Images parse_cifar10(std::string_view bytes, const std::string& where) {
  constexpr std::size_t kRecord = 1 + kPixels;
  if (bytes.empty() || bytes.size() % kRecord != 0) {
    throw Error(where, "size is not that of whole images of 3073 bytes");
  }
  const auto count = static_cast<std::int64_t>(bytes.size() / kRecord);
  Images images{torch::empty({count, kChannels, kSide, kSide}, torch::kByte),
                torch::empty({count}, torch::kLong)};
  auto* pixels = images.pixels.data_ptr<std::uint8_t>();
  for (std::int64_t n = 0; n < count; ++n) {
    const char* record = bytes.data() + static_cast<std::size_t>(n) * kRecord;
    const auto label = static_cast<std::uint8_t>(*record);
    if (label >= kImageClasses) throw Error(where, "a label is not below 10");
    images.labels.data_ptr<std::int64_t>()[n] = label;
    std::memcpy(pixels + n * kPixels, record + 1, kPixels);
  }
  return images;
}

ImageData load_cifar10(const std::filesystem::path& folder) {
  const DataSet& set = data_set("cifar10");
  std::string training;
  for (std::size_t n = 0; n + 1 < set.files.size(); ++n)
    training += read_data_file(folder, set.name, set.files[n]);
  const std::string held_out = read_data_file(folder, set.name, set.files.back());
  const Images images = parse_cifar10(training, set.name);
  const std::int64_t train = images.labels.size(0) - kValid;
  ImageData data;
  data.train = slice(images, 0, train);
  data.valid = slice(images, train, train + kValid);
  data.test = parse_cifar10(held_out, set.files.back().path);
  data.sha256 = golden::hash_bytes(training + held_out, golden::Digest::kSha256);
  return data;
}

}  // namespace lacuna::models
