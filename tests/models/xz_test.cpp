// SPDX-License-Identifier: Apache-2.0
#include "models/data/xz.h"

#include <gmock/gmock.h>

#include "tests/golden/error_message.h"
#include "tests/models/xz_bytes.h"

namespace lacuna::models {
namespace {

using golden::error_message;
using golden::says;

TEST(Unxz, GivesBackWhatWasCompressed) {
  const std::string content = std::string(200'000, 'a') + "the end";
  EXPECT_EQ(unxz(xz_bytes(content), "test"), content);
  EXPECT_EQ(unxz(xz_bytes(""), "test"), "");
}

TEST(Unxz, RefusesACutOffFile) {
  const std::string whole = xz_bytes("some content that is long enough to be cut");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_THAT(error_message([&] { unxz(whole.substr(0, length), "set.xz"); }),
                says("set.xz: damaged or cut-off"))
        << "cut to " << length;
  }
}

TEST(Unxz, RefusesFlippedContent) {
  std::string damaged = xz_bytes("some content that is long enough to be damaged");
  damaged[damaged.size() / 2] ^= 0x20;
  EXPECT_THAT(error_message([&] { unxz(damaged, "set.xz"); }), says("set.xz: damaged"));
}

TEST(Unxz, RefusesWhatIsNotXz) {
  EXPECT_THAT(error_message([] { unxz("plain text, no xz at all", "set.xz"); }),
              says("set.xz: damaged"));
}

}  // namespace
}  // namespace lacuna::models
