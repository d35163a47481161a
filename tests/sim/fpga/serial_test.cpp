// SPDX-License-Identifier: Apache-2.0
// The driver on a serial line: a pseudo-terminal in the place of a board's USB bridge.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <string>

#include "Vhost.h"
#include "lacuna_serial.h"
#include "lacuna_speeds.h"
#include "uart_pins.h"

namespace lacuna::sim {
namespace {

using ::testing::HasSubstr;

/// Both ends of a pseudo-terminal.
class Line {
 public:
  Line() {
    char name[256];
    EXPECT_EQ(openpty(&board_, &host_, name, nullptr, nullptr), 0);
    name_ = name;
  }
  ~Line() {
    close(board_);
    close(host_);
  }
  int board() const { return board_; }
  const std::string& name() const { return name_; }

 private:
  int board_ = -1, host_ = -1;
  std::string name_;
};

std::ptrdiff_t open_files() {
  return std::distance(std::filesystem::directory_iterator("/proc/self/fd"),
                       std::filesystem::directory_iterator());
}

TEST(Serial, OpensEverySpeedThatAFolderMayHave) {
  const Line line;
#define LACUNA_SPEED(speed) speed##U,
  for (const unsigned baud : {LACUNA_SERIAL_SPEEDS(LACUNA_SPEED)}) {
#undef LACUNA_SPEED
    lacuna_port port;
    ASSERT_EQ(lacuna_serial_open(line.name().c_str(), baud, &port), 0) << baud;
    const int descriptor = static_cast<int>(reinterpret_cast<std::intptr_t>(port.context));
    termios settings{};
    ASSERT_EQ(tcgetattr(descriptor, &settings), 0);
    EXPECT_EQ(cfgetispeed(&settings), cfgetospeed(&settings));
    EXPECT_EQ(settings.c_lflag & ICANON, 0U);
    close(descriptor);
  }
  lacuna_port port;
  EXPECT_LT(lacuna_serial_open(line.name().c_str(), 250000, &port), 0);
  EXPECT_EQ(errno, EINVAL);
}

TEST(Serial, ClosesWhatIsNoSerialLine) {
  const auto before = open_files();
  lacuna_port port;
  for (int turn = 0; turn < 5; ++turn) {
    EXPECT_LT(lacuna_serial_open("/dev/null", 115200, &port), 0);
    EXPECT_EQ(errno, ENOTTY);
  }
  EXPECT_EQ(open_files(), before);
}

/// A program's words and status.
struct Ended {
  int status = -1;
  std::string said;
};

/// Runs the driver's example on a device while `meanwhile` is called again and again.
template <typename Work>
Ended run_example(const std::string& device, const Work& meanwhile) {
  const std::string command = std::string("'") + LACUNA_EXAMPLE "' '" + device + "' 115200 2>&1";
  FILE* program = popen(command.c_str(), "r");
  const int output = fileno(program);
  fcntl(output, F_SETFL, O_NONBLOCK);
  Ended ended;
  char piece[256];
  for (ssize_t got = -1; got != 0;) {
    got = read(output, piece, sizeof piece);
    if (got > 0) ended.said.append(piece, static_cast<std::size_t>(got));
    meanwhile();
  }
  const int status = pclose(program);
  ended.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ended;
}

TEST(Example, TakesItsSizesFromTheBoard) {
  constexpr std::uint64_t kMost = 1'000'000'000, kMillisecond = 1000;
  constexpr unsigned kDivisor = 4;
  const Line line;
  fcntl(line.board(), F_SETFL, O_NONBLOCK);
  Vhost top;
  lacuna_host::UartPins<Vhost> pins(top, kDivisor, kMost, kMillisecond);
  const lacuna_port board = pins.port();
  const Ended ended = run_example(line.name(), [&] {
    std::uint8_t bytes[1024];  // a whole frame: simulated time is longer than the host's
    const ssize_t asked = read(line.board(), bytes, sizeof bytes);
    if (asked > 0) board.send(board.context, bytes, static_cast<std::size_t>(asked));
    const int answered = board.receive(board.context, bytes, sizeof bytes, 1);
    if (answered > 0) {
      ASSERT_EQ(write(line.board(), bytes, static_cast<std::size_t>(answered)), answered);
    }
  });
  EXPECT_EQ(ended.status, 0) << ended.said;
  EXPECT_THAT(ended.said, HasSubstr("  5000 clocks"));
}

TEST(Example, SaysWhyADeviceCannotBeOpened) {
  const Ended ended = run_example("/no/such", [] {});
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(ended.said, "/no/such at 115200 baud: No such file or directory\n");
}

}  // namespace
}  // namespace lacuna::sim
