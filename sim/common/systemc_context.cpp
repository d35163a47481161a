// SPDX-License-Identifier: Apache-2.0
#include "sim/common/systemc_context.h"

#include <chrono>

/// libsystemc wants this symbol; lacuna elaborates from its own main instead.
int sc_main(int, char**) { return 0; }

namespace lacuna::sim {

SystemcContext::SystemcContext() : context_(std::make_unique<sc_core::sc_simcontext>()) {
  sc_core::sc_curr_simcontext = context_.get();
  sc_core::sc_default_global_context = context_.get();
  // Notices that would be noise between results: every simulation ends with sc_stop, and tests of
  // modules without a clock only end the elaboration.
  sc_core::sc_report_handler::set_actions("no activity or clock movement for sc_start() invocation",
                                          sc_core::SC_DO_NOTHING);
  sc_core::sc_report_handler::set_actions("/OSCI/SystemC", sc_core::SC_DO_NOTHING);
}

SystemcContext::~SystemcContext() {
  context_.reset();
  sc_core::sc_curr_simcontext = nullptr;
  sc_core::sc_default_global_context = nullptr;
}

double simulate() {
  sc_core::sc_start(sc_core::SC_ZERO_TIME);
  const auto begun = std::chrono::steady_clock::now();
  sc_core::sc_start();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
}

}  // namespace lacuna::sim
