// SPDX-License-Identifier: Apache-2.0
// Ten kinds of small images to tell apart: a pattern a class under noise, the same in every run.
#pragma once

#include <torch/torch.h>

#include "golden/random.h"
#include "models/data/image_data.h"

namespace lacuna::models {

inline constexpr int kToySide = 8;

inline Images toy_images(std::int64_t count, std::uint64_t seed) {
  constexpr int kPixels = kToySide * kToySide;
  golden::Random patterns(1), random(seed);
  std::vector<int> pattern(static_cast<std::size_t>(kImageClasses * kPixels));
  for (int& pixel : pattern) pixel = patterns.chance(0.3) ? 200 : 0;
  Images images{torch::empty({count, kToySide, kToySide}, torch::kByte),
                torch::empty({count}, torch::kLong)};
  auto* pixels = images.pixels.data_ptr<std::uint8_t>();
  for (std::int64_t n = 0; n < count; ++n) {
    const auto label = random.integer(0, kImageClasses - 1);
    images.labels.data_ptr<std::int64_t>()[n] = label;
    for (int at = 0; at < kPixels; ++at) {
      const bool noise = random.chance(0.15);
      const auto other =
          noise ? random.integer(0, 255) : pattern[static_cast<std::size_t>(label * kPixels + at)];
      pixels[n * kPixels + at] = static_cast<std::uint8_t>(other);
    }
  }
  return images;
}

inline ImageData toy_data() {
  return {"none", toy_images(600, 2), toy_images(200, 3), toy_images(200, 4)};
}

/// The same in three colours, of which each has another brightness.
inline ImageData toy_colours() {
  ImageData data = toy_data();
  for (Images* images : {&data.train, &data.valid, &data.test}) {
    const torch::Tensor grey = images->pixels;
    images->pixels = torch::stack({grey, grey.floor_divide(2), 255 - grey}, 1);
  }
  return data;
}

}  // namespace lacuna::models
