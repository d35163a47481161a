// SPDX-License-Identifier: Apache-2.0
// The table of registers: what is wrong in it is told.
#include "sim/shell/register_table.h"

#include <gmock/gmock.h>

#include <fstream>

#include "golden/error.h"
#include "sim/common/temporary_folder.h"

namespace lacuna::sim {
namespace {

std::string told(const std::string& text) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "registers.toml";
  std::ofstream(file) << text;
  try {
    read_register_table(file);
  } catch (const Error& error) {
    return error.what();
  }
  return {};
}

using testing::HasSubstr;

constexpr const char* kGood =
    "[[register]]\nname = \"a\"\noffset = 0\naccess = \"rw\"\ndescription = \"\"\n";

TEST(RegisterTable, TellsWhatIsWrong) {
  const std::string good = kGood;
  EXPECT_EQ(told(good), "");
  EXPECT_THAT(
      told(good + "[[register]]\nname = \"b\"\noffset = 0\naccess = \"ro\"\ndescription = \"\"\n"),
      HasSubstr("offset 0x0 is taken"));
  EXPECT_THAT(told("[[register]]\nname = \"b\"\noffset = 2\naccess = \"ro\"\ndescription = \"\"\n"),
              HasSubstr("is not one of a word"));
  EXPECT_THAT(told("[[register]]\nname = \"b\"\noffset = 4\naccess = \"wo\"\ndescription = \"\"\n"),
              HasSubstr("access 'wo' is none of ro, rw, w1s, w1c"));
  EXPECT_THAT(told(good + "fields = [{ name = \"x\", low = 0, width = 4, description = \"\" }, "
                          "{ name = \"y\", low = 3, width = 1, description = \"\" }]\n"),
              HasSubstr("field y overlaps the one before"));
  EXPECT_THAT(told(good + "fields = [{ name = \"x\", low = 0, width = 32, description = \"\" }]\n"),
              HasSubstr("field x does not fit 32 bits, or is all of them"));
  EXPECT_THAT(told(good + "fields = [1]\n"), HasSubstr("has a field that is no table"));
  EXPECT_THAT(told(good + "count = 0\n"), HasSubstr("has no words"));
  EXPECT_THAT(told("register = [1]\n"), HasSubstr("register is no list of tables"));
  EXPECT_THAT(told("[[register]\n"), HasSubstr("registers.toml:1"));
}

TEST(RegisterTable, IsReadWhole) {
  const RegisterTable table = read_register_table(LACUNA_SOURCE_DIR "/rtl/shell/registers.toml");
  EXPECT_EQ(table.registers.size(), 16u);
  EXPECT_THAT(register_header(table), HasSubstr("#define LAC_SHELL_CONTROL_CLEAR 0x4u"));
  EXPECT_THAT(register_page(table), HasSubstr("| 0x010 | `control` | w1s |"));
}

}  // namespace
}  // namespace lacuna::sim
