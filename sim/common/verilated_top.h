// SPDX-License-Identifier: Apache-2.0
// One instance of a Verilated top with its context and waves, and beats to and from its pins. The
// build defines LACUNA_WAVES: whether the model was built with waves.
#pragma once

#include <verilated.h>
#if LACUNA_WAVES
#include <verilated_fst_c.h>
#endif

#include <filesystem>
#include <memory>

#include "golden/error.h"
#include "sim/common/beat.h"

namespace lacuna::sim {

/// @tparam Top Verilator's class
template <typename Top>
class VerilatedTop {
 public:
  /// Registers without a reset start with random bits, so that a result cannot rest on a lucky
  /// zero.
  explicit VerilatedTop(std::uint64_t seed) {
    context_.randReset(2);
    context_.randSeed(static_cast<int>(seed % 0x7FFFFFFF) + 1);
    context_.traceEverOn(LACUNA_WAVES);
    top_ = std::make_unique<Top>(&context_, "engine");
  }

  ~VerilatedTop() {
#if LACUNA_WAVES
    if (wave_) wave_->close();
#endif
    top_->final();
  }
  VerilatedTop(const VerilatedTop&) = delete;
  VerilatedTop& operator=(const VerilatedTop&) = delete;

  Top& pins() { return *top_; }

  void eval() {
    top_->eval();
#if LACUNA_WAVES
    if (wave_) wave_->dump(time_ += kHalfPeriod);
#endif
  }

  /// Writes every signal to an FST file from now on. @throws Error
  void open_wave(const std::filesystem::path& file) {
#if LACUNA_WAVES
    wave_ = std::make_unique<VerilatedFstC>();
    top_->trace(wave_.get(), 99);
    wave_->open(file.string().c_str());
    if (!wave_->isOpen())
      throw Error(file.string(), "cannot be written", "choose another place for --wave");
#else
    throw Error(file.string(), "cannot be written: this configuration is too large for waves",
                "take a smaller one with --config");
#endif
  }

 private:
  static constexpr std::uint64_t kHalfPeriod =
      2500;  // picoseconds, Verilator's default unit: 200 MHz

  VerilatedContext context_;
  std::unique_ptr<Top> top_;
#if LACUNA_WAVES
  std::unique_ptr<VerilatedFstC> wave_;
  std::uint64_t time_ = 0;
#endif
};

/// A pin of any width from a number.
template <typename Pin>
void set(Pin& pin, std::uint32_t value) {
  pin = static_cast<Pin>(value);
}

// Verilator gives a port of 1..8 bits a CData, ..16 SData, ..32 IData, ..64 QData, and VlWide
// beyond.
template <typename Pin>
void put(Pin& pin, const Beat& beat) {
  if constexpr (sizeof(Pin) <= 4) {
    pin = static_cast<Pin>(beat[0]);
  } else {
    pin = beat[0] | static_cast<QData>(beat[1]) << 32;
  }
}
template <std::size_t kWords>
void put(VlWide<kWords>& pin, const Beat& beat) {
  static_assert(kWords <= std::tuple_size_v<Beat>, "a port is wider than a Beat");
  for (std::size_t word = 0; word < kWords; ++word) pin[word] = beat[word];
}
template <typename Pin>
void get(const Pin& pin, Beat& beat) {
  beat[0] = static_cast<std::uint32_t>(pin);
  if constexpr (sizeof(Pin) > 4) beat[1] = static_cast<std::uint32_t>(pin >> 32);
}
template <std::size_t kWords>
void get(const VlWide<kWords>& pin, Beat& beat) {
  static_assert(kWords <= std::tuple_size_v<Beat>, "a port is wider than a Beat");
  for (std::size_t word = 0; word < kWords; ++word) beat[word] = pin[word];
}

}  // namespace lacuna::sim
