// SPDX-License-Identifier: Apache-2.0
// Two read channels on one port, both at work: whatever order and interleaving memory answers in,
// each gets the words of its commands in order.
#include <gtest/gtest.h>

#include "Vread_pair.h"
#include "golden/error.h"
#include "sim/common/clocked_engine.h"
#include "sim/common/systemc_context.h"
#include "sim/common/verilated_top.h"
#include "sim/shell/axi_checker.h"
#include "sim/shell/axi_memory.h"

namespace lacuna::sim {
namespace {

constexpr std::uint64_t kBase = 0x2F00;
constexpr int kBusBytes = 8, kMaxBurst = 8;
constexpr int kWordBytes[] = {6, 20};  // of the bench's defaults
constexpr std::uint64_t kTransactions = 10'000;

/// Sends random commands on both channels and compares every word.
class ReadPair : public ClockedEngine {
 public:
  ReadPair(const sc_core::sc_module_name& name, const std::vector<std::uint8_t>& image,
           AxiMemory& memory, std::uint64_t seed)
      : ClockedEngine(name),
        checker(kBusBytes, kMaxBurst),
        top_(seed),
        image_(image),
        memory_(memory),
        random_(seed) {}

  AxiReadChecker checker;
  std::uint64_t words = 0;

 private:
  struct Channel {
    bool offered = false, ready = false;
    std::uint32_t address = 0, bytes = 0;
    std::deque<std::uint8_t> expected;
  };

  void draw(std::size_t number, Channel& channel) {
    if (channel.offered || !random_.chance(0.4)) return;
    const int width = kWordBytes[number];
    const auto count = static_cast<std::uint32_t>(random_.chance(0.1) ? random_.integer(100, 300)
                                                                      : random_.integer(1, 12));
    channel.bytes = count * static_cast<std::uint32_t>(width);
    const auto slots = static_cast<std::int64_t>((image_.size() - channel.bytes) / kBusBytes);
    channel.address = static_cast<std::uint32_t>(kBase) +
                      kBusBytes * static_cast<std::uint32_t>(random_.integer(0, slots));
    channel.offered = true;
  }

  template <typename Pin>
  void compare(std::size_t number, const Pin& pin) {
    Beat word{};
    get(pin, word);
    auto& expected = channels_[number].expected;
    for (int at = 0; at < kWordBytes[number]; ++at) {
      const auto got =
          static_cast<std::uint8_t>(word[static_cast<std::size_t>(at / 4)] >> at % 4 * 8);
      if (expected.empty() || expected.front() != got)
        throw CheckFailed("read pair: another byte of channel " + std::to_string(number));
      expected.pop_front();
    }
    ++words;
  }

  void cycle(std::uint64_t now) override {
    auto& pins = top_.pins();
    pins.clk_i = 0;
    pins.rst_ni = now > 3;
    pins.clear_i = 0;
    AxiReadIn in = in_;
    if (now > 3) {
      memory_.drive_port(now, in);
      for (std::size_t number = 0; number < 2; ++number) {
        draw(number, channels_[number]);
        channels_[number].ready = random_.chance(0.6);
      }
    }
    in_ = in;
    pins.cmd_valid_i = static_cast<CData>(channels_[0].offered | channels_[1].offered << 1);
    pins.cmd_addr0_i = channels_[0].address;
    pins.cmd_bytes0_i = channels_[0].bytes;
    pins.cmd_addr1_i = channels_[1].address;
    pins.cmd_bytes1_i = channels_[1].bytes;
    pins.word_ready_i = static_cast<CData>(channels_[0].ready | channels_[1].ready << 1);
    pins.arready = in.arready;
    pins.rvalid = in.rvalid;
    pins.rid = static_cast<CData>(in.rid);
    put(pins.rdata, in.rdata);
    pins.rresp = static_cast<CData>(in.rresp);
    pins.rlast = in.rlast;
    top_.eval();
    if (now > 3) {
      AxiReadOut out;
      out.arvalid = pins.arvalid;
      out.rready = true;
      out.arid = pins.arid;
      out.araddr = pins.araddr;
      out.arlen = pins.arlen;
      out.arsize = 3;
      out.arburst = 1;
      checker.check(in, out);
      memory_.observe_port(now, in, out);
      for (std::size_t number = 0; number < 2; ++number) {
        Channel& channel = channels_[number];
        if (channel.offered && (pins.cmd_ready_o >> number & 1) != 0) {
          const auto first = image_.begin() + (channel.address - static_cast<std::uint32_t>(kBase));
          channel.expected.insert(channel.expected.end(), first, first + channel.bytes);
          channel.offered = false;
        }
      }
      if ((pins.word_valid_o & 1) != 0 && channels_[0].ready) compare(0, pins.word0_o);
      if ((pins.word_valid_o & 2) != 0 && channels_[1].ready) compare(1, pins.word1_o);
    }
    pins.clk_i = 1;
    top_.eval();
    if (checker.bursts() >= kTransactions) sc_core::sc_stop();
    if (now > 100 * kTransactions) throw CheckFailed("read pair: stuck");
  }

  VerilatedTop<Vread_pair> top_;
  const std::vector<std::uint8_t>& image_;
  AxiMemory& memory_;
  golden::Random random_;
  Channel channels_[2];
  AxiReadIn in_;
};

TEST(ReadPair, WordsAreRightWhileMemoryAnswersOutOfOrder) {
  const std::uint64_t seed = 20'250'712;
  std::cout << "seed " << seed << '\n';
  golden::Random random(seed);
  std::vector<std::uint8_t> image(40'000);
  for (auto& byte : image) byte = static_cast<std::uint8_t>(random.bits());

  AxiMemoryOptions options;
  options.timing.bytes_per_cycle = kBusBytes;
  options.timing.latency = 8;
  options.timing.jitter = 20;
  options.timing.seed = seed;
  options.stall = 0.3;
  options.lateness = 40;
  options.seed = seed + 1;

  const SystemcContext context;
  sc_core::sc_clock clock("clock", options.timing.cycle);
  Dram dram("dram", options.timing, kBase, image);
  AxiMemory memory("memory", options);
  memory.socket.bind(dram.socket);
  ReadPair pair("pair", image, memory, seed);
  pair.clk_i(clock);
  simulate();
  ASSERT_NO_THROW(pair.rethrow());
  std::cout << pair.checker.bursts() << " bursts, " << pair.words << " words, "
            << pair.checker.overtaken() << " bursts overtaken, " << pair.checker.interleaved()
            << " beats between those of the other\n";
  EXPECT_GE(pair.checker.bursts(), kTransactions);
  EXPECT_GT(pair.checker.overtaken(), 100u) << "memory answered in order: nothing was tested";
  EXPECT_GT(pair.checker.interleaved(), 1000u);
}

}  // namespace
}  // namespace lacuna::sim
