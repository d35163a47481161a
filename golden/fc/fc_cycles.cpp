// SPDX-License-Identifier: Apache-2.0
// The engine's front end and drain, cycle by cycle: registers have the names of rtl/fc.
#include <algorithm>
#include <deque>

#include "golden/fc/fc_engine.h"

namespace lacuna::golden {
namespace {

struct Chunk {
  int connections = 0;
  bool last = false;
};

/// Chunks of a group's mask, in the order in which they enter the queue. `cycles` is the number of
/// steps before each, since empty chunks are looked at but not queued.
class Ahead {
 public:
  Ahead(const FcEngine& engine, const std::vector<std::uint16_t>& connections, int inputs)
      : room_(1 << engine.fifo_log2) {
    std::size_t at = 0;
    for (int base = 0; base < inputs; base += engine.ahead) {
      Chunk chunk;
      chunk.last = base + engine.ahead >= inputs;
      while (at < connections.size() && connections[at] < base + engine.ahead)
        ++chunk.connections, ++at;
      chunks_.push_back(chunk);
    }
  }

  bool valid() const { return front_valid_; }
  bool last() const { return front_.last && front_.connections <= 1; }

  /// One clock edge. @param next the front connection is taken
  void clock(bool next) {
    const bool done = next && front_.connections <= 1;
    const bool pop = !queue_.empty() && (!front_valid_ || done);
    const Chunk& looked_at = chunks_[position_];
    const bool step = room_ != 0;
    const bool push = step && (looked_at.connections > 0 || looked_at.last);
    if (pop) {
      front_ = queue_.front();
      queue_.pop_front();
      front_valid_ = true;
    } else {
      if (done) front_valid_ = false;
      if (next) front_.connections = std::max(0, front_.connections - 1);
    }
    if (push) queue_.push_back(looked_at);
    room_ += (pop ? 1 : 0) - (push ? 1 : 0);
    if (step) position_ = (position_ + 1) % chunks_.size();
  }

 private:
  std::vector<Chunk> chunks_;
  std::size_t position_ = 0;
  int room_;
  std::deque<Chunk> queue_;
  Chunk front_;
  bool front_valid_ = false;
};

/// Takes the inputs of image after image: all in order, or each group's connections.
class FrontEnd {
 public:
  FrontEnd(const FcEngine& engine, const ConnectionMask& mask, int inputs)
      : skip_(engine.skip), inputs_(inputs) {
    if (!skip_) return;
    for (const auto& connections : group_connections(mask, inputs))
      ahead_.emplace_back(engine, connections, inputs);
    done_.assign(ahead_.size(), false);
  }

  /// One cycle. @return whether the image ends in it
  bool cycle(bool present, bool drained) {
    return skip_ ? skipping(present, drained) : all(present, drained);
  }

 private:
  bool all(bool present, bool drained) {
    const bool last = input_ == inputs_ - 1;
    if (!present || (last && !drained)) return false;
    input_ = last ? 0 : input_ + 1;
    return last;
  }

  bool skipping(bool present, bool drained) {
    bool ends = true;
    for (std::size_t group = 0; group < ahead_.size(); ++group) {
      Ahead& ahead = ahead_[group];
      const bool next = present && ahead.valid() && !done_[group] && (!ahead.last() || drained);
      if (next && ahead.last()) done_[group] = true;
      ends = ends && done_[group];
      ahead.clock(next);
    }
    if (ends) done_.assign(done_.size(), false);
    return ends;
  }

  bool skip_;
  int inputs_, input_ = 0;
  std::vector<Ahead> ahead_;
  std::vector<bool> done_;
};

int ceil_div(int value, int divisor) { return (value + divisor - 1) / divisor; }

}  // namespace

std::vector<FcImageCycles> fc_cycles(const FcEngine& engine, const ConnectionMask& mask, int inputs,
                                     int outputs, int images) {
  constexpr std::uint64_t kPipeline = 3;  // from an image's last connection to its sums
  constexpr std::uint64_t kDrain = 4;     // from the sums to the first beat of y
  const auto x_beats = static_cast<std::uint64_t>(ceil_div(inputs, engine.in_lanes));
  const auto y_beats = static_cast<std::uint64_t>(ceil_div(outputs, engine.out_lanes));
  FrontEnd front(engine, mask, inputs);
  std::vector<FcImageCycles> all;
  bool full[2] = {false, false};
  int write_bank = 0, read_bank = 0;
  std::uint64_t word = 0;
  std::uint64_t drained_at = 0;  // first cycle in which an image may end
  for (std::uint64_t cycle = 0; all.size() < static_cast<std::size_t>(images); ++cycle) {
    const bool take = !full[write_bank];
    const bool ends = front.cycle(full[read_bank], cycle >= drained_at);
    if (take && ++word == x_beats) {
      full[write_bank] = true;
      write_bank ^= 1;
      word = 0;
    }
    if (!ends) continue;
    full[read_bank] = false;
    read_bank ^= 1;
    const std::uint64_t sums = cycle + kPipeline;
    all.push_back({cycle, sums + kDrain + y_beats - 1});
    drained_at = sums + y_beats + 2;
  }
  return all;
}

}  // namespace lacuna::golden
