#include "core/session/organ_review.h"

#include <algorithm>

namespace recontour {
namespace {

constexpr double kWholeOrgan = 0.9;
constexpr int kMostSlices = 1 << 16;  // of any volume; a log that names more is not believed

}  // namespace

const char* verdictName(OrganVerdict verdict) {
  switch (verdict) {
    case OrganVerdict::None:
      return "none";
    case OrganVerdict::Accepted:
      return "accepted";
    case OrganVerdict::Absent:
      return "absent";
    case OrganVerdict::OutsideScan:
      return "outside_scan";
    case OrganVerdict::CutByScanEdge:
      return "cut_by_scan_edge";
    case OrganVerdict::NotContourable:
      return "not_contourable";
  }
  return "none";
}

std::optional<OrganVerdict> verdictNamed(std::string_view name) {
  const auto* found = std::ranges::find(kOrganVerdicts, name, verdictName);
  return found == kOrganVerdicts.end() ? std::nullopt : std::optional(*found);
}

bool explainsNoContour(OrganVerdict verdict) {
  return verdict == OrganVerdict::Absent || verdict == OrganVerdict::OutsideScan ||
         verdict == OrganVerdict::NotContourable;
}

void OrganReview::look(Plane plane, int first, int last) {
  std::vector<bool>& slices = looked_[static_cast<std::size_t>(plane)];
  if (first < 0 || last < first || last >= kMostSlices) return;
  if (slices.size() <= static_cast<std::size_t>(last)) slices.resize(static_cast<std::size_t>(last) + 1);
  std::fill(slices.begin() + first, slices.begin() + last + 1, true);
}

void OrganReview::forgetLooks() { looked_ = {}; }

void OrganReview::state(Label organ, OrganStatement statement) {
  if (statement.verdict == OrganVerdict::None) {
    statements_.erase(organ);
  } else {
    statements_[organ] = std::move(statement);
  }
}

void OrganReview::changed(const LabelSet& organs) {
  std::erase_if(statements_, [&](const auto& said) { return organs[said.first]; });
}

const OrganStatement& OrganReview::statement(Label organ) const {
  static const OrganStatement kNone;
  const auto said = statements_.find(organ);
  return said == statements_.end() ? kNone : said->second;
}

LabelSet OrganReview::stated() const {
  LabelSet organs;
  for (const auto& said : statements_) organs.set(said.first);
  return organs;
}

bool OrganReview::seen(Plane plane, int at, const AxisMap& axisMap) const {
  const std::vector<bool>& slices = looked_[static_cast<std::size_t>(plane)];
  const int slice = axisMap.axes(plane).sliceFlipped ? axisMap.slices(plane) - 1 - at : at;
  return static_cast<std::size_t>(slice) < slices.size() && slices[static_cast<std::size_t>(slice)];
}

bool OrganReview::lookedThrough(Plane plane, const Box& box, const AxisMap& axisMap) const {
  const int axis = axisMap.axes(plane).sliceAxis;
  int count = 0;
  for (int at = box.lower[axis]; at < box.upper[axis]; ++at) count += seen(plane, at, axisMap) ? 1 : 0;
  return count >= kWholeOrgan * (box.upper[axis] - box.lower[axis]);
}

bool OrganReview::lookedThrough(const Box& box, const AxisMap& axisMap) const {
  return std::ranges::any_of(kPlanes, [&](Plane plane) { return lookedThrough(plane, box, axisMap); });
}

std::vector<int> OrganReview::slicesNotSeen(const Box& box, const AxisMap& axisMap) const {
  std::vector<int> slices;
  for (const Plane plane : kPlanes) {
    const bool acrossSlices = axisMap.axes(plane).sliceAxis != 2;
    if (acrossSlices && lookedThrough(plane, box, axisMap)) return {};
    if (acrossSlices) continue;
    for (int at = box.lower.z; at < box.upper.z; ++at)
      if (!seen(plane, at, axisMap)) slices.push_back(at);
  }
  return slices;
}

}  // namespace recontour
