// SPDX-License-Identifier: Apache-2.0
// How a table of results looks.
#include "sim/report/table.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace lacuna::sim {
namespace {

TEST(Table, AlignsNamesLeftAndNumbersRight) {
  Table table({{"bundle", Align::kLeft}, {"cycles"}});
  table.add_row({"a", "1234567"});
  table.add_row({"longer name", "8"});
  EXPECT_EQ(table.str(),
            "bundle        cycles\n"
            "-----------  -------\n"
            "a            1234567\n"
            "longer name        8\n");
}

TEST(Table, WrapsTitlesToTheWidthOfTheirNumbers) {
  Table table({{"joint state sparsity"}, {"x"}});
  table.add_row({"0.9", "1"});
  EXPECT_EQ(table.str(),
            "   joint  x\n"
            "   state\n"
            "sparsity\n"
            "--------  -\n"
            "     0.9  1\n");
}

TEST(Table, WrapsTheWidestTextToFitTheTerminal) {
  Table table({{"name", Align::kLeft}, {"note", Align::kLeft}, {"n"}});
  table.add_row({"ptb", "a note of many words", "1"});
  EXPECT_EQ(table.str(20),
            "name  note         n\n"
            "----  -----------  -\n"
            "ptb   a note of    1\n"
            "      many words\n");
}

TEST(Table, NumbersAreNeverBroken) {
  Table table({{"n"}});
  table.add_row({"123456789"});
  EXPECT_EQ(table.str(5), "        n\n---------\n123456789\n");
}

TEST(Table, WithoutRowsShowsItsTitles) {
  EXPECT_EQ(Table({{"name", Align::kLeft}}).str(), "name\n----\n");
}

TEST(Table, RefusesARowOfAnotherLength) {
  Table table({{"n"}});
  EXPECT_THROW(table.add_row({"1", "2"}), std::invalid_argument);
}

}  // namespace
}  // namespace lacuna::sim
