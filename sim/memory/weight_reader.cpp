// SPDX-License-Identifier: Apache-2.0
#include "sim/memory/weight_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "golden/error.h"

namespace lacuna::sim {
namespace {

constexpr std::size_t kLongestCommand = 256;  // words; no block of any engine is longer
constexpr std::size_t kRing = 4096;           // words on their way, a power of two

}  // namespace

WeightReader::WeightReader(const sc_core::sc_module_name& name, const MemoryTiming& timing,
                           int word_bytes, double stall, std::uint64_t seed)
    : sc_module(name),
      socket("socket"),
      timing_(timing),
      word_bytes_(static_cast<std::uint32_t>(word_bytes)),
      command_stall_(stall, seed),
      word_stall_(stall, seed + 1),
      column_(kLongestCommand * sizeof(Beat)),
      ring_(kRing) {
  burst_.set_command(tlm::TLM_READ_COMMAND);
  burst_.set_byte_enable_ptr(nullptr);
  burst_.set_dmi_allowed(false);
  beat_due_.reserve(column_.size());
}

bool WeightReader::ready() { return count_ + kLongestCommand <= kRing && !command_stall_.now(); }

void WeightReader::put(std::uint64_t cycle, std::uint32_t address, std::uint32_t words) {
  ++commands_;
  if (words < 1 || words > kLongestCommand) {
    throw CheckFailed(fmt::format("weight command of {} words at {:#x}", words, address));
  }
  // One request a page; the memory takes them in order, so the second follows the first without a
  // gap.
  const std::uint32_t bytes = words * word_bytes_;
  beat_due_.clear();
  std::uint32_t done = 0;
  while (done < bytes) {
    const std::uint64_t from = address + done;
    const auto part = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(bytes - done, kPageBytes - from % kPageBytes));
    burst_.set_data_ptr(column_.data() + done);
    read(cycle, from, part);
    done += part;
  }
  const auto width = static_cast<std::uint32_t>(timing_.bytes_per_cycle);
  for (std::uint32_t word = 0; word < words; ++word) {
    Word& slot = ring_[(head_ + count_++) % kRing];
    std::memcpy(slot.data.data(), column_.data() + word * word_bytes_, word_bytes_);
    slot.due = beat_due_[((word + 1) * word_bytes_ - 1) / width];
  }
}

void WeightReader::read(std::uint64_t cycle, std::uint64_t address, std::uint32_t bytes) {
  burst_.set_address(address);
  burst_.set_data_length(bytes);
  burst_.set_streaming_width(bytes);
  burst_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
  socket->b_transport(burst_, delay);
  if (!burst_.is_response_ok()) {
    throw CheckFailed(fmt::format("weight command of {} bytes at {:#x}: {}", bytes, address,
                                  burst_.get_response_string()));
  }
  const auto width = static_cast<std::uint32_t>(timing_.bytes_per_cycle);
  const std::uint64_t last = cycle + delay.value() / timing_.cycle.value();
  const std::uint32_t beats = (bytes + width - 1) / width;
  for (std::uint32_t beat = 0; beat < beats; ++beat) beat_due_.push_back(last - (beats - 1 - beat));
}

bool WeightReader::offer(std::uint64_t cycle, Beat& data) {
  if (offered_) return true;
  if (count_ == 0 || cycle < ring_[head_].due || word_stall_.now()) return false;
  std::memcpy(data.data(), ring_[head_].data.data(), word_bytes_);
  offered_ = true;
  return true;
}

void WeightReader::taken() {
  offered_ = false;
  head_ = (head_ + 1) % kRing;
  --count_;
  ++words_;
}

void WeightReader::clear() {
  offered_ = false;
  count_ = 0;
}

}  // namespace lacuna::sim
