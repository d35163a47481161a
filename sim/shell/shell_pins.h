// SPDX-License-Identifier: Apache-2.0
// The pins of a shell as plain words, whatever its engine and widths (docs/shell.md, "Ports"), port
// by port; and the model that hides Verilator's generated types.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "sim/common/beat.h"

namespace lacuna::sim {

/// AXI4-Lite, what the host drives.
struct AxiLiteIn {
  bool awvalid = false, wvalid = false, bready = false, arvalid = false, rready = false;
  std::uint32_t awaddr = 0, wdata = 0, wstrb = 0, araddr = 0;
};
/// AXI4-Lite, what the shell drives.
struct AxiLiteOut {
  bool awready = false, wready = false, bvalid = false, arready = false, rvalid = false;
  std::uint32_t bresp = 0, rdata = 0, rresp = 0;
};

/// AXI4 reads, what memory drives.
struct AxiReadIn {
  bool arready = false, rvalid = false, rlast = false;
  std::uint32_t rid = 0, rresp = 0;
  Beat rdata{};
};
/// AXI4 reads, what the shell drives.
struct AxiReadOut {
  bool arvalid = false, rready = false;
  std::uint32_t arid = 0, araddr = 0, arlen = 0, arsize = 0, arburst = 0;
};

/// AXI4-Stream: what the source drives. Ready goes the other way.
struct StreamBeat {
  bool tvalid = false, tlast = false;
  Beat tdata{};
};

struct ShellInputs {
  bool aresetn = false, m_tready = false;
  AxiLiteIn ctrl;
  AxiReadIn mem;
  StreamBeat s;
};

struct ShellOutputs {
  bool irq = false, s_tready = false;
  AxiLiteOut ctrl;
  AxiReadOut mem;
  StreamBeat m;
};

/// AXI's responses.
inline constexpr std::uint32_t kOkay = 0, kSlaveError = 2, kDecodeError = 3;

/// One instance of a shell. A cycle is: write `in`, settle(), read `out`, edge().
class ShellModel {
 public:
  virtual ~ShellModel() = default;

  ShellInputs in;
  ShellOutputs out;

  /// Takes over `in` with the clock low and fills `out`.
  virtual void settle() = 0;
  /// The rising edge.
  virtual void edge() = 0;
  /// Writes every signal to an FST file from now on.
  virtual void open_wave(const std::filesystem::path& file) = 0;
};

}  // namespace lacuna::sim
