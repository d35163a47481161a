// SPDX-License-Identifier: Apache-2.0
#include "sim/common/clocked_engine.h"

namespace lacuna::sim {

ClockedEngine::ClockedEngine(const sc_core::sc_module_name& name) : sc_module(name) {
  SC_HAS_PROCESS(ClockedEngine);
  SC_METHOD(clock);
  sensitive << clk_i.pos();
  dont_initialize();
}

void ClockedEngine::clock() {
  try {
    cycle(cycle_);
    ++cycle_;
  } catch (...) {
    failure_ = std::current_exception();
    sc_core::sc_stop();
  }
}

void ClockedEngine::rethrow() const {
  if (failure_) std::rethrow_exception(failure_);
}

}  // namespace lacuna::sim
