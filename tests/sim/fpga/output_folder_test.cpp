// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/output_folder.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <tuple>

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
              HasSubstr("cannot be made: No such file or directory; name a folder"));
  for (const char* nameless : {"", ".", "..", "./", "/", "a/.."}) {
    EXPECT_THAT(message_of([&] { OutputFolder folder(nameless); }), HasSubstr("has no name"))
        << nameless;
  }
}

TEST(OutputFolder, HasThePermissionsThatItsMakerGives) {
  constexpr mode_t kPrivate = 077;
  for (const auto& [mask, folder_mode, program_mode, file_mode] :
       {std::tuple{kPrivate, 0700, 0700, 0600}, std::tuple{mode_t{022}, 0755, 0755, 0644}}) {
    const TemporaryFolder around;
    const mode_t before = umask(mask);
    OutputFolder folder(around.path() / "net");
    folder.add("file", "");
    folder.add_program("program", "");
    folder.commit({});
    umask(before);
    const auto mode = [&](const char* name) {
      return static_cast<int>(fs::status(around.path() / "net" / name).permissions());
    };
    EXPECT_EQ(mode(""), folder_mode);
    EXPECT_EQ(mode("program"), program_mode);
    EXPECT_EQ(mode("file"), file_mode);
  }
}

TEST(OutputFolder, TakesNamesThatAreNotUtf8) {
  const TemporaryFolder around;
  OutputFolder folder(around.path() / "net");
  folder.add("file", "");
  folder.commit({{"bundle", "n\xE9t"}});
  std::ifstream in(around.path() / "net" / "manifest.json");
  EXPECT_EQ(nlohmann::json::parse(in).at("bundle"), "n\uFFFDt");
}

TEST(OutputFolder, NamesWhatToolsMadeWhenItIsKept) {
  const TemporaryFolder around;
  OutputFolder folder(around.path() / "net");
  std::ofstream(folder.path() / "result") << "x";
  std::ofstream(folder.path() / "log") << "y";
  folder.keep("result");
  folder.commit({});
  std::ifstream in(around.path() / "net" / "manifest.json");
  const auto files = nlohmann::json::parse(in).at("files");
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].at("file"), "result");
}

TEST(TemplateText, ReadsAnEmptyFileAndNoFolder) {
  const TemporaryFolder around;
  std::ofstream(around.path() / "empty");
  EXPECT_EQ(file_text(around.path() / "empty"), "");
  EXPECT_THAT(message_of([&] { file_text(around.path()); }), HasSubstr("cannot be read"));
}

TEST(TemplateText, FilesOfAFolderAreSorted) {
  const TemporaryFolder around;
  for (const char* name : {"m", "b", "x", "a", "q", "z", "c", "k"})
    std::ofstream(around.path() / name) << name;
  fs::create_directory(around.path() / "folder");
  std::string names;
  for (const fs::path& file : files_in(around.path())) names += file.filename().string();
  EXPECT_EQ(names, "abckmqxz");
}

TEST(TemplateText, FillsEveryPlaceAndNamesTheOneWithoutAValue) {
  EXPECT_EQ(fill("@A@ b@C_1@", {{"A", "1"}, {"C_1", "@A@"}}, "file"), "1 b@A@");
  EXPECT_THAT(message_of([] { fill("x @NONE@", {}, "file"); }), HasSubstr("file: names @NONE@"));
}

}  // namespace
}  // namespace lacuna::sim
