// SPDX-License-Identifier: Apache-2.0
#include "models/data/sets.h"

#include <gmock/gmock.h>

#include <cstdlib>

#include "golden/error.h"
#include "golden/sha.h"
#include "tests/golden/error_message.h"
#include "tests/golden/temporary_folder.h"
#include "tests/models/gzip_bytes.h"
#include "tests/models/xz_bytes.h"

namespace lacuna::models {
namespace {

using golden::error_message;
using golden::read_bytes;
using golden::says;
using golden::TemporaryFolder;
using testing::HasSubstr;

/// A data set of two files, one of them compressed.
DataSet toy_set() {
  const auto md5 = [](const char* text) { return golden::hash_bytes(text, golden::Digest::kMd5); };
  return {
      "toy",
      "for tests",
      {{"toy/plain.txt", md5("plain content"), ""}, {"toy/packed.gz", md5("packed content"), ""}}};
}

void write_toy(const TemporaryFolder& folder) {
  folder.write("plain.txt", "plain content");
  folder.write("packed.gz", gzip_bytes("packed content"));
}

/// The same in a .tar.gz, as cifar10 comes.
DataSet archived_toy_set(const TemporaryFolder& folder) {
  std::filesystem::create_directory(folder / "packed");
  std::ofstream(folder / "packed/plain.txt") << "plain content";
  std::ofstream(folder / "packed/packed.gz") << gzip_bytes("packed content");
  const std::string archive = (folder / "toy.tar.gz").string();
  const std::string pack = "tar -czf " + archive + " -C " + (folder / "").string() + " packed";
  EXPECT_EQ(std::system(pack.c_str()), 0);
  DataSet set = toy_set();
  set.archive = "file://" + archive;
  return set;
}

TEST(DataSets, EveryFileHasAChecksumAnAddressAndAPlaceBelowItsSet) {
  for (const DataSet& set : data_sets()) {
    for (const DataFile& file : set.files) {
      EXPECT_EQ(file.md5.size(), 32U) << file.path;
      EXPECT_THAT(set.archive.empty() ? file.address : set.archive, testing::StartsWith("https://"))
          << file.path;
      EXPECT_THAT(file.path, testing::StartsWith(set.name + "/"));
    }
  }
  EXPECT_THAT(error_message([] { data_set("svhn"); }), says("svhn: no such data set; known: ptb"));
}

TEST(DataSets, AreCopiedFromAFolderAndReadBackDecompressed) {
  const TemporaryFolder source, data;
  write_toy(source);
  const DataSet set = toy_set();
  EXPECT_FALSE(is_present(data / "", set));
  fetch_data_set(set, source / "", data / "");
  EXPECT_TRUE(is_present(data / "", set));
  EXPECT_EQ(read_data_file(data / "", "toy", set.files[0]), "plain content");
  EXPECT_EQ(read_data_file(data / "", "toy", set.files[1]), "packed content");
}

TEST(DataSets, AWrongChecksumIsAnErrorAndLeavesNothingBehind) {
  const TemporaryFolder source, data;
  source.write("plain.txt", "another content");
  EXPECT_THAT(
      error_message([&] { fetch_data_set(toy_set(), source / "", data / ""); }),
      testing::AllOf(says("plain.txt: wrong checksum: MD5"), HasSubstr("take another copy")));
  EXPECT_FALSE(std::filesystem::exists(data / "toy/plain.txt"));
}

TEST(DataSets, AFileThatChangedAfterItWasFetchedIsNotRead) {
  const TemporaryFolder source, data;
  write_toy(source);
  const DataSet set = toy_set();
  fetch_data_set(set, source / "", data / "");
  std::ofstream(data / "toy/plain.txt", std::ios::app) << "!";
  EXPECT_THAT(error_message([&] { read_data_file(data / "", "toy", set.files[0]); }),
              testing::AllOf(says("wrong checksum"), HasSubstr("lacuna data get toy")));
}

TEST(DataSets, AMissingFileSaysHowToGetIt) {
  const TemporaryFolder data;
  EXPECT_THAT(error_message([&] { read_data_file(data / "", "toy", toy_set().files[0]); }),
              testing::AllOf(says("cannot read the file"), HasSubstr("lacuna data get toy")));
}

TEST(DataSets, AFailedDownloadIsAnError) {
  const TemporaryFolder data;
  DataSet set = toy_set();
  set.files[0].address = "file://" + (data / "no/such/file").string();
  EXPECT_THAT(error_message([&] { fetch_data_set(set, "", data / ""); }), says("download failed"));
}

TEST(DataSets, ADownloadIsChecked) {
  const TemporaryFolder source, data;
  DataSet set = toy_set();
  set.files.resize(1);
  set.files[0].address = "file://" + source.write("plain.txt", "plain content").string();
  fetch_data_set(set, "", data / "");
  EXPECT_EQ(read_bytes(data / "toy/plain.txt"), "plain content");
  source.write("plain.txt", "forged content");
  EXPECT_THAT(error_message([&] { fetch_data_set(set, "", data / ""); }), says("wrong checksum"));
  EXPECT_EQ(read_bytes(data / "toy/plain.txt"), "plain content");
}

TEST(DataSets, AFileThatLiesPackedIsReadAndCopiedUnpacked) {
  const TemporaryFolder source, data;
  source.write("plain.txt.xz", xz_bytes("plain content"));
  source.write("packed.gz", gzip_bytes("packed content"));
  fetch_data_set(toy_set(), source / "", data / "");
  EXPECT_EQ(read_bytes(data / "toy/plain.txt"), "plain content");

  std::filesystem::remove(data / "toy/plain.txt");
  EXPECT_FALSE(is_present(data / "", toy_set()));
  std::ofstream(data / "toy/plain.txt.xz") << xz_bytes("plain content");
  EXPECT_TRUE(is_present(data / "", toy_set()));
  std::ofstream(data / "toy/plain.txt.xz") << xz_bytes("forged content");
  EXPECT_THAT(error_message([&] { read_data_file(data / "", "toy", toy_set().files[0]); }),
              says("plain.txt.xz: wrong checksum"));
}

TEST(DataSets, AnArchiveIsDownloadedUnpackedAndChecked) {
  const TemporaryFolder source, data;
  DataSet set = archived_toy_set(source);
  fetch_data_set(set, "", data / "");
  EXPECT_TRUE(is_present(data / "", set));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(data / "toy"), {}), 2)
      << "nothing else is left behind";

  set.files[0].md5 = std::string(32, '0');
  EXPECT_THAT(error_message([&] { fetch_data_set(set, "", data / ""); }), says("wrong checksum"));
  set.files[0].path = "toy/missing.txt";
  EXPECT_THAT(error_message([&] { fetch_data_set(set, "", data / ""); }),
              testing::AllOf(says("missing.txt"), HasSubstr("cannot read the file")));
  source.write("toy.tar.gz", "no archive");
  EXPECT_THAT(error_message([&] { fetch_data_set(set, "", data / ""); }),
              testing::AllOf(says("tar cannot unpack"), HasSubstr("--from DIR")));
}

TEST(DefaultDataFolder, FollowsTheEnvironment) {
  ::setenv("LACUNA_DATA", "/somewhere", 1);
  EXPECT_EQ(default_data_folder(), "/somewhere");
  ::unsetenv("LACUNA_DATA");
  EXPECT_EQ(default_data_folder(), "data");
}

}  // namespace
}  // namespace lacuna::models
