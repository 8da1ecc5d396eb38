#include "models/engine/trainer/training_curve.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace recontour {
namespace {

const std::vector<std::string> kKeys{"liver", "spleen"};

std::vector<CurvePoint> twoPoints() {
  return {{1, 0.01, 1.0 / 3, {{"pce", 0.25}}, {}, {}}, {2, 0.0099, 0.5, {{"em", 1}, {"pce", 2e-7}}, 0.75, {{2, 0.5}}}};
}

TEST(CurvesCsv, HasARowAnIterationAndEmptyFieldsForWhatIsMissing) {
  EXPECT_EQ(curvesCsv(twoPoints(), kKeys),
            "iteration,learning_rate,loss,em,pce,dsc_mean,dsc_liver,dsc_spleen\n"
            "1,0.01,0.333333333,,0.25,,,\n"
            "2,0.0099,0.5,1,2e-07,0.75,,0.5\n");
}

TEST(CurvesCsv, HasItsHeaderWithoutAPoint) {
  EXPECT_EQ(curvesCsv({}, {"a,b"}), "iteration,learning_rate,loss,dsc_mean,\"dsc_a,b\"\n");
}

TEST(CurveMessage, HasScoresOnlyWhereThereAreSome) {
  EXPECT_EQ(curveMessage(twoPoints()[0], kKeys),
            (Json{{"iteration", 1}, {"learning_rate", 0.01}, {"loss", 1.0 / 3}, {"terms", {{"pce", 0.25}}}}));
  const Json scored = curveMessage(twoPoints()[1], kKeys);
  EXPECT_EQ(scored["dsc_mean"], 0.75);
  EXPECT_EQ(scored["dsc"], (Json{{"spleen", 0.5}}));
}

}  // namespace
}  // namespace recontour
