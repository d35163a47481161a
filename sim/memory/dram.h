// SPDX-License-Identifier: Apache-2.0
// Main memory as a TLM-2.0 target: an image of bytes behind a port with a bandwidth, a latency and
// jitter.
#pragma once

#include <tlm_utils/simple_target_socket.h>

#include <cstdint>
#include <systemc>
#include <tlm>
#include <vector>

#include "golden/random.h"

namespace lacuna::sim {

struct MemoryTiming {
  sc_core::sc_time cycle{5, sc_core::SC_NS};  ///< the port's clock: 200 MHz
  int bytes_per_cycle = 32;                   ///< of the port
  int latency = 1;         ///< cycles from a request to its first beat, at least 1
  int jitter = 0;          ///< up to so many cycles more, at random, a burst
  std::uint64_t seed = 1;  ///< of the jitter
};

/// Answers reads in order. The delay that b_transport returns is that of the burst's last beat;
/// beats before it arrive one a cycle. A burst may not cross a 4 KB page (as AXI forbids), must
/// begin at a multiple of the port's width and lie in memory.
class Dram : public sc_core::sc_module {
 public:
  tlm_utils::simple_target_socket<Dram> socket;

  /// `image` lies at address `base`.
  Dram(const sc_core::sc_module_name& name, const MemoryTiming& timing, std::uint64_t base,
       const std::vector<std::uint8_t>& image);

  std::uint64_t bursts() const { return bursts_; }
  std::uint64_t beats() const { return beats_; }

 private:
  void b_transport(tlm::tlm_generic_payload& burst, sc_core::sc_time& delay);
  tlm::tlm_response_status check(const tlm::tlm_generic_payload& burst) const;

  MemoryTiming timing_;
  std::uint64_t base_;
  std::vector<std::uint8_t> image_;
  golden::Random random_;
  std::uint64_t free_at_ = 0;  // cycle in which the port can carry the next beat
  std::uint64_t bursts_ = 0, beats_ = 0;
};

inline constexpr std::uint64_t kPageBytes = 4096;

}  // namespace lacuna::sim
