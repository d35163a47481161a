// SPDX-License-Identifier: Apache-2.0
// The host program on boards that say anything, and with files of any kind.
#include <gmock/gmock.h>

#include <deque>
#include <fstream>
#include <vector>

#include "lacuna_host.h"
#include "sim/common/temporary_folder.h"

namespace lacuna::sim {
namespace {

using ::testing::HasSubstr;
using Bytes = std::vector<std::uint8_t>;

void put_crc(Bytes& bytes, std::size_t first) {
  unsigned value = 0xFFFF;
  for (std::size_t at = first; at < bytes.size(); ++at) {
    value ^= static_cast<unsigned>(bytes[at]) << 8;
    for (int bit = 0; bit < 8; ++bit) value = (value << 1 ^ (value & 0x8000 ? 0x1021 : 0)) & 0xFFFF;
  }
  bytes.push_back(static_cast<std::uint8_t>(value >> 8));
  bytes.push_back(static_cast<std::uint8_t>(value));
}

/// A board with that identity, whose every result is 0 in 7 clocks at once.
class Board {
 public:
  Board(int inputs, int result_bytes, int outputs)
      : identity_{'L',
                  'A',
                  1,
                  3,
                  static_cast<std::uint8_t>(inputs),
                  static_cast<std::uint8_t>(inputs >> 8),
                  static_cast<std::uint8_t>(result_bytes),
                  static_cast<std::uint8_t>(result_bytes >> 8),
                  static_cast<std::uint8_t>(outputs)} {
    identity_.resize(16);
  }

  lacuna_port port() {
    return {this,
            [](void* context, const std::uint8_t* bytes, std::size_t /*count*/) {
              static_cast<Board*>(context)->answer(bytes);
              return 0;
            },
            [](void* context, std::uint8_t* bytes, std::size_t count, unsigned /*milliseconds*/) {
              auto& answer = static_cast<Board*>(context)->answer_;
              std::size_t at = 0;
              for (; at < count && !answer.empty(); answer.pop_front())
                bytes[at++] = answer.front();
              return static_cast<int>(at);
            },
            [](void*) { return std::uint32_t{0}; }};
  }

 private:
  void answer(const std::uint8_t* frame) {
    constexpr std::uint8_t kRead = 2;
    const int address = frame[2] | frame[3] << 8, length = frame[1] == kRead ? frame[4] : 0;
    Bytes bytes{0x5A, 0, static_cast<std::uint8_t>(length)};
    for (int at = address; at < address + length; ++at) bytes.push_back(byte_at(at));
    put_crc(bytes, 1);
    answer_.assign(bytes.begin(), bytes.end());
  }
  std::uint8_t byte_at(int address) const {
    constexpr int kCycles = 0x10, kState = 0x14;
    if (address < kCycles) return identity_[static_cast<std::size_t>(address)];
    if (address == kCycles) return 7;
    return address == kState ? 2 : 0;
  }

  Bytes identity_;
  std::deque<std::uint8_t> answer_;
};

struct Ended {
  int status;
  std::string said;    ///< on standard output
  std::string failed;  ///< on standard error
};

Ended run(const std::vector<std::string>& words, Board board = {2, 4, 2}) {
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  const int status = lacuna_host::run(board.port(), words);
  const std::string said = ::testing::internal::GetCapturedStdout();
  return {status, said, ::testing::internal::GetCapturedStderr()};
}

class HostProgram : public ::testing::Test {
 protected:
  std::string file(const std::string& name, const std::string& text) const {
    std::ofstream(folder_.path() / name) << text;
    return (folder_.path() / name).string();
  }
  std::string folder() const { return folder_.path().string(); }

 private:
  TemporaryFolder folder_;
};

TEST_F(HostProgram, ChecksImages) {
  const std::string images = file("images", "0102\n# none\n0304\n");
  const Ended good = run({"check", images, file("results", "00000000 7\n00000000 7\n")});
  EXPECT_EQ(good.status, 0) << good.failed;
  EXPECT_THAT(good.said, HasSubstr("2 inferences are golden's"));
  EXPECT_EQ(run({"check", images, file("results", "00000000 7\n00010000 7\n")}).status, 1);
  EXPECT_EQ(run({"check", images, file("results", "00000000 7\n00000000 8\n")}).status, 1);
}

TEST_F(HostProgram, RefusesToCheckNothing) {
  const std::string empty = file("empty", "# a comment\n");
  for (const std::string& nothing : {folder(), empty}) {
    EXPECT_EQ(run({"check", nothing, nothing}).status, 2) << nothing;
    EXPECT_EQ(run({"infer", nothing}).status, 2) << nothing;
    EXPECT_EQ(run({"load", nothing}).status, 2) << nothing;
  }
  EXPECT_THAT(run({"load", empty}).failed, HasSubstr("empty: is empty"));
  EXPECT_THAT(run({"load", folder()}).failed, HasSubstr("cannot be read"));
}

TEST_F(HostProgram, NamesFileAndLineOfWhatItCannotRead) {
  EXPECT_THAT(run({"load", file("net", "# x\nqq 00\n")}).failed,
              HasSubstr("net:2: 'qq' is no address"));
  EXPECT_THAT(run({"load", file("net", "0q 00\n")}).failed, HasSubstr("net:1: '0q' is no"));
  EXPECT_THAT(run({"load", file("net", "10000 00\n")}).failed, HasSubstr("net:1: '10000' is no"));
  EXPECT_THAT(run({"load", file("net", "0000\n")}).failed, HasSubstr("net:1: has no bytes"));
  EXPECT_THAT(run({"infer", file("images", "012\n")}).failed,
              HasSubstr("images:1: '012' is not in bytes"));
  EXPECT_THAT(run({"infer", file("images", "0102\n01\n")}).failed,
              HasSubstr("images:2: an image has 1 values, the board takes 2"));
  const std::string image = file("images", "0102\n");
  EXPECT_THAT(run({"check", image, file("results", "00000000\n")}).failed,
              HasSubstr("results:1: has no number of clocks"));
  EXPECT_THAT(run({"check", image, file("results", "0000 7\n")}).failed,
              HasSubstr("results:1: is of another network"));
}

TEST_F(HostProgram, RefusesABoardThatCannotBe) {
  for (const Board& board : {Board(2, 4, 0), Board(2, 4, 5), Board(0, 4, 2), Board(2, 0, 2),
                             Board(2, 5, 2), Board(2, 9, 1), Board(2, 1000, 250)}) {
    const Ended ended = run({"identify"}, board);
    EXPECT_EQ(ended.status, 2);
    EXPECT_THAT(ended.failed, HasSubstr("which cannot be"));
  }
}

}  // namespace
}  // namespace lacuna::sim
