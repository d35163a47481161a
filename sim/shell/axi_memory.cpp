// SPDX-License-Identifier: Apache-2.0
#include "sim/shell/axi_memory.h"

#include <algorithm>
#include <cstring>
#include <vector>

namespace lacuna::sim {

AxiMemory::AxiMemory(const sc_core::sc_module_name& name, const AxiMemoryOptions& options)
    : sc_module(name),
      socket("socket"),
      options_(options),
      ar_stall_(options.stall, options.seed),
      r_stall_(options.stall, options.seed + 1),
      random_(options.seed + 2) {
  burst_.set_command(tlm::TLM_READ_COMMAND);
  burst_.set_byte_enable_ptr(nullptr);
  burst_.set_dmi_allowed(false);
}

void AxiMemory::accept(std::uint64_t cycle, const AxiReadOut& request) {
  const auto width = static_cast<std::uint32_t>(options_.timing.bytes_per_cycle);
  const std::uint32_t beats = request.arlen + 1;
  std::vector<std::uint8_t> bytes(std::size_t{beats} * width);
  burst_.set_address(request.araddr);
  burst_.set_data_ptr(bytes.data());
  burst_.set_data_length(static_cast<unsigned>(bytes.size()));
  burst_.set_streaming_width(static_cast<unsigned>(bytes.size()));
  burst_.set_response_status(tlm::TLM_INCOMPLETE_RESPONSE);
  sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
  socket->b_transport(burst_, delay);
  // No memory at this address: DECERR for each beat, after the latency of any.
  const bool missing = !burst_.is_response_ok();
  if (missing) delay = options_.timing.cycle * static_cast<double>(options_.timing.latency);
  const std::uint64_t last = cycle + delay.value() / options_.timing.cycle.value() +
                             static_cast<std::uint64_t>(random_.integer(0, options_.lateness));
  for (std::uint32_t at = 0; at < beats; ++at) {
    Answer answer;
    answer.beat.rvalid = true;
    answer.beat.rid = request.arid;
    answer.beat.rlast = at + 1 == beats;
    answer.beat.rresp = missing ? kDecodeError : kOkay;
    if (!missing)
      std::memcpy(answer.beat.rdata.data(), bytes.data() + std::size_t{at} * width, width);
    const auto fault = options_.faults.find(request.araddr + std::uint64_t{at} * width);
    if (fault != options_.faults.end()) {
      if (fault->second == MemoryFault::kSlverr) answer.beat.rresp = kSlaveError;
      if (fault->second == MemoryFault::kWrongLast) answer.beat.rlast = !answer.beat.rlast;
    }
    const std::uint64_t back = beats - 1 - at;
    answer.due = std::max(last > back ? last - back : 0, cycle + 1);
    answers_[request.arid & 1].push_back(answer);
  }
}

void AxiMemory::reset() {
  for (auto& answers : answers_) answers.clear();
  offered_ = false;
}

void AxiMemory::drive_port(std::uint64_t cycle, AxiReadIn& in) {
  const bool arready = !ar_stall_.now();
  if (!offered_ && !r_stall_.now()) {
    // Any ID whose next beat has come may answer: beats of two bursts interleave.
    std::array<bool, 2> due{};
    for (std::size_t id = 0; id < 2; ++id)
      due[id] = !answers_[id].empty() && answers_[id].front().due <= cycle;
    if (due[0] || due[1]) {
      const bool second = due[1] && (!due[0] || random_.chance(0.5));
      in = answers_[second ? 1 : 0].front().beat;
      offered_ = true;
    }
  }
  in.rvalid = offered_;
  in.arready = arready;
}

void AxiMemory::observe_port(std::uint64_t cycle, const AxiReadIn& in, const AxiReadOut& out) {
  if (in.rvalid && out.rready) {
    answers_[in.rid].pop_front();
    offered_ = false;
  }
  if (out.arvalid && in.arready) accept(cycle, out);
}

}  // namespace lacuna::sim
