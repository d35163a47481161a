// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/gate_table.h"

#include <gmock/gmock.h>

#include <fstream>

#include "golden/error.h"
#include "sim/silicon/design.h"
#include "tests/golden/temporary_folder.h"

namespace lacuna::sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

GateTableEntry entry(const std::string& configuration, double joule) {
  GateTableEntry made;
  made.top = "lac_lfsr_layer";
  made.configuration = configuration;
  made.seed = 7;
  made.hertz = 4e7;
  made.errors = {0.02, -0.05};
  made.joule = {{"cycle", joule}, {"product", 2 * joule}};
  return made;
}

GateTable read_text(const std::string& text) {
  const golden::TemporaryFolder folder;
  const auto file = folder / "table.toml";
  std::ofstream(file) << text;
  return read_gate_table(file);
}

TEST(GateTable, IsReadAsItWasWritten) {
  GateTable table;
  table.library = "cells";
  table.voltage = 1.8;
  table.nanometre = 180;
  table.put(entry("one", 1e-12));
  table.put(entry("two", 3e-12));
  const GateTable read = read_text(to_toml(table));
  EXPECT_EQ(read.library, "cells");
  EXPECT_EQ(read.voltage, 1.8);
  EXPECT_EQ(read.nanometre, 180);
  const GateTableEntry* two = read.find("lac_lfsr_layer", "two");
  ASSERT_NE(two, nullptr);
  EXPECT_EQ(two->seed, 7u);
  EXPECT_EQ(two->hertz, 4e7);
  EXPECT_THAT(two->errors, ElementsAre(0.02, -0.05));
  EXPECT_DOUBLE_EQ(two->largest_error(), 0.05);
  EXPECT_DOUBLE_EQ(two->energy({{"product", 10}, {"cycle", 1}}), 63e-12);
  EXPECT_EQ(read.find("lac_lfsr_layer", "three"), nullptr);
  EXPECT_EQ(read.find("lac_lstm", "two"), nullptr);
}

TEST(GateTable, ANewEntryTakesThePlaceOfTheOld) {
  GateTable table;
  table.put(entry("one", 1e-12));
  table.put(entry("one", 5e-12));
  ASSERT_EQ(table.entries.size(), 1u);
  EXPECT_DOUBLE_EQ(table.entries.front().energy({{"cycle", 1}}), 5e-12);
}

TEST(GateTable, AnEventWithoutEnergyIsRefused) {
  EXPECT_THAT(
      [] {
        (void)entry("one", 1e-12).energy({{"state", 1}});
      },
      ThrowsMessage<Error>(HasSubstr("no energy of a state")));
}

TEST(GateTable, DamagedTablesAreRefusedByName) {
  const auto refused = [](const std::string& text, const std::string& message) {
    EXPECT_THAT([&] { read_text(text); }, ThrowsMessage<Error>(HasSubstr(message))) << text;
  };
  const std::string head = "library = \"cells\"\nvoltage = 1.8\nnanometre = 180.0\n";
  refused("", "lacks 'library'");
  refused("library = \"cells\"\n", "lacks 'voltage'");
  refused("library = [", "");
  refused(head + "[[engine]]\n", "lacks 'configuration'");
  std::string engine = head + "[[engine]]\nconfiguration = \"one\"\ntop = \"t\"\nseed = 1\n";
  refused(engine, "one: lacks 'hertz'");
  engine += "hertz = 4e7\n";
  refused(engine, "one: lacks 'errors'");
  refused(engine + "errors = []\n", "one: lacks 'errors'");
  refused(engine + "errors = [\"small\"]\n", "an error that is no number");
  engine += "errors = [0.1]\n";
  refused(engine, "one: lacks 'joule'");
  refused(engine + "[engine.joule]\ncycle = -1.0\n", "no energy of a cycle");
  refused(engine + "[engine.joule]\ncycle = \"much\"\n", "no energy of a cycle");
}

TEST(GateTable, TheDefaultHoldsTheEnginesOfTheReferenceSetting) {
  const GateTable table = read_gate_table(default_gate_table());
  EXPECT_EQ(table.library, "osu018_stdcells");
  for (const char* configuration : {"reference", "reference_dense"}) {
    const GateTableEntry* found = table.find("lac_sparse_lstm", configuration);
    ASSERT_NE(found, nullptr) << configuration;
    EXPECT_EQ(found->errors.size(), std::size_t{kDrawnWorkloads}) << configuration;
    EXPECT_LE(found->largest_error(), 0.15) << configuration;
    EXPECT_NO_THROW((void)found->energy(gate_events(CosimResult()))) << configuration;
  }
}

}  // namespace
}  // namespace lacuna::sim
