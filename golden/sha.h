// SPDX-License-Identifier: Apache-2.0
// Hashes of files, in lower-case hexadecimal: identity of bundles and check of downloaded data
// sets.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace lacuna::golden {

enum class Digest { kMd5, kSha256 };

/// Hash of the bytes of `text`.
std::string hash_bytes(std::string_view text, Digest digest);

/// Hash of a file's bytes, read in pieces. @throws Error if the file cannot be read.
std::string hash_file(const std::filesystem::path& file, Digest digest);

inline std::string sha256_file(const std::filesystem::path& file) {
  return hash_file(file, Digest::kSha256);
}
inline std::string md5_file(const std::filesystem::path& file) {
  return hash_file(file, Digest::kMd5);
}

}  // namespace lacuna::golden
