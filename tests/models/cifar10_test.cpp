// SPDX-License-Identifier: Apache-2.0
#include "models/data/cifar10.h"

#include <gmock/gmock.h>

#include "tests/golden/error_message.h"
#include "tests/golden/temporary_folder.h"

namespace lacuna::models {
namespace {

using golden::error_message;
using golden::says;

std::string records(int count) {
  std::string bytes;
  for (int n = 0; n < count; ++n) {
    bytes += static_cast<char>(n % 10);
    for (int at = 0; at < 3072; ++at) bytes += static_cast<char>((n * 7 + at) % 251);
  }
  return bytes;
}

TEST(Cifar10, GivesPixelsByColourAndLabelsInOrder) {
  const Images images = parse_cifar10(records(3), "test");
  ASSERT_EQ(images.pixels.sizes(), (std::vector<std::int64_t>{3, 3, 32, 32}));
  EXPECT_EQ(images.pixels[2][1][4][5].item<int>(), (2 * 7 + 1024 + 4 * 32 + 5) % 251);
  EXPECT_TRUE(torch::equal(images.labels, torch::tensor({0, 1, 2}, torch::kLong)));
}

TEST(Cifar10, RefusesHostileFiles) {
  const auto message = [](const std::string& bytes) {
    return error_message([&] { parse_cifar10(bytes, "batch.bin"); });
  };
  EXPECT_THAT(message(""), says("batch.bin: size is not that of whole images of 3073 bytes"));
  EXPECT_THAT(message("x"), says("batch.bin: size is not"));
  EXPECT_THAT(message(records(2) + "x"), says("batch.bin: size is not"));
  EXPECT_THAT(message(records(2).substr(0, 6145)), says("batch.bin: size is not"));
  for (const int label : {10, 128, 255}) {
    std::string bytes = records(2);
    bytes[3073] = static_cast<char>(label);
    EXPECT_THAT(message(bytes), says("batch.bin: a label is not below 10"));
  }
}

TEST(Cifar10, SaysHowToGetItWhenItIsMissing) {
  const golden::TemporaryFolder folder;
  EXPECT_THAT(error_message([&] { load_cifar10(folder / ""); }),
              testing::HasSubstr("lacuna data get cifar10"));
}

}  // namespace
}  // namespace lacuna::models
