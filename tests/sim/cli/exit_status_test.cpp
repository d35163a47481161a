// SPDX-License-Identifier: Apache-2.0
// What the shell sees when work ends: a status and at most one line.
#include "sim/cli/exit_status.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <new>
#include <stdexcept>
#include <string>

#include "golden/error.h"

namespace lacuna::cli {
namespace {

struct Ending {
  int status;
  std::string line;
};

template <typename Exception>
Ending ending_of(const Exception& exception) {
  testing::internal::CaptureStderr();
  const int status = exit_status_of([&] { throw exception; });
  return {status, testing::internal::GetCapturedStderr()};
}

TEST(ExitStatus, ZeroAndSilentWhenDone) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(exit_status_of([] {}), 0);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(ExitStatus, OneWhenACheckFailed) {
  const Ending ending = ending_of(CheckFailed("step 3, unit 5: expected 1, got 2"));
  EXPECT_EQ(ending.status, 1);
  EXPECT_EQ(ending.line, "lacuna: step 3, unit 5: expected 1, got 2\n");
}

TEST(ExitStatus, TwoForBadInputWithWhereWhatAndHint) {
  const Ending ending = ending_of(Error("net.safetensors", "is cut off", "download it again"));
  EXPECT_EQ(ending.status, 2);
  EXPECT_EQ(ending.line, "lacuna: net.safetensors: is cut off; download it again\n");
}

TEST(ExitStatus, TwoForTheFileSystem) {
  const auto ending = ending_of(std::filesystem::filesystem_error(
      "cannot open", "some/file", std::make_error_code(std::errc::no_such_file_or_directory)));
  EXPECT_EQ(ending.status, 2);
  EXPECT_NE(ending.line.find("some/file"), std::string::npos);
}

TEST(ExitStatus, TwoWhenMemoryIsShort) {
  const Ending ending = ending_of(std::bad_alloc());
  EXPECT_EQ(ending.status, 2);
  EXPECT_NE(ending.line.find("out of memory"), std::string::npos);
}

TEST(ExitStatus, ALibrarysStackTraceIsCutToOneLine) {
  const Ending ending = ending_of(std::runtime_error("what happened\nframe #0\nframe #1"));
  EXPECT_EQ(ending.status, 2);
  EXPECT_EQ(ending.line, "lacuna: what happened\n");
}

}  // namespace
}  // namespace lacuna::cli
