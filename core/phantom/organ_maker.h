#pragma once
#include <memory>
#include <string>

#include "core/image/organ_table.h"
#include "core/phantom/hollow_organ_painter.h"
#include "core/phantom/slice_painter.h"

namespace recontour {

/// Makes the painter of each organ from its group in the parameter file, moved and scaled for one patient.
/// Groups and labels go by the keys of the organ table `word`.
class OrganMaker {
 public:
  using Painter = std::unique_ptr<SlicePainter>;
  OrganMaker(const Parameters& parameters, const Variation& variation);

  EllipsoidUnion shape(const std::string& organ) const;
  Painter tubes(const std::string& vesselGroup, Tissue tissue) const;  ///< of the group `vessels`
  Painter twigs() const;
  Painter intestine() const;
  Painter colon() const;
  Painter liver() const;
  Painter liverVessels() const;
  Painter spleen() const;
  Painter stomach() const;
  Painter pancreas() const;
  Painter duodenum() const;
  Painter gallbladder() const;
  Painter kidney(const std::string& organ) const;
  Painter adrenals() const;
  Painter esophagus() const;
  Painter rectum() const;
  Painter prostate() const;
  Painter bladder() const;
  Painter femur(const std::string& organ) const;

 private:
  Parameters group(const std::string& organ) const { return organs_.group(organ); }
  Label label(const std::string& organ) const;
  /// Label, wall and rule of a tube organ; its points become one tube with haustra.
  HollowOrganPainter::Options hollow(const std::string& organ) const;
  Painter hollowTube(const std::string& organ, const std::vector<TubePoint>& points,
                     const HollowOrganPainter::Options& options) const;

  Parameters parameters_, organs_;
  const Variation& variation_;
  OrganTable table_;
  OrganRule rule_;
  double step_;
};

}  // namespace recontour
