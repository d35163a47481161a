// SPDX-License-Identifier: Apache-2.0
// The memory model as an AXI slave would behave: order, latency, bandwidth, and what it refuses.
#include "sim/memory/dram.h"

#include <gtest/gtest.h>
#include <tlm_utils/simple_initiator_socket.h>

#include <memory>

#include "sim/common/systemc_context.h"

namespace lacuna::sim {
namespace {

constexpr std::uint64_t kBase = 0x1000;

class Reader : public sc_core::sc_module {
 public:
  tlm_utils::simple_initiator_socket<Reader> socket;
  explicit Reader(const sc_core::sc_module_name& name) : sc_module(name), socket("socket") {}
};

/// A memory of 16 KiB whose byte k holds k mod 251, and a reader.
class DramTest : public testing::Test {
 protected:
  void build(const MemoryTiming& timing) {
    reader_.reset();
    dram_.reset();
    context_.reset();
    context_ = std::make_unique<SystemcContext>();
    std::vector<std::uint8_t> image(16384);
    for (std::size_t k = 0; k < image.size(); ++k) image[k] = static_cast<std::uint8_t>(k % 251);
    timing_ = timing;
    dram_ = std::make_unique<Dram>("dram", timing, kBase, image);
    reader_ = std::make_unique<Reader>("reader");
    reader_->socket.bind(dram_->socket);
    sc_core::sc_start(sc_core::SC_ZERO_TIME);  // ends elaboration
    sc_core::sc_start(sc_core::SC_ZERO_TIME);
  }

  /// Reads at time 0. @return cycles to the last beat
  std::uint64_t read(std::uint64_t address, unsigned bytes) {
    data_.assign(bytes, 0);
    burst_.set_command(tlm::TLM_READ_COMMAND);
    burst_.set_address(address);
    burst_.set_data_ptr(data_.data());
    burst_.set_data_length(bytes);
    burst_.set_byte_enable_ptr(nullptr);
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    reader_->socket->b_transport(burst_, delay);
    return delay.value() / timing_.cycle.value();
  }

  std::unique_ptr<SystemcContext> context_;
  MemoryTiming timing_;
  std::unique_ptr<Dram> dram_;
  std::unique_ptr<Reader> reader_;
  tlm::tlm_generic_payload burst_;
  std::vector<unsigned char> data_;
};

TEST_F(DramTest, ReturnsTheBytesAtTheAddress) {
  build({});
  read(kBase + 512, 64);
  ASSERT_TRUE(burst_.is_response_ok());
  for (std::size_t k = 0; k < data_.size(); ++k) EXPECT_EQ(data_[k], (512 + k) % 251);
}

TEST_F(DramTest, FirstBeatComesAfterTheLatencyAndTheOthersOneACycle) {
  MemoryTiming timing;
  timing.latency = 20;
  timing.bytes_per_cycle = 32;
  build(timing);
  EXPECT_EQ(read(kBase, 32), 20u);
  EXPECT_EQ(read(kBase + 32, 384), 20u + 12u)
      << "the second burst waits for the port, not for a second latency";
}

TEST_F(DramTest, HalfTheBandwidthTakesTwiceTheBeats) {
  MemoryTiming timing;
  timing.bytes_per_cycle = 16;
  build(timing);
  EXPECT_EQ(read(kBase, 384), 1u + 23u);
  EXPECT_EQ(dram_->beats(), 24u);
}

TEST_F(DramTest, JitterIsTheSameForTheSameSeed) {
  const auto delays = [this](std::uint64_t seed) {
    MemoryTiming timing;
    timing.jitter = 50;
    timing.seed = seed;
    build(timing);
    std::vector<std::uint64_t> run;
    for (unsigned k = 0; k < 20; ++k) run.push_back(read(kBase + 32 * k, 32));
    return run;
  };
  const auto first = delays(5);
  EXPECT_EQ(first, delays(5));
  EXPECT_NE(first, delays(6));
}

TEST_F(DramTest, RefusesWhatABusForbids) {
  build({});
  read(kBase + 4096 - 32, 64);
  EXPECT_EQ(burst_.get_response_status(), tlm::TLM_BURST_ERROR_RESPONSE) << "crosses a page";
  read(kBase + 4, 32);
  EXPECT_EQ(burst_.get_response_status(), tlm::TLM_ADDRESS_ERROR_RESPONSE) << "not aligned";
  read(kBase + 16384, 32);
  EXPECT_EQ(burst_.get_response_status(), tlm::TLM_ADDRESS_ERROR_RESPONSE) << "behind the end";
  read(kBase - 32, 32);
  EXPECT_EQ(burst_.get_response_status(), tlm::TLM_ADDRESS_ERROR_RESPONSE)
      << "before the beginning";
}

}  // namespace
}  // namespace lacuna::sim
