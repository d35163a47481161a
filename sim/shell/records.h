// SPDX-License-Identifier: Apache-2.0
// Records of a load (docs/shell.md, "Records"): a word that says where, then the data, lowest bits
// first.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/common/beat.h"
#include "sim/shell/registers.h"

namespace lacuna::sim {

/// Bytes of a record whose widest data have so many bits.
inline int record_bytes(int data_bits) { return 4 + 4 * ((data_bits + 31) / 32); }

class RecordWriter {
 public:
  explicit RecordWriter(int bytes) : bytes_(bytes) {}

  void put(std::uint32_t target, std::uint32_t group, std::uint32_t index, const Beat& data) {
    word(target << LAC_SHELL_RECORD_TARGET_SHIFT | group << LAC_SHELL_RECORD_GROUP_SHIFT |
         index << LAC_SHELL_RECORD_INDEX_SHIFT);
    for (int at = 0; at < bytes_ / 4 - 1; ++at) word(data[static_cast<std::size_t>(at)]);
  }
  const std::vector<std::uint8_t>& image() const { return image_; }

 private:
  void word(std::uint32_t value) {
    for (int shift = 0; shift < 32; shift += 8)
      image_.push_back(static_cast<std::uint8_t>(value >> shift));
  }

  int bytes_;
  std::vector<std::uint8_t> image_;
};

}  // namespace lacuna::sim
