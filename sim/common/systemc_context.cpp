// SPDX-License-Identifier: Apache-2.0
#include "sim/common/systemc_context.h"

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

}  // namespace lacuna::sim
