// SPDX-License-Identifier: Apache-2.0
#include "models/data/gzip.h"

#include <gmock/gmock.h>
#include <zlib.h>

#include "golden/error.h"
#include "tests/golden/error_message.h"
#include "tests/models/gzip_bytes.h"

namespace lacuna::models {
namespace {

using golden::error_message;
using golden::says;

TEST(Gunzip, GivesBackWhatWasCompressed) {
  const std::string content = std::string(200'000, 'a') + "the end";
  EXPECT_EQ(gunzip(gzip_bytes(content), "test"), content);
  EXPECT_EQ(gunzip(gzip_bytes(""), "test"), "");
}

TEST(Gunzip, RefusesACutOffFile) {
  const std::string whole = gzip_bytes("some content that is long enough to be cut");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_THAT(error_message([&] { gunzip(whole.substr(0, length), "set.gz"); }),
                says("set.gz: damaged or cut-off"))
        << "cut to " << length;
  }
}

TEST(Gunzip, RefusesFlippedContent) {
  std::string damaged = gzip_bytes("some content that is long enough to be damaged");
  damaged[damaged.size() / 2] ^= 0x20;
  EXPECT_THAT(error_message([&] { gunzip(damaged, "set.gz"); }), says("set.gz: damaged"));
}

TEST(Gunzip, RefusesWhatIsNotGzip) {
  EXPECT_THAT(error_message([] { gunzip("plain text, no gzip at all", "set.gz"); }),
              says("set.gz: damaged"));
}

}  // namespace
}  // namespace lacuna::models
