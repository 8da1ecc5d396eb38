#include "core/scribble/scribble_generator.h"

#include <algorithm>
#include <bitset>

#include <opencv2/imgproc.hpp>

#include "core/base/error.h"
#include "core/image/axis_map.h"
#include "core/scribble/stroke_styles.h"

namespace recontour {
namespace {

constexpr int kMargin = 8;  // pixels beside an organ: strokes are moved by 6 and 1 wider than their line

/// A stream of its own for each slice and organ: what one draws does not depend on the others.
PortableRandom randomFor(std::uint64_t seed, int slice, Label organ) {
  PortableRandom mixed(seed);
  const std::uint64_t base = mixed.next();
  return PortableRandom(base ^ (static_cast<std::uint64_t>(slice) << 16) ^ (static_cast<std::uint64_t>(organ) + 1));
}

Pixels strokeOf(const Pixels& organ, Label label, ScribbleStyle style, PortableRandom& random) {
  return style == ScribbleStyle::Word ? wordStroke(organ, label == 0, random) : interiorAndBorderStroke(organ, random);
}

void drawOrgan(const Pixels& slice, Label label, const ScribbleSettings& settings, int number, Pixels& scribbles) {
  const Pixels everywhere = (slice == label) / 255;
  cv::Rect area = cv::boundingRect(everywhere);
  area = cv::Rect(area.x - kMargin, area.y - kMargin, area.width + 2 * kMargin, area.height + 2 * kMargin) &
         cv::Rect({}, slice.size());
  PortableRandom random = randomFor(settings.seed, number, label);
  const Pixels stroke = strokeOf(everywhere(area).clone(), label, settings.style, random);
  Pixels target = scribbles(area);
  target.setTo(label, stroke);
}

}  // namespace

LabelMap generateScribbles(const LabelMap& labels, const Geometry& geometry, const ScribbleSettings& settings) {
  const AxisMap axisMap(geometry);
  const int axis = axisMap.axes(Plane::Axial).sliceAxis;
  LabelMap result(labels.size());
  const Box all = geometry.box();
  result.write(all, {all.size(), std::vector<Label>(voxelCount(all.size()), kUnlabelled)});
  try {
    for (const int number : chosenSlices(labels, geometry, settings.slices)) {
      Box box = all;
      box.lower[axis] = axisMap.voxelAt(Plane::Axial, 0, 0, number)[axis];
      box.upper[axis] = box.lower[axis] + 1;
      DenseBox dense = labels.copy(box);
      const int width = axis == 0 ? box.size().y : box.size().x, height = axis == 2 ? box.size().y : box.size().z;
      const Pixels slice = Pixels(height, width, dense.labels.data()).clone();
      Pixels scribbles(height, width, dense.labels.data());  // drawn in its place
      scribbles.setTo(kUnlabelled);
      std::bitset<256> present;
      for (const Label label : slice) present.set(label);
      for (std::size_t label = 0; label < kUnlabelled; ++label) {
        if (present[label]) drawOrgan(slice, static_cast<Label>(label), settings, number, scribbles);
      }
      result.write(box, dense);
    }
  } catch (const cv::Exception& error) {
    throw Error("the strokes could not be drawn: " + std::string(error.what()));
  }
  return result;
}

}  // namespace recontour
