// SPDX-License-Identifier: Apache-2.0
// Hashes against the published test vectors (FIPS 180-4 and RFC 1321).
#include "golden/sha.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/golden/error_message.h"
#include "tests/golden/temporary_folder.h"

namespace lacuna::golden {
namespace {

TEST(Hash, IsThatOfTheStandards) {
  EXPECT_EQ(hash_bytes("abc", Digest::kSha256),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hash_bytes("", Digest::kSha256),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hash_bytes("abc", Digest::kMd5), "900150983cd24fb0d6963f7d28e17f72");
}

TEST(Hash, OfAFileIsThatOfItsBytes) {
  const TemporaryFolder folder;
  const std::string bytes(3'000'001, 'x');  // more than one piece
  folder.write("a", bytes);
  EXPECT_EQ(sha256_file(folder / "a"), hash_bytes(bytes, Digest::kSha256));
  EXPECT_EQ(md5_file(folder / "a"), hash_bytes(bytes, Digest::kMd5));
  folder.write("empty", "");
  EXPECT_EQ(md5_file(folder / "empty"), hash_bytes("", Digest::kMd5));
}

TEST(Hash, OfWhatCannotBeReadIsRefused) {
  const TemporaryFolder folder;
  EXPECT_THAT(error_message([&] { sha256_file(folder / "none"); }), says("cannot be read"));
  EXPECT_THAT(error_message([&] { sha256_file(folder / "."); }), says("cannot be read"));
}

}  // namespace
}  // namespace lacuna::golden
