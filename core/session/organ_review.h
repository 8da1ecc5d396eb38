#pragma once
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/edit/write_filter.h"
#include "core/image/axis_map.h"

namespace recontour {

/// What a reader says of an organ besides drawing it.
enum class OrganVerdict { None, Accepted, Absent, OutsideScan, CutByScanEdge, NotContourable };
inline constexpr std::array kOrganVerdicts = {OrganVerdict::None,          OrganVerdict::Accepted,
                                              OrganVerdict::Absent,        OrganVerdict::OutsideScan,
                                              OrganVerdict::CutByScanEdge, OrganVerdict::NotContourable};
const char* verdictName(OrganVerdict verdict);                    ///< as in logs and results: "not_contourable"
std::optional<OrganVerdict> verdictNamed(std::string_view name);  ///< none for names of later versions
/// The verdict tells why there is no contour.
bool explainsNoContour(OrganVerdict verdict);

struct OrganStatement {
  OrganVerdict verdict = OrganVerdict::None;
  std::string reason;  ///< free text, may be empty
  friend bool operator==(const OrganStatement&, const OrganStatement&) = default;
};

/// What was looked at and what the reader said of each organ; follows from the session's events.
class OrganReview {
 public:
  /// Slices `first` to `last` of a plane were on the screen (counted towards L, P, H).
  void look(Plane plane, int first, int last);
  /// Contours came that nobody can have seen.
  void forgetLooks();
  void state(Label organ, OrganStatement statement);
  /// What was said of these organs no longer holds.
  void changed(const LabelSet& organs);

  const OrganStatement& statement(Label organ) const;
  LabelSet stated() const;  ///< organs with a verdict
  /// Nine tenths of the box's slices were looked at in one plane: the whole organ, but for a tip.
  bool lookedThrough(const Box& box, const AxisMap& axisMap) const;
  /// Slices of the box (array z) that were not looked at; none where it was looked through in another plane.
  std::vector<int> slicesNotSeen(const Box& box, const AxisMap& axisMap) const;

 private:
  bool seen(Plane plane, int at, const AxisMap& axisMap) const;  ///< a slice by its place along the array's axis
  bool lookedThrough(Plane plane, const Box& box, const AxisMap& axisMap) const;
  std::array<std::vector<bool>, 3> looked_;  ///< slices of each plane
  std::map<Label, OrganStatement> statements_;
};

}  // namespace recontour
