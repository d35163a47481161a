// SPDX-License-Identifier: Apache-2.0
#include "sim/shell/shell_platform.h"

#include <fmt/format.h>

#include "golden/error.h"
#include "sim/common/systemc_context.h"
#include "sim/shell/registers.h"

namespace lacuna::sim {
namespace {

constexpr std::size_t kStackBytes = std::size_t{1} << 20;

const sc_core::sc_time& period() {
  static const sc_core::sc_time time = MemoryTiming{}.cycle;
  return time;
}

/// Runs the host's program and stops the simulation after it.
class HostThread : public sc_core::sc_module {
 public:
  HostThread(const sc_core::sc_module_name& name, std::function<void()> program)
      : sc_module(name), program_(std::move(program)) {
    SC_HAS_PROCESS(HostThread);
    SC_THREAD(run);
    set_stack_size(kStackBytes);
  }
  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void run() {
    try {
      program_();
    } catch (const sc_core::sc_unwind_exception&) {
      throw;  // the kernel's own
    } catch (const std::exception&) {
      failure_ = std::current_exception();
    }
    sc_core::sc_stop();
  }

  std::function<void()> program_;
  std::exception_ptr failure_;
};

AxiMemoryOptions memory_options(const ShellConfiguration& configuration,
                                const ShellPlatformOptions& options) {
  AxiMemoryOptions memory;
  memory.timing.bytes_per_cycle = configuration.bus_bytes();
  memory.timing.latency = options.latency;
  memory.timing.jitter = options.jitter;
  memory.timing.seed = options.seed;
  memory.stall = options.stall;
  memory.lateness = options.lateness;
  memory.seed = options.seed + 11;
  return memory;
}

/// Weights, then records; both from kWeightBase on. Records begin a beat after a multiple of two,
/// so that bursts of several beats do cross pages unless they are cut.
struct Image {
  Image(const ShellWork& work, std::size_t beat) : bytes(work.weights) {
    bytes.resize((bytes.size() + 2 * beat - 1) / (2 * beat) * 2 * beat + beat, 0);
    records_at = kWeightBase + static_cast<std::uint32_t>(bytes.size());
    bytes.insert(bytes.end(), work.records.begin(), work.records.end());
  }
  std::vector<std::uint8_t> bytes;
  std::uint32_t records_at = 0;
};

/// All modules and their bindings. Each module's randomness is its own.
struct Platform {
  Platform(ShellModel& model, const ShellConfiguration& configuration, const ShellWork& work,
           const ShellPlatformOptions& options, const std::function<void(ShellHost&)>& program)
      : image(work, static_cast<std::size_t>(configuration.bus_bytes())),
        timing(memory_options(configuration, options).timing),
        clock("clock", period()),
        dram("dram", timing, kWeightBase, image.bytes),
        memory("memory", memory_options(configuration, options)),
        bus("bus", options.stall, options.seed + 22, options.patience),
        x("x", configuration.stream_bits, work.x_bits, options.stall, options.seed + 33),
        y("y", configuration.stream_bits, work.y_bits, options.stall, options.seed + 44),
        checker(configuration.bus_bytes(), configuration.max_burst, options.rlast_matters),
        shell("shell", model, checker),
        driver(bus),
        host{driver, bus, x, y, memory, shell, image.records_at},
        thread("host", [this, &program] {
          // What the host asks for in reset is not seen.
          host.wait(2 * ShellModule::kResetCycles);
          program(host);
        }) {
    memory.socket.bind(dram.socket);
    shell.clk_i(clock);
    shell.peers(memory);
    shell.peers(bus);
    shell.peers(x);
    shell.peers(y);
  }

  Image image;
  MemoryTiming timing;
  sc_core::sc_clock clock;
  Dram dram;
  AxiMemory memory;
  AxiLiteMaster bus;
  StreamSource x;
  StreamSink y;
  ShellChecker checker;
  ShellModule shell;
  ShellDriver driver;
  ShellHost host;
  HostThread thread;
};

[[noreturn]] void fail(ShellDriver& driver, const char* what) {
  const ShellErrors errors = driver.errors();
  throw CheckFailed(
      fmt::format("shell: {}: error status {:#x} at {:#x}", what, errors.status, errors.address));
}

}  // namespace

void ShellHost::wait(std::uint64_t cycles) const {
  sc_core::wait(period() * static_cast<double>(cycles));
}

void ShellHost::reset() const {
  module.reset();
  wait(ShellModule::kResetCycles + 1);
}

void ShellHost::play(const ShellJob& job, bool send) {
  driver.configure(job.settings);
  if (send) x.send(job.x);
  driver.start();
  if (!driver.wait()) fail(driver, "run");
  const auto packets = y.packets();
  if (packets.size() != 1 || y.forget() != 0)
    throw CheckFailed(fmt::format("shell: a run gave {} packets", packets.size()));
  const std::string difference = job.difference(packets.front());
  if (!difference.empty()) throw CheckFailed(difference);
  if (x.left() != 0) throw CheckFailed("shell: a run left input over");

  const ShellCycles cycles = driver.cycles();
  std::uint64_t sum = 0;
  for (std::size_t at = 1; at < cycles.size(); ++at) sum += cycles[at];
  for (const auto& [at, expected] : job.exact) {
    if (cycles[static_cast<std::size_t>(at)] != expected)
      throw CheckFailed(fmt::format("shell: {} cycles of class {}, expected {}",
                                    cycles[static_cast<std::size_t>(at)], at, expected));
  }
  // A run's first cycles, before the engine has begun, are of no class.
  if (sum > cycles[0] || sum + 4 < cycles[0])
    throw CheckFailed(fmt::format("shell: {} cycles, {} of all classes", cycles[0], sum));
}

void ShellHost::play(const ShellWork& work) {
  driver.identify(static_cast<std::uint32_t>(work.kind));
  const std::uint32_t record = driver.get(LAC_SHELL_GEOMETRY) >> LAC_SHELL_GEOMETRY_RECORD_SHIFT;
  if (static_cast<int>(record) != work.record_bytes)
    throw CheckFailed(
        fmt::format("shell: records of {} bytes, expected {}", record, work.record_bytes));
  if (!driver.load(records_at, static_cast<std::uint32_t>(work.records.size())))
    fail(driver, "load");
  for (const ShellJob& job : work.jobs) play(job);
}

ShellTraffic run_shell(const ShellConfiguration& configuration, const ShellWork& work,
                       const ShellPlatformOptions& options,
                       const std::function<void(ShellHost&)>& program) {
  const auto model = configuration.make(options.seed);
  if (!options.wave.empty()) model->open_wave(options.wave);
  const SystemcContext context;
  Platform platform(*model, configuration, work, options, program);
  simulate();
  platform.shell.rethrow();
  platform.thread.rethrow();
  return {platform.checker.transactions(), platform.checker.stream_beats(),
          platform.checker.memory().bursts(), platform.shell.cycles()};
}

}  // namespace lacuna::sim
