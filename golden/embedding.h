// SPDX-License-Identifier: Apache-2.0
// Table look-up in front of the first recurrent layer.
#pragma once

#include <vector>

#include "golden/bundle.h"
#include "golden/columns.h"

namespace lacuna::golden {

/// The columns of one symbol a stream; -1 is a stream without input. @throws Error for a symbol
/// that the table has not.
Columns embed(const EmbeddingLayer& layer, const std::vector<int>& symbols);

}  // namespace lacuna::golden
