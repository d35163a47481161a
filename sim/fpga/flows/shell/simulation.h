// SPDX-License-Identifier: Apache-2.0
// The simulated design as a host reaches it: the Verilated `system` and a master of its one
// AXI4-Lite slave, without an operating system or a wire.
#pragma once

#include <verilated.h>

#include <cstdint>

#include "Vsystem.h"
#include "lacuna_window.h"

class Simulation {
 public:
  static constexpr std::uint32_t kPatience =
      100'000;  ///< clocks of an answer, and reads of the driver

  Simulation() {
    system_.rst_ni = 0;
    clock(8);
    system_.rst_ni = 1;
  }

  /// @return whether the answer was OKAY
  bool write(std::uint32_t offset, std::uint32_t value) {
    system_.s_axi_awaddr = static_cast<std::uint16_t>(offset);
    system_.s_axi_wdata = value;
    system_.s_axi_awvalid = system_.s_axi_wvalid = 1;
    if (!until(system_.s_axi_awready)) return false;
    system_.s_axi_awvalid = system_.s_axi_wvalid = 0;
    system_.s_axi_bready = 1;
    const bool came = until(system_.s_axi_bvalid);
    system_.s_axi_bready = 0;
    return came && response_ == 0;
  }

  bool read(std::uint32_t offset, std::uint32_t& value) {
    system_.s_axi_araddr = static_cast<std::uint16_t>(offset);
    system_.s_axi_arvalid = 1;
    if (!until(system_.s_axi_arready)) return false;
    system_.s_axi_arvalid = 0;
    system_.s_axi_rready = 1;
    const bool came = until(system_.s_axi_rvalid);
    system_.s_axi_rready = 0;
    value = data_;
    return came && response_ == 0;
  }

  /// Lets clocks pass.
  void clock(int count) {
    for (int at = 0; at < count; ++at) edge();
  }

  std::uint64_t clocks() const { return clocks_; }

  /// This design as the driver's board.
  lacuna_shell_board board() {
    return {this,
            [](void* context, std::uint32_t offset, std::uint32_t* value) -> int {
              return of(context).read(offset, *value) ? LACUNA_SHELL_OK : LACUNA_SHELL_BROKEN;
            },
            [](void* context, std::uint32_t offset, std::uint32_t value) -> int {
              return of(context).write(offset, value) ? LACUNA_SHELL_OK : LACUNA_SHELL_BROKEN;
            },
            [](void* context, const std::uint32_t* x, std::size_t x_words, std::uint32_t* y,
               std::size_t y_words) {
              const lacuna_shell_board board = of(context).board();
              return lacuna_window_play(&board, x, x_words, y, y_words);
            },
            [](void* context) {
              const lacuna_shell_board board = of(context).board();
              return lacuna_window_drain(&board);
            },
            kPatience};
  }

 private:
  static Simulation& of(void* context) { return *static_cast<Simulation*>(context); }

  void edge() {
    system_.clk_i = 0;
    system_.eval();
    response_ = system_.s_axi_rready != 0 ? system_.s_axi_rresp : system_.s_axi_bresp;
    data_ = system_.s_axi_rdata;
    system_.clk_i = 1;
    system_.eval();
    ++clocks_;
  }

  /// Clocks until after the edge at which the signal was high.
  bool until(const CData& signal) {
    for (std::uint32_t waited = 0; waited < kPatience; ++waited) {
      system_.clk_i = 0;
      system_.eval();
      const bool seen = signal != 0;
      edge();
      if (seen) return true;
    }
    return false;
  }

  Vsystem system_;
  std::uint32_t response_ = 0, data_ = 0;
  std::uint64_t clocks_ = 0;
};
