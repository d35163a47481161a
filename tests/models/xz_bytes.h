// SPDX-License-Identifier: Apache-2.0
// Compression, for tests of decompression.
#pragma once

#include <lzma.h>

#include <cstdint>
#include <string>

namespace lacuna::models {

inline std::string xz_bytes(const std::string& content) {
  std::string bytes(lzma_stream_buffer_bound(content.size()), '\0');
  std::size_t size = 0;
  lzma_easy_buffer_encode(0, LZMA_CHECK_CRC64, nullptr,
                          reinterpret_cast<const std::uint8_t*>(content.data()), content.size(),
                          reinterpret_cast<std::uint8_t*>(bytes.data()), &size, bytes.size());
  bytes.resize(size);
  return bytes;
}

}  // namespace lacuna::models
