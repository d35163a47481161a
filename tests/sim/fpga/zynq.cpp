// SPDX-License-Identifier: Apache-2.0
// In the place of a folder's sim/bench.cpp: the PYNQ-Z2's main.c, renamed to example(), at
// addresses behind which are the simulated design and a DMA in its direct register mode (its
// product guide), which moves what lies in this program's memory. Addresses of the program have 32
// bits, as there: it is linked without -pie. Argument: what goes wrong. Ends as the example does.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "bus.h"
#include "simulation.h"

extern "C" int example(void);
extern "C" void Xil_DCacheFlushRange(std::intptr_t, unsigned) {}
extern "C" void Xil_DCacheInvalidateRange(std::intptr_t, unsigned) {}

namespace {

constexpr std::uint32_t kEngine = 0x43C00000, kDma = 0x40400000, kBeat = 0x1000, kLastBeat = 0x1004,
                        kLevels = 0x1008;

/// One way: x from memory to the engine, or y back.
struct Way {
  std::uint32_t control = 0, status = 1, address = 0, left = 0;  // status: halted
};

class Board {
 public:
  explicit Board(const char* fault) : fault_(fault) {}

  std::uint32_t read(std::uint32_t address) {
    if (address >= kEngine) return engine(address - kEngine);
    Way& way = way_of(address);
    move();
    switch ((address - kDma) % 0x30) {
      case 0x00:
        return way.control;
      case 0x04:
        return way.status;
      default:
        return 0;
    }
  }

  void write(std::uint32_t address, std::uint32_t value) {
    if (address >= kEngine) {
      simulation_.write(address - kEngine, value);
      return;
    }
    Way& way = way_of(address);
    switch ((address - kDma) % 0x30) {
      case 0x00:
        if (value & 4)
          x_ = y_ = Way{};
        else {
          way.control = value;
          way.status = value & 1 ? 0 : 1;
        }
        break;
      case 0x18:
        way.address = value;
        break;
      case 0x28:
        // A length begins a transfer of a way that runs; to the engine also where the design has an
        // error.
        if (way.control & 1) {
          way.left = value / 4;
          way.status = 0;
          if (&way == &x_ && std::strcmp(fault_, "dma-error") == 0) way = {1, 0x11, 0, 0};
        }
        break;
      default:
        std::abort();
    }
  }

 private:
  Way& way_of(std::uint32_t address) { return address - kDma < 0x30 ? x_ : y_; }

  std::uint32_t engine(std::uint32_t offset) {
    std::uint32_t value = 0;
    simulation_.read(offset, value);
    return value;
  }

  /// Moves what can be moved now.
  void move() {
    const std::uint32_t levels = engine(kLevels);
    auto* words = reinterpret_cast<std::uint32_t*>(std::uintptr_t{y_.address});
    for (std::uint32_t there = levels >> 16; there > 0 && y_.left > 0;
         --there, --y_.left, y_.address += 4)
      *words++ = engine(kBeat);
    words = reinterpret_cast<std::uint32_t*>(std::uintptr_t{x_.address});
    for (std::uint32_t room = levels & 0xFFFF; room > 0 && x_.left > 0;
         --room, --x_.left, x_.address += 4)
      simulation_.write(x_.left == 1 ? kLastBeat : kBeat, *words++);
    for (Way* way : {&x_, &y_})
      if (way->control & 1 && way->left == 0 && way->address != 0) way->status |= 2;
  }

  Simulation simulation_;
  const char* fault_;
  Way x_, y_;
};

std::unique_ptr<Board> board;

}  // namespace

extern "C" std::uint32_t bus_read(std::uint32_t address) { return board->read(address); }
extern "C" void bus_write(std::uint32_t address, std::uint32_t value) {
  board->write(address, value);
}

int main(int argc, char** argv) {
  board = std::make_unique<Board>(argc > 1 ? argv[1] : "");
  const int status = example();
  board.reset();  // while Verilator's context is there
  return status;
}
