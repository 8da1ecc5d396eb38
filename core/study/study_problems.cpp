// What a protocol must have before it can be frozen.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <functional>
#include <set>

#include "core/metrics/compare.h"
#include "core/study/study_protocol.h"

namespace recontour {
namespace {

using Problems = std::vector<std::string>;

template <typename Items>
void checkIds(const Items& items, const std::string& what, Problems& problems) {
  std::set<std::string> seen;
  for (const auto& item : items) {
    if (!isPlainName(item.id)) problems.push_back(what + " \"" + item.id + "\": a name has letters, digits, - and _");
    if (!seen.insert(item.id).second) problems.push_back(what + " " + item.id + " is there twice");
  }
}

void checkKnown(const std::vector<std::string>& names, const std::vector<std::string>& known, const std::string& where,
                Problems& problems) {
  for (const auto& name : names)
    if (std::ranges::find(known, name) == known.end())
      problems.push_back(where + " names " + name + ", which is not known");
}

void checkArms(const StudyProtocol& protocol, Problems& problems) {
  for (const StudyArm& arm : protocol.arms) {
    checkKnown(arm.tools, studyToolNames(), "arm " + arm.id, problems);
    checkKnown(arm.cues, studyCueNames(), "arm " + arm.id, problems);
    if (arm.tools.empty()) problems.push_back("arm " + arm.id + " allows no tool");
  }
  const bool twoArms = protocol.design.preset != "word-fig3";
  if (protocol.arms.size() < (twoArms ? 2U : 1U))
    problems.push_back(protocol.design.preset + " needs " + (twoArms ? "two arms" : "an arm"));
}

void checkDesign(const StudyProtocol& protocol, Problems& problems) {
  const auto counted = std::ranges::count(protocol.cases, false, &StudyCase::practice);
  if (counted == 0) problems.emplace_back("there is no case besides practice");
  if (protocol.readers.empty()) problems.emplace_back("there is no reader");
  if (protocol.organs.empty()) problems.emplace_back("there is no organ to revise");
  if (protocol.design.scratchCases > counted)
    problems.push_back(std::to_string(protocol.design.scratchCases) +
                       " cases are to be read from nothing too, but there are " + std::to_string(counted));
  if (protocol.design.preset == "crossover" && protocol.readers.size() % 2 != 0)
    problems.emplace_back("a crossover with an odd number of readers is not balanced between AB and BA");
  if (protocol.design.preset == "annotate-check" && protocol.readers.size() < 2)
    problems.emplace_back("annotate-check needs two readers");
}

void checkIdleLimits(const StudyAnalysis& analysis, Problems& problems) {
  const auto& limits = analysis.idleLimitsS;
  const bool rising = std::ranges::adjacent_find(limits, std::greater_equal<>()) == limits.end();
  if (!(limits.front() > 0) || !rising || !std::isfinite(limits.back()))
    problems.emplace_back("the four idle limits are not above zero and rising");
  if (std::ranges::find(limits, analysis.primaryIdleLimitS) == limits.end())
    problems.emplace_back("the primary idle limit is none of the four");
}

void checkTolerances(const StudyProtocol& protocol, Problems& problems) {
  for (const auto& [organ, mm] : protocol.analysis.tolerancesMm) {
    if (std::ranges::find(protocol.organs, organ) == protocol.organs.end())
      problems.push_back("a tolerance is for " + organ + ", which is no organ of the study");
    if (!(mm > 0) || !std::isfinite(mm)) problems.push_back("the tolerance of " + organ + " is not above zero");
  }
}

}  // namespace

bool isPlainName(const std::string& name) {
  const auto plain = [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; };
  return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, plain);
}

std::vector<std::string> analysisProblemsOf(const StudyProtocol& protocol) {
  const StudyAnalysis& analysis = protocol.analysis;
  Problems problems;
  if (!profileNamed(analysis.metricProfile))
    problems.push_back("the metric profile " + analysis.metricProfile + " is not known");
  if (!(analysis.alpha > 0 && analysis.alpha < 1)) problems.emplace_back("alpha is not between 0 and 1");
  if (!(analysis.margin > 0) || !std::isfinite(analysis.margin)) problems.emplace_back("the margin is not above zero");
  if (analysis.bootstrapSamples < 100) problems.emplace_back("there are fewer than 100 bootstrap samples");
  if (analysis.primaryEndpoint != "dsc" && analysis.primaryEndpoint != "active_s")
    problems.push_back("the primary endpoint is " + analysis.primaryEndpoint + ", not dsc or active_s");
  checkIdleLimits(analysis, problems);
  checkTolerances(protocol, problems);
  return problems;
}

std::vector<std::string> problemsOf(const StudyProtocol& protocol) {
  Problems problems = analysisProblemsOf(protocol);
  if (!isPlainName(protocol.id)) problems.emplace_back("the study's name has letters, digits, - and _ only");
  checkIds(protocol.cases, "case", problems);
  checkIds(protocol.readers, "reader", problems);
  checkIds(protocol.arms, "arm", problems);
  checkArms(protocol, problems);
  checkDesign(protocol, problems);
  return problems;
}

}  // namespace recontour
