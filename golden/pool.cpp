// SPDX-License-Identifier: Apache-2.0
#include "golden/pool.h"

#include <fmt/format.h>

#include "golden/error.h"

namespace lacuna::golden {

std::vector<std::uint8_t> pool(const std::uint8_t* image, int rows, int columns, int side,
                               const std::string& where) {
  if (rows % side != 0 || columns % side != 0) {
    throw Error(where, fmt::format("images of {} x {} for means of {} x {} pixels", rows, columns,
                                   side, side));
  }
  std::vector<std::uint8_t> means;
  for (int top = 0; top < rows; top += side) {
    for (int left = 0; left < columns; left += side) {
      int sum = 0;
      for (int y = top; y < top + side; ++y) {
        for (int x = left; x < left + side; ++x) sum += image[y * columns + x];
      }
      means.push_back(static_cast<std::uint8_t>(sum / (side * side)));
    }
  }
  return means;
}

int pool_of_facts(const nlohmann::json& facts) {
  const auto fact = facts.find("pool");
  if (fact == facts.end()) return 1;
  if (!fact->is_number_integer() || *fact < 1 || *fact > kMaxPool) {
    throw Error("bundle, pool", "is no integer of 1.." + std::to_string(kMaxPool));
  }
  return fact->get<int>();
}

}  // namespace lacuna::golden
