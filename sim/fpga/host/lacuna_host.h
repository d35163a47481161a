// SPDX-License-Identifier: Apache-2.0
// The host program over any port: what a serial line and a simulation share.
#pragma once

#include <string>
#include <vector>

#include "lacuna_device.h"

namespace lacuna_host {

/// Runs `identify`, `load FILE`, `infer IMAGES` or `check IMAGES RESULTS`; several may follow each other.
/// @return 0; 1 when a result differs from RESULTS; 2 for anything else, with one line on stderr.
int run(const lacuna_port& port, const std::vector<std::string>& words);

}  // namespace lacuna_host
