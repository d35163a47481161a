// SPDX-License-Identifier: Apache-2.0
// Precompiled header: one Torch unit costs ten seconds to compile without it.
#pragma once

#include <torch/torch.h>
