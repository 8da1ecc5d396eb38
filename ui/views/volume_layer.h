#pragma once
#include <vtkSmartPointer.h>

#include "core/image/geometry.h"
#include "core/image/volume.h"

class vtkFixedPointVolumeRayCastMapper;
class vtkVolume;

namespace recontour {

/// The CT itself as a cloud: bones and what contrast medium has brightened, cast by rays on the processor, at about 2
/// mm. Made, used and destroyed in one thread.
class VolumeLayer {
 public:
  VolumeLayer(const Volume& volume, const Geometry& geometry);
  ~VolumeLayer();
  vtkVolume* prop() const;
  /// Fewer rays, for pictures that a hand waits for.
  void setCoarse(bool coarse);
  /// Fewer rays from now on. @return false when there is no coarser way that is still worth looking at
  bool slacken();

 private:
  void apply();
  vtkSmartPointer<vtkFixedPointVolumeRayCastMapper> mapper_;
  vtkSmartPointer<vtkVolume> volume_;
  int pixelsARay_ = 1;  ///< along each side of the picture
  bool coarse_ = false;
};

}  // namespace recontour
