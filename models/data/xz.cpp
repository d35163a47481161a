// SPDX-License-Identifier: Apache-2.0
#include "models/data/xz.h"

#include <lzma.h>

#include <memory>
#include <vector>

#include "golden/error.h"

namespace lacuna::models {

std::string unxz(std::string_view compressed, const std::string& where) {
  constexpr std::size_t kLargest = std::size_t{1} << 30;
  constexpr std::uint64_t kMemory = std::uint64_t{1} << 28;  // four times what xz -9 asks for
  lzma_stream stream = LZMA_STREAM_INIT;
  if (lzma_stream_decoder(&stream, kMemory, LZMA_CONCATENATED) != LZMA_OK)
    throw Error(where, "xz does not start");
  const std::unique_ptr<lzma_stream, void (*)(lzma_stream*)> guard(&stream, lzma_end);

  stream.next_in = reinterpret_cast<const std::uint8_t*>(compressed.data());
  stream.avail_in = compressed.size();
  std::string content;
  std::vector<std::uint8_t> piece(1 << 16);
  lzma_ret status = LZMA_OK;
  while (status == LZMA_OK) {
    stream.next_out = piece.data();
    stream.avail_out = piece.size();
    status = lzma_code(&stream, LZMA_FINISH);
    content.append(reinterpret_cast<const char*>(piece.data()), piece.size() - stream.avail_out);
    if (content.size() > kLargest) throw Error(where, "larger than 1 GiB when decompressed");
  }
  if (status == LZMA_MEMLIMIT_ERROR || status == LZMA_MEM_ERROR)
    throw Error(where, "needs more than 256 MiB to be decompressed", "pack it with xz -9 or less");
  if (status != LZMA_STREAM_END) throw Error(where, "damaged or cut-off xz file");
  return content;
}

}  // namespace lacuna::models
