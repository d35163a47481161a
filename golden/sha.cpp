// SPDX-License-Identifier: Apache-2.0
// Hashes by OpenSSL's EVP interface.
#include "golden/sha.h"

#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <memory>
#include <vector>

#include "golden/error.h"

namespace lacuna::golden {
namespace {

class Hasher {
 public:
  explicit Hasher(Digest digest) : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    const EVP_MD* const method = digest == Digest::kMd5 ? EVP_md5() : EVP_sha256();
    if (!context_ || EVP_DigestInit_ex(context_.get(), method, nullptr) != 1) {
      throw Error("libcrypto", "does not offer the hash", "check OpenSSL's configuration");
    }
  }

  void add(const char* data, std::size_t size) { EVP_DigestUpdate(context_.get(), data, size); }

  std::string finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> value{};
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_.get(), value.data(), &size);
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
      text += "0123456789abcdef"[value[i] >> 4];
      text += "0123456789abcdef"[value[i] & 15];
    }
    return text;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::string hash_bytes(std::string_view text, Digest digest) {
  Hasher hasher(digest);
  hasher.add(text.data(), text.size());
  return hasher.finish();
}

std::string hash_file(const std::filesystem::path& file, Digest digest) {
  std::ifstream stream(file, std::ios::binary);
  Hasher hasher(digest);
  std::vector<char> piece(1 << 20);
  while (stream) {
    stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    hasher.add(piece.data(), static_cast<std::size_t>(stream.gcount()));
  }
  if (!stream.eof()) throw Error(file.string(), "cannot be read", "check the name and its rights");
  return hasher.finish();
}

}  // namespace lacuna::golden
