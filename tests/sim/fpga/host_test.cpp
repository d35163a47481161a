// SPDX-License-Identifier: Apache-2.0
// The host's protocol: what the driver and the board do with damaged, lost and untimely bytes. The
// board is rtl/board/lac_host.v with the core of tb/board/lac_host_tb.v.
#include <gmock/gmock.h>

#include <cstdint>
#include <numeric>
#include <vector>

#include "Vhost.h"
#include "Vhost_mutant.h"
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

template <typename Top>
struct Bench {
  Top top;
  lacuna_host::UartPins<Top> pins{top, kDivisor, kMost, kMillisecond};
  lacuna_port port = pins.port();
};

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

class HostTest : public ::testing::Test {
 protected:
  /// Everything that the board answers until it has been silent for a while.
  Bytes answer_to(const Bytes& bytes) {
    bench_.port.send(bench_.port.context, bytes.data(), bytes.size());
    Bytes all;
    std::uint8_t byte = 0;
    while (bench_.port.receive(bench_.port.context, &byte, 1, kSilence) == 1) all.push_back(byte);
    return all;
  }
  int status_of(const Bytes& bytes) {
    const Bytes answer = answer_to(bytes);
    return answer.size() < 2 || answer[0] != 0x5A ? LACUNA_NO_ANSWER : answer[1];
  }
  std::uint8_t read(std::uint16_t address) {
    std::uint8_t byte = 0;
    EXPECT_EQ(lacuna_read(&bench_.port, address, &byte, 1), LACUNA_OK);
    return byte;
  }
  static Bytes counted(std::size_t count) {
    Bytes bytes(count);
    std::iota(bytes.begin(), bytes.end(), static_cast<std::uint8_t>(1));
    return bytes;
  }
  static std::uint8_t sum(const Bytes& bytes) {
    return std::accumulate(
        bytes.begin(), bytes.end(), std::uint8_t{0},
        [](std::uint8_t a, std::uint8_t b) { return static_cast<std::uint8_t>(a + b); });
  }

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
    ASSERT_EQ(lacuna_finish(&bench_.port, result.data(), result.size(), &clocks), LACUNA_OK);
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

TEST_F(HostTest, SaysThatABodyIsDamaged) {
  const Bytes body = framed(1, 3, 2, {70, 80});
  for (std::size_t bit = 7 * 8; bit < body.size() * 8; ++bit) {
    Bytes damaged = body;
    damaged[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    ASSERT_EQ(status_of(damaged), LACUNA_BAD_CHECKSUM) << "bit " << bit;
  }
  EXPECT_EQ(status_of(body), LACUNA_OK);
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

TEST_F(HostTest, IsBusyUntilTheResultIsThere) {
  const Bytes inputs = counted(kInputs);
  ASSERT_EQ(lacuna_begin(&bench_.port, inputs.data(), inputs.size()), LACUNA_OK);
  EXPECT_EQ(lacuna_begin(&bench_.port, inputs.data(), inputs.size()), LACUNA_BUSY);
  // A frame at once, without the silence that answer_to() waits for.
  const Bytes write = framed(1, 0, 1, {9});
  Bytes answer(6);
  bench_.port.send(bench_.port.context, write.data(), write.size());
  for (std::uint8_t& byte : answer) bench_.port.receive(bench_.port.context, &byte, 1, kSilence);
  EXPECT_EQ(answer[1], LACUNA_BUSY);
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

/// Turns a bit now and then, both ways, and swallows a byte.
struct Noise {
  lacuna_port below;
  golden::Random random{7};
  int damaged = 0;

  bool strikes() { return random.integer(0, 499) == 0; }
  lacuna_port port() { return {this, send, receive}; }

  static int send(void* context, const std::uint8_t* bytes, std::size_t count) {
    auto& noise = *static_cast<Noise*>(context);
    Bytes sent;
    for (std::size_t at = 0; at < count; ++at) {
      if (!noise.strikes()) {
        sent.push_back(bytes[at]);
        continue;
      }
      ++noise.damaged;
      if (noise.random.integer(0, 3) != 0)
        sent.push_back(bytes[at] ^ static_cast<std::uint8_t>(1 << noise.random.integer(0, 7)));
    }
    return noise.below.send(noise.below.context, sent.data(), sent.size());
  }
  static int receive(void* context, std::uint8_t* bytes, std::size_t count, unsigned milliseconds) {
    auto& noise = *static_cast<Noise*>(context);
    const int received = noise.below.receive(noise.below.context, bytes, count, milliseconds);
    for (int at = 0; at < received; ++at) {
      if (noise.strikes()) {
        ++noise.damaged;
        bytes[at] ^= static_cast<std::uint8_t>(1 << noise.random.integer(0, 7));
      }
    }
    return received;
  }
};

TEST_F(HostTest, InfersRightOverANoisyLine) {
  const Bytes memory = counted(256);
  ASSERT_EQ(lacuna_write(&bench_.port, 0, memory.data(), memory.size()), LACUNA_OK);
  Noise noise{bench_.port};
  const lacuna_port port = noise.port();
  int right = 0, given_up = 0;
  for (int image = 0; image < 300; ++image) {
    Bytes inputs(kInputs), result(kResults);
    for (std::uint8_t& byte : inputs)
      byte = static_cast<std::uint8_t>(noise.random.integer(0, 255));
    if (lacuna_begin(&port, inputs.data(), inputs.size()) != LACUNA_OK ||
        lacuna_finish(&port, result.data(), result.size(), nullptr) != LACUNA_OK) {
      ++given_up;
      lacuna_reset(&bench_.port);
      continue;
    }
    ++right;
    for (std::size_t at = 0; at < kResults; ++at)
      ASSERT_EQ(result[at], static_cast<std::uint8_t>(memory[at] + sum(inputs)))
          << "image " << image;
  }
  EXPECT_GT(noise.damaged, 200);
  EXPECT_GT(right, 3 * given_up) << given_up << " inferences were given up";
}

TEST(HostMutant, AnotherPolynomialIsNotUnderstood) {
  Bench<Vhost_mutant> bench;
  lacuna_identity board{};
  EXPECT_NE(lacuna_identify(&bench.port, &board), LACUNA_OK);
}

}  // namespace
}  // namespace lacuna::sim
