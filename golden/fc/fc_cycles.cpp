// SPDX-License-Identifier: Apache-2.0
// Engines in a chain, cycle by cycle: registers have the names of rtl/fc.
#include <algorithm>
#include <deque>
#include <iterator>

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

/// Takes the inputs of image after image: all in order or at once, or each group's connections.
class FrontEnd {
 public:
  explicit FrontEnd(const FcStage& stage)
      : skip_(stage.engine.skip), inputs_(stage.engine.parallel() ? 1 : stage.inputs) {
    if (!skip_) return;
    for (const auto& connections : group_connections(stage.mask, stage.inputs))
      ahead_.emplace_back(stage.engine, connections, stage.inputs);
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

/// The pipeline from the sums of an image to its beats of y.
class Drain {
 public:
  explicit Drain(int beats) : last_beat_(beats - 1) {}

  bool busy() const { return busy_ || read_.valid; }
  bool valid() const { return y_.valid; }
  bool last() const { return y_.last; }

  void clock(bool load, bool y_ready) {
    const bool move = !y_.valid || y_ready;
    const bool last = beat_ == last_beat_;
    if (move) {
      y_ = product_;
      product_ = read_;
      read_ = {busy_, last};
      if (busy_) ++beat_;
      if (last) busy_ = false;
    }
    if (load) {
      busy_ = true;
      beat_ = 0;
    }
  }

 private:
  struct Stage {
    bool valid = false, last = false;
  };
  int last_beat_, beat_ = 0;
  bool busy_ = false;
  Stage read_, product_, y_;
};

int ceil_div(int value, int divisor) { return (value + divisor - 1) / divisor; }

/// lac_fc or lac_radix_layer but for its numbers.
class Engine {
 public:
  explicit Engine(const FcStage& stage)
      : x_beats_(ceil_div(stage.inputs, stage.engine.in_lanes)),
        banks_(stage.engine.parallel() ? 1 : 2),
        front_(stage),
        drain_(ceil_div(stage.outputs, stage.engine.out_lanes)) {}

  bool x_ready() const { return !full_[write_bank_]; }
  bool y_valid() const { return drain_.valid(); }
  bool y_last() const { return drain_.last(); }

  /// One clock edge. @return whether the image that is being read ends
  bool clock(bool x_valid, bool y_ready) {
    const bool take = x_valid && x_ready();
    const bool drained = !std::any_of(std::begin(ending_), std::end(ending_), [](bool e) {
      return e;
    }) && !drain_.busy();
    const bool ends = front_.cycle(full_[read_bank_], drained);
    drain_.clock(ending_[2], y_ready);
    ending_[2] = ending_[1];
    ending_[1] = ending_[0];
    ending_[0] = ends;
    if (take && ++word_ == x_beats_) {
      full_[write_bank_] = true;
      write_bank_ = (write_bank_ + 1) % banks_;
      word_ = 0;
    }
    if (ends) {
      full_[read_bank_] = false;
      read_bank_ = (read_bank_ + 1) % banks_;
    }
    return ends;
  }

 private:
  int x_beats_, banks_, word_ = 0;
  FrontEnd front_;
  Drain drain_;
  bool full_[2] = {false, false};
  int write_bank_ = 0, read_bank_ = 0;
  bool ending_[3] = {false, false, false};
};

}  // namespace

std::vector<std::vector<FcImageCycles>> fc_cycles(const std::vector<FcStage>& chain, int images) {
  const auto wanted = static_cast<std::size_t>(images);
  std::vector<Engine> engines(chain.begin(), chain.end());
  std::vector<std::vector<FcImageCycles>> all(chain.size(), std::vector<FcImageCycles>(wanted));
  std::vector<std::size_t> taken(chain.size(), 0), out(chain.size(), 0);
  for (std::uint64_t cycle = 0; out.back() < wanted; ++cycle) {
    // From the last engine to the first: what an engine shows is that of its registers, and whether
    // the next one takes it is known before its own edge.
    bool y_ready = true;
    for (std::size_t at = engines.size(); at-- > 0;) {
      Engine& engine = engines[at];
      const bool x_ready = engine.x_ready();
      const bool x_valid = at == 0 || engines[at - 1].y_valid();
      if (y_ready && engine.y_valid() && engine.y_last() && out[at] < wanted)
        all[at][out[at]++].out = cycle;
      if (engine.clock(x_valid, y_ready) && taken[at] < wanted) all[at][taken[at]++].taken = cycle;
      y_ready = x_ready;
    }
  }
  return all;
}

}  // namespace lacuna::golden
