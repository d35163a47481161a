// SPDX-License-Identifier: Apache-2.0
#include "golden/fc/image_block.h"

#include <algorithm>

namespace lacuna::golden {

void ImageBlock::load(const std::int8_t* x, int count, int inputs) {
  images = count;
  groups.resize(groups_of(inputs));
  const int whole = inputs / kGroup;
  for (int image = 0; image < count; ++image, x += inputs) {
    const auto* byte = reinterpret_cast<const std::uint8_t*>(x);
    Group* group = groups.data();
    for (int n = 0; n < whole; ++n, byte += kGroup, ++group) {
      group->word[image] = (byte[0] | std::uint32_t{byte[1]} << 8 | std::uint32_t{byte[2]} << 16 |
                            std::uint32_t{byte[3]} << 24) ^
                           kOffset;
    }
    if (whole * kGroup == inputs) continue;
    std::uint32_t rest = 0;
    for (int k = 0; k < inputs - whole * kGroup; ++k) rest |= std::uint32_t{byte[k]} << (8 * k);
    group->word[image] = rest ^ kOffset;
  }
}

}  // namespace lacuna::golden
