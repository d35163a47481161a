// SPDX-License-Identifier: Apache-2.0
#include "models/data/image_data.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

#include "golden/error.h"
#include "golden/pool.h"
#include "golden/sha.h"
#include "models/data/sets.h"

namespace lacuna::models {
namespace {

constexpr std::int64_t kSide = 28, kTrain = 50000;

std::uint32_t big_endian(std::string_view bytes, std::size_t offset) {
  std::uint32_t value = 0;
  for (std::size_t n = 0; n < 4; ++n) {
    value = value << 8 | static_cast<std::uint8_t>(bytes[offset + n]);
  }
  return value;
}

}  // namespace

Images slice(const Images& images, std::int64_t begin, std::int64_t end) {
  return {images.pixels.slice(0, begin, end), images.labels.slice(0, begin, end)};
}

Images parse_idx(std::string_view images, std::string_view labels, const std::string& where) {
  constexpr std::size_t kImageHeader = 16, kLabelHeader = 8;
  constexpr std::uint32_t kImageMagic = 0x803, kLabelMagic = 0x801;
  if (images.size() < kImageHeader || labels.size() < kLabelHeader ||
      big_endian(images, 0) != kImageMagic || big_endian(labels, 0) != kLabelMagic) {
    throw Error(where, "not a pair of IDX files of images and labels");
  }
  const std::uint64_t count = big_endian(images, 4);
  if (big_endian(images, 8) != kSide || big_endian(images, 12) != kSide ||
      big_endian(labels, 4) != count || images.size() != kImageHeader + count * kSide * kSide ||
      labels.size() != kLabelHeader + count) {
    throw Error(where, "sizes of images and labels do not fit their headers");
  }
  const auto n = static_cast<std::int64_t>(count);
  Images result{torch::empty({n, kSide, kSide}, torch::kByte), torch::empty({n}, torch::kLong)};
  std::memcpy(result.pixels.data_ptr(), images.data() + kImageHeader, count * kSide * kSide);
  for (std::uint64_t k = 0; k < count; ++k) {
    const auto label = static_cast<std::uint8_t>(labels[kLabelHeader + k]);
    if (label >= kImageClasses) throw Error(where, "a label is not a digit");
    result.labels.data_ptr<std::int64_t>()[k] = label;
  }
  return result;
}

ImageData load_mnist(const std::filesystem::path& folder) {
  const DataSet& set = data_set("mnist");
  std::array<std::string, 4> files;
  for (std::size_t n = 0; n < files.size(); ++n) {
    files[n] = read_data_file(folder, set.name, set.files[n]);
  }
  const Images training = parse_idx(files[0], files[1], set.files[0].path);
  ImageData data;
  data.train = slice(training, 0, kTrain);
  data.valid = slice(training, kTrain, training.labels.size(0));
  data.test = parse_idx(files[2], files[3], set.files[2].path);
  data.sha256 =
      golden::hash_bytes(files[0] + files[1] + files[2] + files[3], golden::Digest::kSha256);
  return data;
}

ImageData pooled(const ImageData& data, int side) {
  const auto images = [side](const Images& whole) -> Images {
    const torch::Tensor pixels = whole.pixels.contiguous();
    const std::int64_t count = pixels.size(0);
    const auto rows = static_cast<int>(pixels.size(1)), columns = static_cast<int>(pixels.size(2));
    torch::Tensor means = torch::empty({count, rows / side, columns / side}, torch::kByte);
    for (std::int64_t n = 0; n < count; ++n) {
      const auto squares =
          golden::pool(pixels[n].data_ptr<std::uint8_t>(), rows, columns, side, "pool");
      std::copy(squares.begin(), squares.end(), means[n].data_ptr<std::uint8_t>());
    }
    return {means, whole.labels};
  };
  return {data.sha256, images(data.train), images(data.valid), images(data.test)};
}

torch::Tensor pixel_vectors(const torch::Tensor& pixels) {
  return torch::div(pixels, 2, "floor").to(torch::kFloat).div_(128.0).flatten(1);
}

torch::Tensor contrast_normalised(const torch::Tensor& pixels) {
  torch::Tensor x = pixels.to(torch::kFloat);
  if (x.dim() == 3) x = x.unsqueeze(1);
  const torch::Tensor flat = x.flatten(1);
  const torch::Tensor mean = flat.mean(1), deviation = flat.std(1, /*unbiased=*/false);
  const auto of_image = [](const torch::Tensor& t) { return t.view({-1, 1, 1, 1}); };
  // Half a grey level: what differs less is an image of one colour.
  return (x - of_image(mean)) / of_image(deviation.clamp_min(0.5));
}

torch::Tensor pixel_sequences(const torch::Tensor& pixels, bool rows) {
  const std::int64_t features = rows ? kSide : 1;
  return pixel_vectors(pixels)
      .view({pixels.size(0), kSide * kSide / features, features})
      .transpose(0, 1)
      .contiguous();
}

}  // namespace lacuna::models
