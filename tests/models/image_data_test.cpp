// SPDX-License-Identifier: Apache-2.0
#include "models/data/image_data.h"

#include <gmock/gmock.h>

#include <string>

#include "golden/error.h"
#include "tests/golden/error_message.h"
#include "tests/golden/temporary_folder.h"

namespace lacuna::models {
namespace {

using golden::error_message;
using golden::says;

std::string number(unsigned value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
          static_cast<char>(value >> 8), static_cast<char>(value)};
}

std::string image_file(unsigned count) {
  std::string bytes = number(0x803) + number(count) + number(28) + number(28);
  for (unsigned n = 0; n < count * 28 * 28; ++n) bytes += static_cast<char>(n % 251);
  return bytes;
}

std::string label_file(unsigned count) {
  std::string bytes = number(0x801) + number(count);
  for (unsigned n = 0; n < count; ++n) bytes += static_cast<char>(n % 10);
  return bytes;
}

TEST(Idx, GivesPixelsAndLabelsInOrder) {
  const Images images = parse_idx(image_file(3), label_file(3), "test");
  ASSERT_EQ(images.pixels.sizes(), (std::vector<std::int64_t>{3, 28, 28}));
  EXPECT_EQ(images.pixels[1][2][3].item<int>(), (784 + 2 * 28 + 3) % 251);
  EXPECT_TRUE(torch::equal(images.labels, torch::tensor({0, 1, 2}, torch::kLong)));
}

TEST(Idx, RefusesHostileFiles) {
  const auto message = [](const std::string& images, const std::string& labels) {
    return error_message([&] { parse_idx(images, labels, "mnist"); });
  };
  EXPECT_THAT(message("", ""), says("mnist: not a pair of IDX files"));
  EXPECT_THAT(message(label_file(3), image_file(3)), says("mnist: not a pair of IDX files"));
  EXPECT_THAT(message(image_file(3), label_file(2)), says("do not fit their headers"));
  EXPECT_THAT(message(image_file(3).substr(0, 1000), label_file(3)), says("do not fit"));
  EXPECT_THAT(message(image_file(3) + "x", label_file(3)), says("do not fit"));

  std::string huge = image_file(3);
  huge.replace(4, 4, "\xff\xff\xff\xff");
  EXPECT_THAT(message(huge, label_file(3)), says("do not fit"));

  std::string labels = label_file(3);
  labels.back() = 77;
  EXPECT_THAT(message(image_file(3), labels), says("a label is not a digit"));
}

TEST(PixelSequences, AreExactEightBitNumbersInReadingOrder) {
  const Images images = parse_idx(image_file(2), label_file(2), "test");
  const torch::Tensor pixels = pixel_sequences(images.pixels, false);
  const torch::Tensor rows = pixel_sequences(images.pixels, true);
  ASSERT_EQ(pixels.sizes(), (std::vector<std::int64_t>{784, 2, 1}));
  ASSERT_EQ(rows.sizes(), (std::vector<std::int64_t>{28, 2, 28}));
  for (const int n : {0, 1, 250, 500, 783}) {
    const int value = images.pixels[1].flatten()[n].item<int>();
    EXPECT_EQ(pixels[n][1][0].item<float>(), static_cast<float>(value / 2) / 128.0F);
    EXPECT_EQ(rows[n / 28][1][n % 28].item<float>(), pixels[n][1][0].item<float>());
  }
}

TEST(PixelVectors, AreTheSameNumbersImageByImage) {
  const Images images = parse_idx(image_file(2), label_file(2), "test");
  const torch::Tensor vectors = pixel_vectors(images.pixels);
  ASSERT_EQ(vectors.sizes(), (std::vector<std::int64_t>{2, 784}));
  EXPECT_TRUE(
      torch::equal(vectors, pixel_sequences(images.pixels, false).squeeze(2).transpose(0, 1)));
}

TEST(Pooled, AreTheMeansOfSquaresAndTheSameLabels) {
  Images images{
      torch::tensor({{{255, 254, 10, 20}, {255, 253, 30, 43}}, {{0, 0, 0, 1}, {0, 3, 1, 1}}})
          .to(torch::kByte),
      torch::tensor({7, 1})};
  const ImageData data = pooled({"sum", images, slice(images, 0, 1), images}, 2);
  EXPECT_EQ(data.sha256, "sum");
  EXPECT_TRUE(data.train.pixels.equal(torch::tensor({{{254, 25}}, {{0, 0}}}).to(torch::kByte)));
  EXPECT_EQ(data.valid.pixels.size(0), 1);
  EXPECT_TRUE(data.test.labels.equal(images.labels));
}

TEST(ContrastNormalised, HasEveryImageByItself) {
  torch::manual_seed(1);
  torch::Tensor pixels = torch::randint(0, 256, {4, 3, 8, 8}).to(torch::kByte);
  pixels[1].floor_divide_(2);
  pixels[2].fill_(200);
  const torch::Tensor x = contrast_normalised(pixels);
  ASSERT_EQ(x.sizes(), pixels.sizes());
  for (const int n : {0, 1, 3}) {
    EXPECT_NEAR(x[n].mean().item<double>(), 0, 1e-5);
    EXPECT_NEAR(x[n].std(/*unbiased=*/false).item<double>(), 1, 1e-5);
  }
  EXPECT_TRUE(x[2].eq(0).all().item<bool>()) << "one colour";
  EXPECT_TRUE(torch::equal(contrast_normalised(pixels.slice(0, 3, 4))[0], x[3]));
}

TEST(ContrastNormalised, GivesImagesWithoutColoursOneChannel) {
  const Images images = parse_idx(image_file(2), label_file(2), "test");
  EXPECT_EQ(contrast_normalised(images.pixels).sizes(), (std::vector<std::int64_t>{2, 1, 28, 28}));
}

TEST(Mnist, SaysHowToGetItWhenItIsMissing) {
  const golden::TemporaryFolder folder;
  EXPECT_THAT(error_message([&] { load_mnist(folder / ""); }),
              testing::HasSubstr("lacuna data get mnist"));
}

}  // namespace
}  // namespace lacuna::models
