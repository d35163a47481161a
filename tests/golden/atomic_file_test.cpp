// SPDX-License-Identifier: Apache-2.0
// A file appears whole or not at all.
#include "golden/atomic_file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/golden/error_message.h"
#include "tests/golden/temporary_folder.h"

namespace lacuna::golden {
namespace {

TEST(AtomicFile, IsNotThereBeforeItIsCommitted) {
  const TemporaryFolder folder;
  AtomicFile file(folder / "a");
  file.write("part one, ");
  EXPECT_FALSE(std::filesystem::exists(folder / "a"));
  file.write("part two");
  file.commit();
  EXPECT_EQ(read_bytes(folder / "a"), "part one, part two");
  EXPECT_EQ(folder.files(), 1);
}

TEST(AtomicFile, ThatIsNotCommittedLeavesNothing) {
  const TemporaryFolder folder;
  { AtomicFile(folder / "a").write("half"); }
  EXPECT_EQ(folder.files(), 0);
}

TEST(AtomicFile, ReplacesTheOldContent) {
  const TemporaryFolder folder;
  folder.write("a", "old and longer");
  write_file(folder / "a", "new");
  EXPECT_EQ(read_bytes(folder / "a"), "new");
}

TEST(AtomicFile, FollowsLinks) {
  const TemporaryFolder folder;
  folder.write("a", "old");
  std::filesystem::create_symlink(folder / "a", folder / "link");
  write_file(folder / "link", "new");
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link"));
  EXPECT_EQ(read_bytes(folder / "a"), "new");
}

TEST(AtomicFile, WritesToAPipeWithoutReplacingIt) {
  const TemporaryFolder folder;
  const std::string pipe = (folder / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  write_file(pipe, "through");
  char bytes[16];
  EXPECT_EQ(::read(reader, bytes, sizeof(bytes)), 7);
  ::close(reader);
  EXPECT_TRUE(std::filesystem::is_fifo(pipe));
}

TEST(AtomicFile, CannotBeWrittenIntoAMissingFolder) {
  const TemporaryFolder folder;
  EXPECT_THAT(error_message([&] { write_file(folder / "none/a", "x"); }),
              says("No such file or directory; check the folder"));
}

}  // namespace
}  // namespace lacuna::golden
