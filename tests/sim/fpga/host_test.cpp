// SPDX-License-Identifier: Apache-2.0
// The host's protocol: what the driver and the board do with damaged, lost and untimely bytes. The
// board is rtl/board/lac_host.v with the core of tb/board/lac_host_tb.v.
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "Vhost.h"
#include "Vhost_busy.h"
#include "Vhost_held.h"
#include "Vhost_patience.h"
#include "Vhost_polynomial.h"
#include "Vhost_position.h"
#include "Vhost_slow.h"
#include "golden/random.h"
#include "lacuna_device.h"
#include "uart_pins.h"

namespace lacuna::sim {
namespace {

using ::testing::ElementsAre;
using Bytes = std::vector<std::uint8_t>;

constexpr unsigned kDivisor = 4;
constexpr std::uint64_t kMost = 100'000'000;
constexpr std::uint64_t kMillisecond = 100;  // clocks: the driver's patience is long
constexpr unsigned kSilence = 20;            // milliseconds, longer than the board's patience
constexpr std::size_t kInputs = 300, kResults = 8;
constexpr std::uint32_t kClocks = 5000;
constexpr unsigned kPatience = 1000;  // milliseconds, of an inference

Bytes framed(std::uint8_t command, std::uint16_t address, std::uint8_t length, const Bytes& body) {
  const auto crc = [](const Bytes& bytes, std::size_t first) {
    unsigned value = 0xFFFF;
    for (std::size_t at = first; at < bytes.size(); ++at) {
      value ^= static_cast<unsigned>(bytes[at]) << 8;
      for (int bit = 0; bit < 8; ++bit)
        value = (value << 1 ^ (value & 0x8000 ? 0x1021 : 0)) & 0xFFFF;
    }
    return value;
  };
  Bytes frame{0xA5, command, static_cast<std::uint8_t>(address),
              static_cast<std::uint8_t>(address >> 8), length};
  const unsigned header = crc(frame, 1);
  frame.push_back(static_cast<std::uint8_t>(header >> 8));
  frame.push_back(static_cast<std::uint8_t>(header));
  if (body.empty()) return frame;
  const std::size_t first = frame.size();
  frame.insert(frame.end(), body.begin(), body.end());
  const unsigned sum = crc(frame, first);
  frame.push_back(static_cast<std::uint8_t>(sum >> 8));
  frame.push_back(static_cast<std::uint8_t>(sum));
  return frame;
}

Bytes counted(std::size_t count) {
  Bytes bytes(count);
  std::iota(bytes.begin(), bytes.end(), static_cast<std::uint8_t>(1));
  return bytes;
}

std::uint8_t sum(const Bytes& bytes) {
  return std::accumulate(
      bytes.begin(), bytes.end(), std::uint8_t{0},
      [](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>(a + b); });
}

/// A board, and a host whose bits take so many clocks. What its functions look for, the board has
/// and a mutant lacks.
template <typename Top>
class Bench {
 public:
  explicit Bench(unsigned divisor = kDivisor) : pins(top, divisor, kMost, kMillisecond) {}

  /// Everything that the board answers until it has been silent for a while.
  Bytes answer_to(const Bytes& bytes) {
    port.send(port.context, bytes.data(), bytes.size());
    Bytes all;
    std::uint8_t byte = 0;
    while (port.receive(port.context, &byte, 1, kSilence) == 1) all.push_back(byte);
    return all;
  }
  int status_of(const Bytes& bytes) {
    const Bytes answer = answer_to(bytes);
    return answer.size() < 2 || answer[0] != 0x5A ? int{LACUNA_NO_ANSWER} : int{answer[1]};
  }
  std::uint8_t read(std::uint16_t address) {
    std::uint8_t byte = 0;
    EXPECT_EQ(lacuna_read(&port, address, &byte, 1), LACUNA_OK);
    return byte;
  }
  bool identifies() {
    lacuna_identity board{};
    return lacuna_identify(&port, &board) == LACUNA_OK && board.inputs == kInputs;
  }
  /// Bytes whose checksum is wrong are said to be, and the last of them is not written.
  bool keeps_the_last_byte_back() {
    status_of(framed(1, 3, 2, {50, 60}));
    Bytes damaged = framed(1, 3, 2, {70, 80});
    damaged.back() ^= 1;
    return status_of(damaged) == LACUNA_BAD_CHECKSUM && read(0x104) == 60;
  }
  bool forgets_a_cut_frame() {
    const Bytes frame = framed(1, 9, 3, {1, 2, 3});
    answer_to({frame.begin(), frame.end() - 3});
    return status_of(frame) == LACUNA_OK;
  }
  bool refuses_an_input_out_of_place() {
    return status_of(framed(3, 7, 1, {9})) == LACUNA_OUT_OF_PLACE;
  }
  bool refuses_a_write_while_it_runs() {
    const Bytes inputs = counted(kInputs);
    EXPECT_EQ(lacuna_begin(&port, inputs.data(), inputs.size()), LACUNA_OK);
    // A frame at once, without the silence that answer_to() waits for.
    const Bytes write = framed(1, 0, 1, {9});
    Bytes answer(6);
    port.send(port.context, write.data(), write.size());
    for (std::uint8_t& byte : answer) port.receive(port.context, &byte, 1, kSilence);
    return answer[1] == LACUNA_BUSY;
  }

  Top top;
  lacuna_host::UartPins<Top> pins;
  lacuna_port port = pins.port();
};

class HostTest : public ::testing::Test {
 protected:
  ~HostTest() override { EXPECT_EQ(bench_.pins.framing_errors(), 0U); }
  Bytes answer_to(const Bytes& bytes) { return bench_.answer_to(bytes); }
  int status_of(const Bytes& bytes) { return bench_.status_of(bytes); }
  std::uint8_t read(std::uint16_t address) { return bench_.read(address); }

  Bench<Vhost> bench_;
};

TEST_F(HostTest, SaysWhoItIs) {
  lacuna_identity board{};
  ASSERT_EQ(lacuna_identify(&bench_.port, &board), LACUNA_OK);
  EXPECT_EQ(board.engine, 99);
  EXPECT_EQ(board.inputs, kInputs);
  EXPECT_EQ(board.result_bytes, kResults);
  EXPECT_EQ(board.outputs, 8);
  EXPECT_THAT(board.network, ElementsAre(0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77));
}

TEST_F(HostTest, InfersFromSeveralFramesAndCountsClocks) {
  const Bytes memory = counted(256), inputs = counted(kInputs);
  ASSERT_EQ(lacuna_write(&bench_.port, 0, memory.data(), memory.size()), LACUNA_OK);
  for (int image = 0; image < 2; ++image) {
    ASSERT_EQ(lacuna_begin(&bench_.port, inputs.data(), inputs.size()), LACUNA_OK);
    Bytes result(kResults);
    std::uint32_t clocks = 0;
    ASSERT_EQ(lacuna_finish(&bench_.port, kPatience, result.data(), result.size(), &clocks),
              LACUNA_OK);
    for (std::size_t at = 0; at < kResults; ++at)
      EXPECT_EQ(result[at], static_cast<std::uint8_t>(memory[at] + sum(inputs)));
    EXPECT_EQ(clocks, kClocks);
  }
}

TEST_F(HostTest, WritesNothingForADamagedHeader) {
  const Bytes good = framed(1, 3, 2, {50, 60});
  ASSERT_EQ(status_of(good), LACUNA_OK);
  Bytes body = framed(1, 3, 2, {70, 80});
  for (std::size_t bit = 8; bit < 7 * 8; ++bit) {  // each bit after the first byte
    Bytes damaged = body;
    damaged[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    ASSERT_EQ(status_of(damaged), LACUNA_BAD_CHECKSUM) << "bit " << bit;
  }
  EXPECT_EQ(read(0x103), 50);
  EXPECT_EQ(read(0x104), 60);
}

TEST_F(HostTest, SaysThatABodyIsDamagedAndKeepsItsLastByteBack) {
  ASSERT_EQ(status_of(framed(1, 3, 2, {50, 60})), LACUNA_OK);
  const Bytes body = framed(1, 3, 2, {70, 80});
  for (std::size_t bit = 7 * 8; bit < body.size() * 8; ++bit) {
    Bytes damaged = body;
    damaged[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    ASSERT_EQ(status_of(damaged), LACUNA_BAD_CHECKSUM) << "bit " << bit;
    ASSERT_EQ(read(0x104), 60) << "bit " << bit;
  }
  EXPECT_EQ(status_of(body), LACUNA_OK);
  EXPECT_EQ(read(0x104), 80);
  EXPECT_TRUE(bench_.keeps_the_last_byte_back());
}

TEST_F(HostTest, BeginsNoInferenceWithADamagedInput) {
  Bytes inputs = counted(248);
  ASSERT_EQ(status_of(framed(3, 0, 248, inputs)), LACUNA_OK);
  Bytes last = framed(3, 248, 52, counted(52));
  last[20] ^= 4;
  EXPECT_EQ(status_of(last), LACUNA_BAD_CHECKSUM);
  EXPECT_EQ(read(0x14), 0) << "runs, or has a result";
  EXPECT_EQ(status_of(framed(3, 248, 52, counted(52))), LACUNA_OUT_OF_PLACE)
      << "all is to come again";
}

TEST_F(HostTest, RefusesWhatItDoesNotKnowAndWhatIsOutOfPlace) {
  EXPECT_EQ(status_of(framed(0, 0, 0, {})), LACUNA_BAD_COMMAND);
  EXPECT_EQ(status_of(framed(5, 0, 1, {9})), LACUNA_BAD_COMMAND);
  EXPECT_EQ(status_of(framed(3, 7, 1, {9})), LACUNA_OUT_OF_PLACE);
  EXPECT_EQ(status_of(framed(3, 0, 1, {9})), LACUNA_OK);
  EXPECT_EQ(status_of(framed(3, 290, 11, counted(11))), LACUNA_OUT_OF_PLACE);
  EXPECT_EQ(status_of(framed(3, 1, 1, {9})), LACUNA_OK);
}

TEST_F(HostTest, ForgetsInputsWhenItsMemoriesAreWritten) {
  ASSERT_EQ(status_of(framed(3, 0, 248, counted(248))), LACUNA_OK);
  ASSERT_EQ(status_of(framed(1, 9, 1, {7})), LACUNA_OK);
  EXPECT_EQ(status_of(framed(3, 248, 52, counted(52))), LACUNA_OUT_OF_PLACE);
}

TEST_F(HostTest, IsBusyUntilTheResultIsThere) {
  const Bytes inputs = counted(kInputs);
  ASSERT_EQ(lacuna_begin(&bench_.port, inputs.data(), inputs.size()), LACUNA_OK);
  EXPECT_EQ(lacuna_begin(&bench_.port, inputs.data(), inputs.size()), LACUNA_BUSY);
  ASSERT_EQ(lacuna_reset(&bench_.port), LACUNA_OK);
  EXPECT_TRUE(bench_.refuses_a_write_while_it_runs());
  ASSERT_EQ(lacuna_reset(&bench_.port), LACUNA_OK);
  EXPECT_EQ(read(0x14), 0) << "a reset stops it";
}

TEST_F(HostTest, FindsFramesAmongOtherBytes) {
  golden::Random random(4);
  for (int turn = 0; turn < 50; ++turn) {
    Bytes noise(static_cast<std::size_t>(random.integer(1, 40)));
    for (std::uint8_t& byte : noise) byte = static_cast<std::uint8_t>(random.integer(0, 255));
    answer_to(noise);  // what looked like the begin of a frame is forgotten in the silence after it
    ASSERT_EQ(status_of(framed(1, 9, 1, {static_cast<std::uint8_t>(turn)})), LACUNA_OK)
        << "turn " << turn;
    ASSERT_EQ(read(0x109), turn);
  }
}

TEST_F(HostTest, ForgetsAFrameThatIsCut) {
  const Bytes frame = framed(1, 9, 3, {1, 2, 3});
  for (std::size_t length = 1; length < frame.size(); ++length) {
    answer_to({frame.begin(), frame.begin() + static_cast<std::ptrdiff_t>(length)});
    ASSERT_EQ(status_of(frame), LACUNA_OK) << "after " << length << " bytes";
  }
}

TEST_F(HostTest, WaitsNoLongerForAResultThanItWasTold) {
  const Bytes inputs = counted(kInputs);
  Bytes result(kResults);
  ASSERT_EQ(lacuna_begin(&bench_.port, inputs.data(), inputs.size()), LACUNA_OK);
  EXPECT_EQ(lacuna_finish(&bench_.port, 10, result.data(), result.size(), nullptr), LACUNA_LATE);
  EXPECT_EQ(lacuna_finish(&bench_.port, kPatience, result.data(), result.size(), nullptr),
            LACUNA_OK);
}

/// A line on which bytes come for ever, and none of them the board's; stops a test that would not
/// end.
struct Chatter {
  std::uint32_t now = 0;
  int sent = 0;

  lacuna_port port() {
    return {this,
            [](void* context, const std::uint8_t* /*bytes*/, std::size_t /*count*/) {
              ++static_cast<Chatter*>(context)->sent;
              return 0;
            },
            [](void* context, std::uint8_t* bytes, std::size_t count, unsigned /*milliseconds*/) {
              constexpr std::uint32_t kHour = 3'600'000;
              auto& line = *static_cast<Chatter*>(context);
              line.now += 20;
              if (line.now > kHour) return -1;
              const std::size_t come = std::min<std::size_t>(count, 11);
              std::fill_n(bytes, come, std::uint8_t{'x'});
              return static_cast<int>(come);
            },
            [](void* context) { return static_cast<Chatter*>(context)->now; }};
  }
};

TEST(HostDriver, GivesUpALineThatTalksForEver) {
  Chatter line;
  const lacuna_port port = line.port();
  lacuna_identity board{};
  EXPECT_EQ(lacuna_identify(&port, &board), LACUNA_NO_ANSWER);
  EXPECT_EQ(line.sent, 4);
  EXPECT_LE(line.now, 8000U);
}

/// Turns a bit now and then, both ways, and swallows a byte.
struct Noise {
  lacuna_port below;
  golden::Random random{7};
  int damaged = 0;

  lacuna_port port() { return {this, send, receive, milliseconds}; }

  /// What is left of the bytes.
  Bytes damage(const std::uint8_t* bytes, std::size_t count) {
    Bytes left;
    for (std::size_t at = 0; at < count; ++at) {
      if (random.integer(0, 499) != 0) {
        left.push_back(bytes[at]);
        continue;
      }
      ++damaged;
      if (random.integer(0, 3) != 0)
        left.push_back(bytes[at] ^ static_cast<std::uint8_t>(1 << random.integer(0, 7)));
    }
    return left;
  }
  static int send(void* context, const std::uint8_t* bytes, std::size_t count) {
    auto& noise = *static_cast<Noise*>(context);
    const Bytes sent = noise.damage(bytes, count);
    return noise.below.send(noise.below.context, sent.data(), sent.size());
  }
  static int receive(void* context, std::uint8_t* bytes, std::size_t count, unsigned milliseconds) {
    auto& noise = *static_cast<Noise*>(context);
    for (;;) {
      const int received = noise.below.receive(noise.below.context, bytes, count, milliseconds);
      if (received <= 0) return received;
      const Bytes left = noise.damage(bytes, static_cast<std::size_t>(received));
      std::copy(left.begin(), left.end(), bytes);
      if (!left.empty()) return static_cast<int>(left.size());
    }
  }
  static std::uint32_t milliseconds(void* context) {
    const auto& noise = *static_cast<Noise*>(context);
    return noise.below.milliseconds(noise.below.context);
  }
};

TEST_F(HostTest, InfersRightOverANoisyLine) {
  const Bytes memory = counted(256);
  ASSERT_EQ(lacuna_write(&bench_.port, 0, memory.data(), memory.size()), LACUNA_OK);
  Noise noise{bench_.port};
  const lacuna_port port = noise.port();
  constexpr int kImages = 300;
  int right = 0, given_up = 0;
  while (right < kImages && given_up < kImages) {
    Bytes inputs(kInputs), result(kResults);
    for (std::uint8_t& byte : inputs)
      byte = static_cast<std::uint8_t>(noise.random.integer(0, 255));
    if (lacuna_begin(&port, inputs.data(), inputs.size()) != LACUNA_OK ||
        lacuna_finish(&port, kPatience, result.data(), result.size(), nullptr) != LACUNA_OK) {
      ++given_up;
      lacuna_reset(&bench_.port);
      continue;
    }
    ++right;
    for (std::size_t at = 0; at < kResults; ++at)
      ASSERT_EQ(result[at], static_cast<std::uint8_t>(memory[at] + sum(inputs)))
          << "image " << right;
  }
  EXPECT_EQ(right, kImages);
  EXPECT_EQ(noise.damaged, 444);
  EXPECT_EQ(given_up, 4);
}

TEST_F(HostTest, WritesRightOverANoisyLine) {
  Noise noise{bench_.port};
  const lacuna_port port = noise.port();
  constexpr int kTurns = 100;
  int written = 0;
  for (int turn = 0; turn < kTurns; ++turn) {
    Bytes memory(240), there(240);
    for (std::uint8_t& byte : memory)
      byte = static_cast<std::uint8_t>(noise.random.integer(0, 255));
    if (lacuna_write(&port, 0, memory.data(), memory.size()) != LACUNA_OK) continue;
    ++written;
    ASSERT_EQ(lacuna_read(&bench_.port, 0x100, there.data(), there.size()), LACUNA_OK);
    ASSERT_EQ(there, memory) << "turn " << turn;
  }
  EXPECT_EQ(written, 97);
  EXPECT_EQ(noise.damaged, 113);
}

TEST(HostUart, UnderstandsAHostWhoseBitsAreTwoPercentOff) {
  for (const unsigned divisor : {49U, 51U}) {  // of the board's 50
    Bench<Vhost_slow> bench(divisor);
    const Bytes memory = counted(200), inputs = counted(kInputs);
    ASSERT_EQ(lacuna_write(&bench.port, 0, memory.data(), memory.size()), LACUNA_OK) << divisor;
    ASSERT_EQ(lacuna_begin(&bench.port, inputs.data(), inputs.size()), LACUNA_OK) << divisor;
    Bytes result(kResults);
    ASSERT_EQ(lacuna_finish(&bench.port, kPatience, result.data(), result.size(), nullptr),
              LACUNA_OK)
        << divisor;
    EXPECT_EQ(result[0], static_cast<std::uint8_t>(memory[0] + sum(inputs)));
    EXPECT_EQ(bench.pins.framing_errors(), 0U);
  }
}

/// A design that sends levels, a clock each.
struct Levels {
  explicit Levels(const std::vector<int>& bits) {
    levels.assign(200, 1);  // while it is reset, and idle
    for (const int bit : bits) levels.insert(levels.end(), kDivisor, bit);
  }
  void eval() {
    if (clk_i == 0 && at < levels.size()) tx_o = levels[at++];
  }
  std::vector<int> levels;
  std::size_t at = 0;
  int clk_i = 0, rx_i = 1, tx_o = 1;
};

/// Bytes that came from a UART's bits, and what was none.
std::pair<Bytes, std::uint64_t> heard(const std::vector<int>& bits) {
  Levels top(bits);
  lacuna_host::UartPins<Levels> pins(top, kDivisor, kMost, kMillisecond);
  const lacuna_port port = pins.port();
  Bytes bytes(16);
  bytes.resize(static_cast<std::size_t>(port.receive(port.context, bytes.data(), 16, 20)));
  pins.port().receive(&pins, nullptr, 0, 20);
  return {bytes, pins.framing_errors()};
}

TEST(HostUart, HearsFramesAndCountsWhatIsNone) {
  EXPECT_EQ(heard({0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 1}), std::pair(Bytes{5}, std::uint64_t{0}));
  EXPECT_EQ(heard({0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}).first, Bytes{})
      << "without a stop bit";
  EXPECT_GE(heard({0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}).second, 1U);
}

TEST(HostMutants, AreCaught) {
  EXPECT_FALSE(Bench<Vhost_polynomial>().identifies());
  EXPECT_FALSE(Bench<Vhost_held>().keeps_the_last_byte_back());
  EXPECT_FALSE(Bench<Vhost_patience>().forgets_a_cut_frame());
  EXPECT_FALSE(Bench<Vhost_position>().refuses_an_input_out_of_place());
  EXPECT_FALSE(Bench<Vhost_busy>().refuses_a_write_while_it_runs());
}

TEST(HostMutants, AreTheBoardOtherwise) {
  Bench<Vhost> board;
  EXPECT_TRUE(board.identifies());
  EXPECT_TRUE(board.keeps_the_last_byte_back());
  EXPECT_TRUE(board.forgets_a_cut_frame());
  EXPECT_TRUE(board.refuses_an_input_out_of_place());
  EXPECT_TRUE(board.refuses_a_write_while_it_runs());
}

}  // namespace
}  // namespace lacuna::sim
