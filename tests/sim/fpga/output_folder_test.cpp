// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/output_folder.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>

#include "golden/error.h"
#include "golden/sha.h"
#include "sim/common/temporary_folder.h"
#include "sim/fpga/template_text.h"

namespace lacuna::sim {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
namespace fs = std::filesystem;

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
  return names;
}

std::string message_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(OutputFolder, AppearsWholeWithAManifestOfItsFiles) {
  const TemporaryFolder around;
  const fs::path target = around.path() / "net";
  OutputFolder folder(target);
  folder.add("rtl/top.v", "module top; endmodule\n");
  folder.add_program("build.sh", "true\n");
  EXPECT_FALSE(fs::exists(target)) << "it is not complete";
  folder.commit({{"board", "up5k"}});
  EXPECT_THAT(names_in(around.path()), ::testing::ElementsAre("net"));
  std::ifstream in(target / "manifest.json");
  const auto manifest = nlohmann::json::parse(in);
  EXPECT_EQ(manifest.at("board"), "up5k");
  ASSERT_EQ(manifest.at("files").size(), 2U);
  const auto& top = manifest.at("files")[1];
  EXPECT_EQ(top.at("file"), "rtl/top.v");
  EXPECT_EQ(top.at("bytes"), 22);
  EXPECT_EQ(top.at("sha256"), golden::sha256_file(target / "rtl/top.v"));
}

TEST(OutputFolder, LeavesNothingWhenItIsNotCompleted) {
  const TemporaryFolder around;
  {
    OutputFolder folder(around.path() / "net");
    folder.add("a/b", "half");
    EXPECT_THROW(folder.add_copy("c", around.path() / "no-such-file"), Error);
  }
  EXPECT_THAT(names_in(around.path()), IsEmpty());
}

TEST(OutputFolder, TakesAnEmptyFolderAndNoOther) {
  const TemporaryFolder around;
  fs::create_directory(around.path() / "net");
  OutputFolder(around.path() / "net/").commit({});
  EXPECT_THAT(message_of([&] { OutputFolder folder(around.path() / "net"); }),
              HasSubstr("not empty"));
  std::ofstream(around.path() / "file") << "x";
  EXPECT_THAT(message_of([&] { OutputFolder folder(around.path() / "file"); }),
              HasSubstr("no folder"));
  EXPECT_THAT(message_of([&] { OutputFolder folder(around.path() / "no/such"); }),
              HasSubstr("cannot be made"));
}

TEST(TemplateText, FillsEveryPlaceAndNamesTheOneWithoutAValue) {
  EXPECT_EQ(fill("@A@ b@C_1@", {{"A", "1"}, {"C_1", "@A@"}}, "file"), "1 b@A@");
  EXPECT_THAT(message_of([] { fill("x @NONE@", {}, "file"); }), HasSubstr("file: names @NONE@"));
}

}  // namespace
}  // namespace lacuna::sim
