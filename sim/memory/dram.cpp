// SPDX-License-Identifier: Apache-2.0
#include "sim/memory/dram.h"

#include <algorithm>
#include <cstring>

namespace lacuna::sim {

Dram::Dram(const sc_core::sc_module_name& name, const MemoryTiming& timing, std::uint64_t base,
           const std::vector<std::uint8_t>& image)
    : sc_module(name),
      socket("socket"),
      timing_(timing),
      base_(base),
      image_(image),
      random_(timing.seed) {
  // The last beat of a burst is whole even where the image ends inside it.
  const auto beat = static_cast<std::size_t>(timing_.bytes_per_cycle);
  image_.resize((image_.size() + beat - 1) / beat * beat, 0);
  socket.register_b_transport(this, &Dram::b_transport);
}

tlm::tlm_response_status Dram::check(const tlm::tlm_generic_payload& burst) const {
  const std::uint64_t address = burst.get_address();
  const std::uint64_t length = burst.get_data_length();
  if (burst.get_command() != tlm::TLM_READ_COMMAND) return tlm::TLM_COMMAND_ERROR_RESPONSE;
  if (burst.get_byte_enable_ptr() != nullptr) return tlm::TLM_BYTE_ENABLE_ERROR_RESPONSE;
  if (length == 0 || address / kPageBytes != (address + length - 1) / kPageBytes)
    return tlm::TLM_BURST_ERROR_RESPONSE;
  if (address % static_cast<std::uint64_t>(timing_.bytes_per_cycle) != 0 || address < base_ ||
      address - base_ + length > image_.size()) {
    return tlm::TLM_ADDRESS_ERROR_RESPONSE;
  }
  return tlm::TLM_OK_RESPONSE;
}

void Dram::b_transport(tlm::tlm_generic_payload& burst, sc_core::sc_time& delay) {
  burst.set_response_status(check(burst));
  if (!burst.is_response_ok()) return;
  std::memcpy(burst.get_data_ptr(), image_.data() + (burst.get_address() - base_),
              burst.get_data_length());

  const auto width = static_cast<unsigned>(timing_.bytes_per_cycle);
  const std::uint64_t beats = (burst.get_data_length() + width - 1) / width;
  const std::uint64_t now = (sc_core::sc_time_stamp() + delay).value() / timing_.cycle.value();
  std::uint64_t first = now + static_cast<std::uint64_t>(timing_.latency);
  if (timing_.jitter > 0) first += static_cast<std::uint64_t>(random_.integer(0, timing_.jitter));
  first = std::max(first, free_at_);
  free_at_ = first + beats;
  delay += timing_.cycle * static_cast<double>(first + beats - 1 - now);
  ++bursts_;
  beats_ += beats;
}

}  // namespace lacuna::sim
