// SPDX-License-Identifier: Apache-2.0
// The driver's example on the simulated design: the C of host/ reaches the Verilated `system` over its one AXI4-Lite slave, as a host does.
#include <verilated.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <vector>

#include "Vsystem.h"
#include "lacuna_example.h"
#include "lacuna_window.h"
#include "network.h"

namespace {

constexpr std::uint32_t kPatience = 100'000;

/// The clocked design and its slave's master.
class Simulation {
 public:
  Simulation() {
    system_.rst_ni = 0;
    for (int at = 0; at < 8; ++at) clock();
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

  std::uint64_t clocks() const { return clocks_; }

 private:
  void clock() {
    system_.clk_i = 0;
    system_.eval();
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
      response_ = system_.s_axi_rready != 0 ? system_.s_axi_rresp : system_.s_axi_bresp;
      data_ = system_.s_axi_rdata;
      system_.clk_i = 1;
      system_.eval();
      ++clocks_;
      if (seen) return true;
    }
    return false;
  }

  Vsystem system_;
  std::uint32_t response_ = 0, data_ = 0;
  std::uint64_t clocks_ = 0;
};

int read_register(void* context, std::uint32_t offset, std::uint32_t* value) {
  return static_cast<Simulation*>(context)->read(offset, *value) ? 0 : 1;
}
int write_register(void* context, std::uint32_t offset, std::uint32_t value) {
  return static_cast<Simulation*>(context)->write(offset, value) ? 0 : 1;
}

lacuna_board board_of(Simulation& simulation);

int play(void* context, const std::uint32_t* x, std::size_t x_words, std::uint32_t* y, std::size_t y_words) {
  const lacuna_board board = board_of(*static_cast<Simulation*>(context));
  return lacuna_window_play(&board, x, x_words, y, y_words);
}

lacuna_board board_of(Simulation& simulation) { return {&simulation, read_register, write_register, play, kPatience}; }

}  // namespace

int main(int argc, char** argv) {
  Verilated::commandArgs(argc, argv);
  const auto simulation = std::make_unique<Simulation>();
  std::vector<std::uint32_t> y(lacuna_most_y_words);
  const lacuna_board board = board_of(*simulation);
  const int status = lacuna_example(&board, y.data());
  std::printf("lacuna: %llu clocks\n", static_cast<unsigned long long>(simulation->clocks()));
  return status == LACUNA_OK ? 0 : status == LACUNA_DIFFERS ? 1 : 2;
}
