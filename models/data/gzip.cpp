// SPDX-License-Identifier: Apache-2.0
#include "models/data/gzip.h"

#include <zlib.h>

#include <memory>
#include <vector>

#include "golden/error.h"

namespace lacuna::models {

std::string gunzip(std::string_view compressed, const std::string& where) {
  constexpr std::size_t kLargest = std::size_t{1} << 30;
  if (compressed.size() > kLargest) throw Error(where, "larger than 1 GiB");
  z_stream stream{};
  if (inflateInit2(&stream, 16 + MAX_WBITS) != Z_OK) throw Error(where, "zlib does not start");
  const std::unique_ptr<z_stream, int (*)(z_streamp)> guard(&stream, inflateEnd);

  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(compressed.data()));
  stream.avail_in = static_cast<uInt>(compressed.size());
  std::string content;
  std::vector<char> piece(1 << 16);
  int status = Z_OK;
  while (status == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    status = inflate(&stream, Z_NO_FLUSH);
    content.append(piece.data(), piece.size() - stream.avail_out);
    if (content.size() > kLargest) throw Error(where, "larger than 1 GiB when decompressed");
  }
  if (status != Z_STREAM_END) throw Error(where, "damaged or cut-off gzip file");
  return content;
}

}  // namespace lacuna::models
