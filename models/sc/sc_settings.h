// SPDX-License-Identifier: Apache-2.0
// Every choice of a stochastic network's training run, read from an experiment.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "golden/sc/streams.h"
#include "models/experiment.h"

namespace lacuna::models {

struct ScSettings {
  std::string data = "mnist";             ///< name of a data set of images
  int pool = 1;                           ///< side of the squares of pixels whose means are taken
  std::vector<int> hidden = {100, 200};   ///< sizes of the hidden layers
  bool bipolar = false;                   ///< the conventional network: bits of x read as -1 and 1
  int integral = 4;                       ///< P6's m: streams of a weight
  int length = 256;                       ///< cycles of an image
  std::vector<double> gains = {0.45, 2};  ///< of the counters, one a hidden layer
  int batch = 100;
  int epochs = 40;
  double learning_rate = 0.003;  ///< falls linearly to 0 over the run
  /// Of the engine that the bundle is measured for (docs/sc.md): no part of the training.
  int layer_delay = golden::kScLayerDelay;
  int threads = 1;
  int seed = 1;

  double paper_error = 0;  ///< per cent, for the table of results; 0: nothing
};

/// The settings of an experiment with network = "sc". @throws Error for unknown keys and for values
/// out of range.
ScSettings read_sc_settings(Experiment experiment);

/// Every key with its value.
nlohmann::json to_json(const ScSettings& settings);

}  // namespace lacuna::models
