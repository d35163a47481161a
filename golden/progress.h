// SPDX-License-Identifier: Apache-2.0
// Progress of long work: a bar on a terminal, a plain line every ten seconds elsewhere, both on
// standard error.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace lacuna {

/// Where a piece of work stands; what one line of progress is made of.
struct ProgressState {
  std::string label;        ///< what is going on, e.g. "epoch 1/2"
  std::string unit;         ///< what is counted, e.g. "characters"
  std::uint64_t total = 0;  ///< 0: unknown, no bar, no time left
  std::uint64_t start =
      0;  ///< done before this run (resumed work); does not count towards the rate
  std::uint64_t done = 0;
  double seconds = 0;  ///< since this run began
  std::string note;    ///< free text at the end, e.g. "1.42 bits"; may be empty
};

/// One line of at most `width` columns: label, bar (only if `bar`), share done, rate, time left,
/// note.
std::string progress_line(const ProgressState& state, int width, bool bar);

/// Counts work and shows it. Use from one thread; the last line is printed when the object goes.
///
///     Progress progress("epoch 1/2", characters, "characters");
///     for (...) { ...; progress.note("1.42 bits"); progress.advance(batch * steps); }
class Progress {
 public:
  Progress(std::string label, std::uint64_t total, std::string unit, std::uint64_t start = 0);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void advance(std::uint64_t amount = 1);
  void note(std::string text) { state_.note = std::move(text); }

 private:
  using Clock = std::chrono::steady_clock;
  void show(Clock::time_point now, bool last);

  ProgressState state_;
  bool terminal_;
  Clock::time_point begun_;
  Clock::time_point shown_;
};

}  // namespace lacuna
