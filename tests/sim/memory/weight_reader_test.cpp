// SPDX-License-Identifier: Apache-2.0
// Commands become bursts within pages, and words come back in order, none early, none twice.
#include "sim/memory/weight_reader.h"

#include <gtest/gtest.h>

#include <cstring>

#include "golden/error.h"
#include "sim/common/systemc_context.h"

namespace lacuna::sim {
namespace {

constexpr std::uint32_t kBase = 0x1000;
constexpr int kWordBytes = 24;

struct Bench {
  explicit Bench(const MemoryTiming& timing, double stall = 0)
      : image(make_image()),
        dram("dram", timing, kBase, image),
        reader("reader", timing, kWordBytes, stall, 7) {
    reader.socket.bind(dram.socket);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);  // ends elaboration
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
  }

  static std::vector<std::uint8_t> make_image() {
    std::vector<std::uint8_t> bytes(16384);
    for (std::size_t k = 0; k < bytes.size(); ++k)
      bytes[k] = static_cast<std::uint8_t>(k * 7 + k / 256);
    return bytes;
  }

  /// Takes `count` words as fast as they come. @return the cycle of each
  std::vector<std::uint64_t> take(std::size_t count, std::vector<Beat>& words) {
    std::vector<std::uint64_t> cycles;
    for (std::uint64_t cycle = 0; cycles.size() < count && cycle < 10000; ++cycle) {
      Beat beat{};
      if (!reader.offer(cycle, beat)) continue;
      reader.taken();
      cycles.push_back(cycle);
      words.push_back(beat);
    }
    return cycles;
  }

  SystemcContext context;
  std::vector<std::uint8_t> image;
  Dram dram;
  WeightReader reader;
};

TEST(WeightReader, GivesTheWordsOfItsCommandsInOrder) {
  Bench bench({});
  bench.reader.put(0, kBase + 64, 3);
  bench.reader.put(0, kBase + 1024, 2);
  std::vector<Beat> words;
  bench.take(5, words);
  ASSERT_EQ(words.size(), 5u);
  const std::size_t offsets[] = {64, 88, 112, 1024, 1048};
  for (std::size_t k = 0; k < 5; ++k)
    EXPECT_EQ(std::memcmp(words[k].data(), &bench.image[offsets[k]], kWordBytes), 0) << k;
  EXPECT_TRUE(bench.reader.idle());
}

TEST(WeightReader, SplitsAtPagesAndStillDeliversAWordACycle) {
  MemoryTiming timing;
  timing.latency = 9;
  Bench bench(timing);
  bench.reader.put(0, kBase + 4096 - 64, 16);
  EXPECT_EQ(bench.dram.bursts(), 2u);
  EXPECT_EQ(bench.dram.beats(), 12u);
  std::vector<Beat> words;
  const auto cycles = bench.take(16, words);
  ASSERT_EQ(cycles.size(), 16u);
  for (std::size_t k = 0; k < 16; ++k) EXPECT_EQ(cycles[k], 9 + k);
}

TEST(WeightReader, OfferedWordStaysUntilTaken) {
  Bench bench({}, 0.9);
  bench.reader.put(0, kBase, 1);
  Beat beat{};
  std::uint64_t cycle = 0;
  while (!bench.reader.offer(cycle, beat)) ++cycle;
  for (int k = 0; k < 50; ++k) EXPECT_TRUE(bench.reader.offer(++cycle, beat));
}

TEST(WeightReader, CommandBehindMemoryIsACheckFailure) {
  Bench bench({});
  EXPECT_THROW(bench.reader.put(0, kBase + 16384, 4), CheckFailed);
  EXPECT_THROW(bench.reader.put(0, kBase + 8, 4), CheckFailed) << "not aligned to the port";
  EXPECT_THROW(bench.reader.put(0, kBase, 0), CheckFailed);
}

}  // namespace
}  // namespace lacuna::sim
