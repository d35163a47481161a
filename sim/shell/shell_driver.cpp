// SPDX-License-Identifier: Apache-2.0
#include "sim/shell/shell_driver.h"

#include <fmt/format.h>

#include "golden/error.h"
#include "sim/shell/registers.h"

namespace lacuna::sim {
namespace {

constexpr std::uint32_t kAllInterrupts = LAC_SHELL_INTERRUPT_STATUS_DONE |
                                         LAC_SHELL_INTERRUPT_STATUS_LOADED |
                                         LAC_SHELL_INTERRUPT_STATUS_ERROR;
constexpr std::uint32_t kAllErrors = 0xFFFFFFFF;
constexpr int kPatience = 20'000;  ///< reads of `status` until what has not come comes no more

}  // namespace

std::uint32_t ShellDriver::get(std::uint32_t offset) {
  const auto value = bus_.read(offset);
  if (!value) throw CheckFailed(fmt::format("shell: no register can be read at {:#x}", offset));
  return *value;
}

void ShellDriver::put(std::uint32_t offset, std::uint32_t value) {
  if (!bus_.write(offset, value))
    throw CheckFailed(fmt::format("shell: no register can be written at {:#x}", offset));
}

void ShellDriver::identify(std::uint32_t kind) {
  if (get(LAC_SHELL_ID) != LAC_SHELL_ID_VALUE || get(LAC_SHELL_VERSION) != LAC_SHELL_VERSION_VALUE)
    throw CheckFailed("shell: another identification or version");
  const std::uint32_t engine = get(LAC_SHELL_ENGINE);
  if ((engine & LAC_SHELL_ENGINE_KIND) != kind)
    throw CheckFailed(fmt::format("shell: engine {}, expected {}", engine & 0xF, kind));
  put(LAC_SHELL_INTERRUPT_ENABLE, kAllInterrupts);
}

bool ShellDriver::finished(std::uint32_t good) {
  bus_.wait_interrupt();
  const std::uint32_t raised = get(LAC_SHELL_INTERRUPT_STATUS);
  put(LAC_SHELL_INTERRUPT_STATUS, raised);
  return raised == good;
}

bool ShellDriver::load(std::uint32_t address, std::uint32_t bytes) {
  put(LAC_SHELL_LOAD_ADDRESS, address);
  put(LAC_SHELL_LOAD_BYTES, bytes);
  put(LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_LOAD);
  return finished(LAC_SHELL_INTERRUPT_STATUS_LOADED);
}

void ShellDriver::configure(const ShellSettings& settings) {
  for (std::size_t word = 0; word < settings.config.size(); ++word)
    put(LAC_SHELL_CONFIG(static_cast<std::uint32_t>(word)), settings.config[word]);
  put(LAC_SHELL_WEIGHT_BASE, settings.weight_base);
  put(LAC_SHELL_COUNT, settings.count);
}

void ShellDriver::start() { put(LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_START); }

bool ShellDriver::wait() { return finished(LAC_SHELL_INTERRUPT_STATUS_DONE); }

std::uint32_t ShellDriver::status() { return get(LAC_SHELL_STATUS); }

ShellErrors ShellDriver::errors() {
  return {get(LAC_SHELL_ERROR_STATUS), get(LAC_SHELL_ERROR_ADDRESS)};
}

ShellCycles ShellDriver::cycles() {
  ShellCycles cycles{};
  for (std::uint32_t at = 0; at < cycles.size(); ++at) {
    const std::uint64_t low = get(LAC_SHELL_CYCLES(2 * at));
    cycles[at] = std::uint64_t{get(LAC_SHELL_CYCLES(2 * at + 1))} << 32 | low;
  }
  return cycles;
}

void ShellDriver::recover() {
  put(LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_CLEAR);
  if (!ends([](std::uint32_t status) { return (status & LAC_SHELL_STATUS_IDLE) == 0; }))
    throw CheckFailed("shell: a clear does not come to its end: is y taken?");
  const auto dropping = [](std::uint32_t status) {
    return (status & LAC_SHELL_STATUS_DROPPING) != 0;
  };
  if (!ends(dropping)) {
    // The rest of the cut packet does not come: without this it would be taken from the next one.
    put(LAC_SHELL_CONTROL, LAC_SHELL_CONTROL_CLEAR);
    if (!ends([&](std::uint32_t status) {
          return dropping(status) || (status & LAC_SHELL_STATUS_IDLE) == 0;
        }))
      throw CheckFailed("shell: a clear does not end the dropping of a packet");
  }
  put(LAC_SHELL_ERROR_STATUS, kAllErrors);
  put(LAC_SHELL_INTERRUPT_STATUS, kAllInterrupts);
}

bool ShellDriver::ends(const std::function<bool(std::uint32_t status)>& state) {
  for (int reads = 0; reads < kPatience; ++reads)
    if (!state(status())) return true;
  return false;
}

}  // namespace lacuna::sim
