// SPDX-License-Identifier: Apache-2.0
#include "models/data/text_data.h"

#include <gmock/gmock.h>

#include <string>

#include "golden/error.h"
#include "tests/golden/error_message.h"
#include "tests/golden/temporary_folder.h"

namespace lacuna::models {
namespace {

using golden::error_message;
using golden::says;
using golden::TemporaryFolder;
using golden::TextUnit;

std::string repeated(const std::string& piece, int times) {
  std::string text;
  for (int n = 0; n < times; ++n) text += piece;
  return text;
}

TEST(TextData, AnyFileIsSplitIntoNinetyFiveAndFivePercent) {
  const TemporaryFolder folder;
  const std::string text = repeated("abcdefghij", 1000);
  const TextData data =
      load_text(folder.write("a.txt", text).string(), TextUnit::kCharacters, folder / "");
  EXPECT_EQ(data.train.size(), 9000U);
  EXPECT_EQ(data.valid.size(), 500U);
  EXPECT_EQ(data.test.size(), 500U);
  EXPECT_EQ(data.vocabulary.size(), 10);
  EXPECT_EQ(data.sha256.size(), 64U);
}

TEST(TextData, PartsNeverCutACharacterInTwo) {
  const TemporaryFolder folder;
  for (int shift = 0; shift < 3; ++shift) {
    const std::string text =
        std::string(static_cast<std::size_t>(shift), 'x') + repeated("€", 1000);
    const TextData data =
        load_text(folder.write("euro.txt", text).string(), TextUnit::kCharacters, folder / "");
    EXPECT_EQ(data.train.size() + data.valid.size() + data.test.size(),
              1000U + static_cast<std::size_t>(shift));
  }
}

TEST(TextData, WordsCountLineEnds) {
  const TemporaryFolder folder;
  const std::string text = repeated("one two three\n", 400);
  const TextData data =
      load_text(folder.write("w.txt", text).string(), TextUnit::kWords, folder / "");
  EXPECT_THAT(data.vocabulary.symbols(),
              testing::UnorderedElementsAre("one", "two", "three", "<eos>"));
}

TEST(TextData, TheLicencesAreThereOnEveryDebian) {
  const TextData data = load_text("licences", TextUnit::kCharacters, "");
  EXPECT_GT(data.train.size(), 200'000U);
  EXPECT_GT(data.vocabulary.size(), 60);
  EXPECT_LT(data.vocabulary.size(), 256);
}

TEST(TextData, RefusesWhatCannotBeTrainedOn) {
  const TemporaryFolder folder;
  const auto message = [&](const std::string& name) {
    return error_message([&] { load_text(name, TextUnit::kCharacters, folder / ""); });
  };
  EXPECT_THAT(message((folder / "missing.txt").string()), says("missing.txt"));
  EXPECT_THAT(message(""), says("no text named"));
  EXPECT_THAT(message(folder.write("short.txt", "short").string()), says("too short"));
  EXPECT_THAT(message(folder.write("bad.txt", repeated("\xff\xfe bytes", 1000)).string()),
              says("UTF-8"));
  EXPECT_THAT(message("ptb"), testing::HasSubstr("lacuna data get ptb"));
}

}  // namespace
}  // namespace lacuna::models
