// SPDX-License-Identifier: Apache-2.0
// How text becomes symbols.
#include "golden/text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/golden/error_message.h"
#include "tests/golden/temporary_folder.h"

namespace lacuna::golden {
namespace {

using testing::ElementsAre;

TEST(Vocabulary, OfCharactersIsSortedByCodePoint) {
  const auto vocabulary =
      Vocabulary::of_text("b\xc3\xa9 a\nb\xe2\x82\xac", TextUnit::kCharacters, "text");
  EXPECT_THAT(vocabulary.symbols(), ElementsAre("\n", " ", "a", "b", "\xc3\xa9", "\xe2\x82\xac"));
}

TEST(Vocabulary, OfWordsIsInOrderOfAppearanceWithLineEnds) {
  const auto vocabulary = Vocabulary::of_text(" no it\twas\n no\n", TextUnit::kWords, "text");
  EXPECT_THAT(vocabulary.symbols(), ElementsAre("no", "it", "was", "<eos>"));
  EXPECT_THAT(vocabulary.encode("was no\nit", "text"), ElementsAre(2, 0, 3, 1));
}

TEST(Vocabulary, EncodesEveryCharacter) {
  const Vocabulary vocabulary({"a", "\xc3\xa9", "\n"}, TextUnit::kCharacters);
  EXPECT_THAT(vocabulary.encode("\xc3\xa9"
                                "a\na",
                                "text"),
              ElementsAre(1, 0, 2, 0));
}

TEST(Vocabulary, NamesLineAndByteOfAnUnknownCharacter) {
  const Vocabulary vocabulary({"a", "\n"}, TextUnit::kCharacters);
  EXPECT_THAT(error_message([&] { vocabulary.encode("a\naab", "x.txt"); }),
              says("x.txt, line 2, byte 3: \"b\" is not in the vocabulary"));
}

TEST(Vocabulary, TakesUnkForAnUnknownWord) {
  const Vocabulary vocabulary({"a", "<unk>", "<eos>"}, TextUnit::kWords);
  EXPECT_THAT(vocabulary.encode("a zebra\n", "text"), ElementsAre(0, 1, 2));
}

TEST(Vocabulary, WithoutUnkNamesTheUnknownWord) {
  const Vocabulary vocabulary({"a", "<eos>"}, TextUnit::kWords);
  EXPECT_THAT(error_message([&] { vocabulary.encode("a\n a zebra", "x.txt"); }),
              says("x.txt, line 2, byte 4: \"zebra\" is not in the vocabulary"));
}

TEST(Vocabulary, RefusesBytesThatAreNotUtf8) {
  for (const char* bytes : {"a\xff", "a\xc3", "a\xc0\xaf", "a\xe0\x80\x80", "a\xed\xa0\x80",
                            "a\xf4\x90\x80\x80", "a\x80", "a\xe2\x82"}) {
    EXPECT_THAT(error_message([&] { Vocabulary::of_text(bytes, TextUnit::kCharacters, "x.txt"); }),
                says("x.txt, line 1, byte 2: is not UTF-8"));
  }
}

TEST(Vocabulary, OfNothingIsRefused) {
  EXPECT_THAT(error_message([] { Vocabulary::of_text("", TextUnit::kCharacters, "x.txt"); }),
              says("x.txt: is empty"));
}

TEST(Vocabulary, WithASymbolTwiceIsRefused) {
  EXPECT_THAT(error_message([] { Vocabulary({"a", "a"}, TextUnit::kWords); }), says("\"a\" twice"));
}

TEST(Vocabulary, ComesFromTheFactsOfABundle) {
  const auto vocabulary =
      Vocabulary::of_facts({{"task", "words"}, {"vocabulary", {"x", "y"}}}, "bundle");
  EXPECT_EQ(vocabulary.unit(), TextUnit::kWords);
  EXPECT_EQ(vocabulary.size(), 2);
  EXPECT_THAT(error_message([] {
                Vocabulary::of_facts({{"task", "pixels"}}, "bundle");
              }),
              says("is not about text"));
  EXPECT_THAT(error_message([] {
                Vocabulary::of_facts({{"task", "words"}}, "bundle");
              }),
              says("has no vocabulary"));
}

TEST(ReadText, GivesTheBytesOfAFile) {
  const TemporaryFolder folder;
  folder.write("a", "x\ny");
  EXPECT_EQ(read_text(folder / "a"), "x\ny");
  EXPECT_THAT(error_message([&] { read_text(folder / "b"); }), says("is not there"));
}

}  // namespace
}  // namespace lacuna::golden
