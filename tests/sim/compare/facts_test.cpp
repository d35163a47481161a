// SPDX-License-Identifier: Apache-2.0
// What stands beside cycles and energy: why cycles were lost, and a network's accuracy.
#include "sim/compare/facts.h"

#include <gmock/gmock.h>

namespace lacuna::sim {
namespace {

using Json = nlohmann::ordered_json;

TEST(CyclesByClass, AreTheEventsOfCycles) {
  const Json cosim{{"engine", "lstm"},
                   {"events", {{"cycles_mac", 90}, {"words", 5}, {"cycles_weight_wait", 10}}}};
  EXPECT_EQ(cycles_by_class(cosim), (Json{{"mac", 90}, {"weight_wait", 10}}));
}

TEST(CyclesByClass, OfAChainAreThoseOfItsBusiestLayer) {
  const auto layer = [](int taken) {
    return Json{{"cycles_taken", taken}, {"events", {{"cycles_taken", taken}}}};
  };
  const Json cosim{{"engine", "fc"}, {"layers", {layer(3), layer(7), layer(5)}}};
  EXPECT_EQ(cycles_by_class(cosim), (Json{{"taken", 7}}));
}

TEST(AccuracyOf, IsWhatTrainingWrote) {
  golden::Bundle bundle;
  bundle.facts = {
      {"training",
       {{"unit", "BPC"}, {"figures", {{"test", {{"score", 1.36}}}, {"valid", {{"score", 1.4}}}}}}}};
  EXPECT_EQ(
      accuracy_of("net", bundle),
      (Json{{"bundle", "net"}, {"unit", "BPC"}, {"accuracy", {{"test", 1.36}, {"valid", 1.4}}}}));
}

TEST(AccuracyOf, TakesNothingForGranted) {
  const Json none{{"bundle", "net"}, {"unit", ""}, {"accuracy", Json::object()}};
  for (const char* facts :
       {"{}", "{\"training\":7}", "{\"training\":{\"unit\":3,\"figures\":[1]}}",
        "{\"training\":{\"figures\":{\"test\":5,\"valid\":{\"score\":\"good\"}}}}"}) {
    golden::Bundle bundle;
    bundle.facts = nlohmann::json::parse(facts);
    EXPECT_EQ(accuracy_of("net", bundle), none) << facts;
  }
}

}  // namespace
}  // namespace lacuna::sim
