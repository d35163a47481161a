// SPDX-License-Identifier: Apache-2.0
// Every choice of a recurrent network's training run, read from an experiment.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "models/experiment.h"

namespace lacuna::models {

struct Settings {
  std::string task = "characters";  ///< characters, words, pixels or rows
  std::string data = "licences";    ///< name of a data set, or a text file's path
  int units = 100;
  int embedding = 0;  ///< features of the embedding; 0: symbols are one-hot
  int batch = 64;
  int sequence = 100;  ///< steps of one truncated back-propagation; images use all of theirs
  int epochs = 1;

  std::string optimizer = "adam";  ///< adam, or sgd without momentum
  double learning_rate = 0.002;
  std::string schedule = "linear";  ///< constant, linear (to 0 over the run), or plateau (a
                                    ///< quarter where validation did not improve)
  int warmup = 0;                   ///< steps over which the rate rises from 0
  double clip = 0;                  ///< largest norm of the gradient; 0: none
  double dropout = 0;               ///< on embedded inputs and on states before the output layer
  std::string initialisation = "orthogonal";  ///< orthogonal, uniform (+-0.1) or chrono
  std::string begin;                          ///< float weights to begin from instead
  int evaluations = 1;                        ///< validations an epoch
  bool keep_best = false;  ///< end with the weights of the best validation, else the last

  std::string threshold_rule = "none";  ///< none, fixed, target_sparsity or allowed_loss
  double threshold = 0;                 ///< fixed: rounded to the grid of Q0.7
  double target_sparsity = 0.9;         ///< share of zero states that the rule steers to
  double highest_threshold = 0.25;      ///< of target_sparsity; beyond it a penalty does the rest
  double ramp_begin = 0.05;             ///< share of the run before which nothing is pruned
  double ramp_end = 0.5;                ///< share of the run from which the target holds
  double freeze = 0.9;                  ///< share of the run after which T stays
  double allowed_loss = 0.01;           ///< of validation, in the unit that the task reports
  int tuning_steps = 200;               ///< allowed_loss: steps of training at each threshold tried
  std::string straight_through = "attenuated";  ///< plain (P3), or attenuated below the threshold
  double coincidence = 0;                       ///< weight of the penalty that makes zeros coincide
  int coincidence_batch = 8;                    ///< streams that share a column in the engine

  std::string weight_format = "int8";  ///< of the LSTM layer: int12, int8, ternary or binary
  std::string normalisation = "none";  ///< of products and cell (P4): none, shared over time, or
                                       ///< per_step, for comparison: gives no bundle
  double sample_until = 0.5;           ///< share of the run in which ternary and binary weights
                                       ///< are drawn at random; deterministic from there on

  double paper_sparsity = 0;  ///< what the paper reports, for the table of results; 0: nothing

  std::string precision = "auto";  ///< float32, bfloat16, or auto: the faster on this processor
  int threads = 2;
  int seed = 1;
  double checkpoint_minutes = 3;
};

/// Steps of one sequence in training: all of an image's, of a text a window's.
int sequence_length(const Settings& settings);

/// The settings of an experiment with network = "lstm". @throws Error for unknown keys and for
/// values out of range.
Settings read_settings(Experiment experiment);
Settings read_settings(const std::string& experiment, const std::vector<std::string>& overrides);

/// Every key with its value; of files only the name, so that bundles hold nobody's folders.
nlohmann::json to_json(const Settings& settings);

}  // namespace lacuna::models
