// SPDX-License-Identifier: Apache-2.0
// Every choice of a fully-connected network's training run, read from an experiment.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "models/experiment.h"

namespace lacuna::models {

struct FcSettings {
  std::string data = "mnist";            ///< name of a data set of images
  int pool = 1;                          ///< side of the squares of pixels whose means are taken
  std::vector<int> convolutions;         ///< channels of the convolutions that come first, pooled
                                         ///< after every second; empty: none
  std::vector<int> hidden = {512, 512};  ///< sizes of the hidden layers
  double sparsity = 0;                   ///< P5's p of every layer, the last one included
  std::string mask = "all_states";       ///< register with 2^k states, or plain: 2^k - 1
  int groups = 0;                        ///< masks a layer; 0: every output has its own
  std::string weight_format = "int8";    ///< int12, int8, ternary or binary
  double sample_until = 0.5;             ///< share of the run in which ternary and binary
                                         ///< weights are drawn; deterministic from there on
  int batch = 100;
  int epochs = 25;
  double learning_rate = 0.003;  ///< falls linearly to 0 over the run
  int threads = 1;
  int seed = 1;

  double paper_error = 0;  ///< per cent, for the table of results; 0: nothing
};

/// The settings of an experiment with network = "fc". @throws Error for unknown keys and for values
/// out of range.
FcSettings read_fc_settings(Experiment experiment);

/// Every key with its value.
nlohmann::json to_json(const FcSettings& settings);

}  // namespace lacuna::models
