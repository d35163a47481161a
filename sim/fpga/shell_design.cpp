// SPDX-License-Identifier: Apache-2.0
#include "sim/fpga/shell_design.h"

#include <fmt/format.h>

#include <algorithm>

#include "golden/error.h"
#include "sim/silicon/synthesis.h"

namespace lacuna::sim {
namespace {

constexpr int kStreamBits = 32;     ///< of the boards' streams: a word a beat
constexpr std::size_t kPage = 128;  ///< records begin at multiples of the widest bus

/// An engine's beat as beats of the stream, lowest bits first.
void append_words(std::vector<std::uint32_t>& words, const std::vector<Beat>& beats, int bits) {
  for (const Beat& beat : beats) {
    for (int at = 0; at < (bits + kStreamBits - 1) / kStreamBits; ++at)
      words.push_back(beat[static_cast<std::size_t>(at)]);
  }
}

/// Appends bytes at the next multiple of kPage. @return their byte address
/// @throws Error when they end beyond the shell's addresses
std::uint32_t append_memory(ShellDesign& design, const std::vector<std::uint8_t>& bytes) {
  constexpr std::uint64_t kAddresses = std::uint64_t{1} << 32;
  design.memory.resize((design.memory.size() + kPage - 1) / kPage * kPage, 0);
  const std::uint64_t at = design.base + std::uint64_t{design.memory.size()};
  if (at + bytes.size() > kAddresses) {
    throw Error("the network",
                fmt::format("takes more than the 32 bits of addresses from {:#x} on", design.base),
                "choose a smaller network");
  }
  design.memory.insert(design.memory.end(), bytes.begin(), bytes.end());
  return static_cast<std::uint32_t>(at);
}

template <typename Kind>
bool has(const golden::Bundle& bundle) {
  return std::any_of(bundle.layers.begin(), bundle.layers.end(),
                     [](const auto& layer) { return std::holds_alternative<Kind>(layer); });
}

}  // namespace

void add_runs(ShellDesign& design, const std::string& layer, const ShellWork& work,
              const std::vector<std::vector<Beat>>& y) {
  design.kind = static_cast<int>(work.kind);
  const std::uint32_t weights = append_memory(design, work.weights);
  const std::uint32_t records = append_memory(design, work.records);
  for (std::size_t at = 0; at < work.jobs.size(); ++at) {
    const ShellJob& job = work.jobs[at];
    const std::string difference = job.difference(y[at]);
    if (!difference.empty()) throw CheckFailed("golden's own packet: " + difference);
    ShellRun run;
    run.layer = layer;
    run.records = records;
    run.record_bytes = static_cast<std::uint32_t>(work.records.size());
    run.settings = job.settings;
    if (!work.weights.empty()) run.settings.weight_base = weights;
    append_words(run.x, job.x, work.x_bits);
    append_words(run.y, y[at], work.y_bits);
    design.runs.push_back(std::move(run));
  }
}

int example_steps(const golden::Bundle& bundle) {
  constexpr int kSteps = 2;
  return has<golden::LstmLayer>(bundle) ? kSteps : 0;
}

ShellDesign make_shell_design(const golden::Bundle& bundle, const std::string& file,
                              const NetworkInput& input, std::uint64_t seed,
                              const ShellRoom& room) {
  ShellDesign design;
  design.base = room.base;
  if (has<golden::LstmLayer>(bundle)) {
    design_lstm(design, bundle, file, input, room);
  } else if (has<golden::FcLayer>(bundle)) {
    design_fc(design, bundle, file, input, room);
  } else if (has<golden::ScLayer>(bundle)) {
    design_sc(design, bundle, file, input, seed, room);
  } else {
    throw Error(file, "has no layer that an engine runs");
  }
  design.parameters["BusWidth"] = room.bus_bits;
  design.parameters["StreamWidth"] = kStreamBits;
  design.sources = rtl_files("shell/" + design.top + ".f");
  const std::size_t beat = static_cast<std::size_t>(room.bus_bits) / 8;
  design.memory.resize((design.memory.size() + beat - 1) / beat * beat, 0);
  return design;
}

}  // namespace lacuna::sim
