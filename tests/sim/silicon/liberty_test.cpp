// SPDX-License-Identifier: Apache-2.0
#include "sim/silicon/liberty.h"

#include <gmock/gmock.h>

#include <sstream>

#include "golden/error.h"
#include "tests/sim/silicon/tiny_library.h"

namespace lacuna::sim {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

auto refuses(const std::string& what) { return ThrowsMessage<Error>(HasSubstr(what)); }

TEST(Liberty, ReadsAreasFunctionsAndEnergiesInSiUnits) {
  const Library library = library_of(kTinyLibrary);
  EXPECT_EQ(library.name, "tiny");
  EXPECT_EQ(library.voltage, 2);
  const LibertyCell& inverter = library.cell("INV");
  EXPECT_EQ(inverter.kind, CellKind::kGate);
  EXPECT_EQ(inverter.area, 10);
  EXPECT_DOUBLE_EQ(inverter.leakage, 3e-9);
  EXPECT_DOUBLE_EQ(inverter.pins[0].capacitance, 0.25e-12);
  EXPECT_EQ(inverter.pins[1].function & 3, 1u);
  EXPECT_DOUBLE_EQ(inverter.pins[1].energy.toggle(0, 0), 0.5e-12);
  const LibertyCell& flip_flop = library.cell("DFF");
  EXPECT_EQ(flip_flop.kind, CellKind::kFlipFlop);
  EXPECT_EQ(flip_flop.pins[flip_flop.clock].name, "C");
  EXPECT_DOUBLE_EQ(flip_flop.pins[flip_flop.clock].energy.toggle(0, 0), 0.2e-12);
  EXPECT_DOUBLE_EQ(flip_flop.pins[2].energy.toggle(0, 0), 0.25e-12);
}

TEST(Liberty, TakesTheFilesOwnUnits) {
  const std::string femto = replaced(kTinyLibrary, "(1, pf)", "(1, ff)");
  EXPECT_DOUBLE_EQ(library_of(femto).cell("INV").pins[0].capacitance, 0.25e-15);
  EXPECT_DOUBLE_EQ(library_of(femto).cell("INV").pins[1].energy.toggle(0, 0), 0.5e-15);
  const std::string tens = replaced(kTinyLibrary, "\"1nW\"", "\"10uW\"");
  EXPECT_DOUBLE_EQ(library_of(tens).cell("INV").leakage, 3e-5);
}

TEST(Liberty, InterpolatesTablesAndClampsBeyondThem) {
  LibertyTable table;
  table.load = {0, 2};
  table.transition = {0, 1};
  table.values = {10, 20, 30, 40};
  EXPECT_DOUBLE_EQ(table.at(0, 0), 10);
  EXPECT_DOUBLE_EQ(table.at(1, 0), 20);
  EXPECT_DOUBLE_EQ(table.at(1, 0.5), 25);
  EXPECT_DOUBLE_EQ(table.at(99, 99), 40);
  EXPECT_DOUBLE_EQ(table.at(-1, -1), 10);
}

TEST(Liberty, OrderOfATablesVariablesIsItsTemplates) {
  const auto with = [](const char* first, const char* second) {
    const std::string form = std::string("power_lut_template(two) { variable_1 : ") + first +
                             "; variable_2 : " + second +
                             "; index_1 (\"0, 1\"); index_2 (\"0, 1, 2\"); } cell(INV)";
    const std::string text = replaced(kTinyLibrary, "cell(INV)", form);
    return library_of(replaced(text, "rise_power(scalar) { values (\"0.75\"); }",
                               "rise_power(two) { values (\"0, 1, 2\", \"3, 4, 5\"); }"))
        .cell("INV")
        .pins[1]
        .energy.rise.front();
  };
  const char* load = "total_output_net_capacitance";
  const char* transition = "input_transition_time";
  EXPECT_DOUBLE_EQ(with(load, transition).at(1e-12, 2e-9), 5e-12);
  EXPECT_DOUBLE_EQ(with(transition, load).at(1e-12, 0), 1e-12);
  EXPECT_DOUBLE_EQ(with(transition, load).at(2e-12, 1e-9), 5e-12);
}

TEST(Liberty, EveryCutIsRefused) {
  const std::string text = kTinyLibrary;
  const std::size_t end = text.rfind('}');
  for (std::size_t size = 0; size < end; size += 7)
    EXPECT_THROW(library_of(text.substr(0, size)), Error) << size;
  EXPECT_THAT([&] { library_of(text.substr(0, text.find("cell(NAND)"))); },
              refuses("the file is cut off"));
}

TEST(Liberty, NamesWhatIsMissing) {
  const auto without = [](const char* from, const char* to) {
    return [=] { library_of(replaced(kTinyLibrary, from, to)); };
  };
  EXPECT_THAT(without("\"1ns\"", "\"1parsec\""), refuses("unknown unit 'parsec'"));
  EXPECT_THAT(without("capacitive_load_unit (1, pf);", ""), refuses("capacitive_load_unit"));
  EXPECT_THAT(without("(1, pf)", "(0, pf)"), refuses("unit of 0"));
  EXPECT_THAT(without("nom_voltage : 2;", ""), refuses("nom_voltage"));
  EXPECT_THAT(without("area : 10;", ""), refuses("cell INV: lacks area"));
  EXPECT_THAT(without("area : 10;", "area : big;"), refuses("not a number"));
  EXPECT_THAT(without("area : 10;", "area : nan;"), refuses("not a number"));
  EXPECT_THAT(without("values (\"0.75\")", "values (\"1, 2\")"), refuses("has 2 values"));
  EXPECT_THAT(without("capacitance : 0.25;", ""), refuses("pin A: lacks capacitance"));
  EXPECT_THAT(without("\"!A\"", "\"!Z\""), refuses("'!Z' is no function"));
  EXPECT_THAT(without("library(tiny)", "tiny"), refuses("no Liberty group"));
}

TEST(Liberty, NamesTheCellThatADesignCannotDoWithout) {
  const auto without = [](const char* from, const char* to) {
    return [=] { library_of(replaced(kTinyLibrary, from, to)); };
  };
  EXPECT_THAT(without("ff(IQ, IQN)", "latch(IQ, IQN)"), refuses("has no flip-flop"));
  EXPECT_THAT(without("\"!A\"", "\"A\""), refuses("has no inverter"));
  EXPECT_THAT(without("\"!(A B)\"", "\"A^B\""), refuses("has no gate of two inputs"));
  EXPECT_THAT([] { library_of(kTinyLibrary).cell("XOR"); },
              refuses("no cell 'XOR', which the netlist needs"));
}

TEST(Liberty, RefusesDeepNestingAndFilesThatAreNone) {
  std::string deep = "library(x) ";
  for (int n = 0; n < 100000; ++n) deep += "{ a(b) ";
  EXPECT_THAT([&] { library_of(deep); }, refuses("nested too deeply"));
  EXPECT_THAT([] { read_library("no-such.lib"); }, refuses("cannot be read"));
  EXPECT_THAT([] { read_library("/"); }, refuses("cannot be read"));
  EXPECT_THROW(library_of(std::string(1000, '\0')), Error);
}

TEST(Liberty, DefaultLibraryHoldsADesign) {
  const Library library = read_library(default_library());
  EXPECT_EQ(library.cells.size(), 32u);
  EXPECT_EQ(library.cell("NAND2X1").area, 24);
  EXPECT_EQ(library.cell("DFFSR").kind, CellKind::kOther);
  ASSERT_NE(library.buffer(), nullptr);
  EXPECT_EQ(library.buffer()->name, "BUFX2");
}

}  // namespace
}  // namespace lacuna::sim
