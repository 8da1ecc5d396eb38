#include "core/edit/grab_cut.h"

#include <algorithm>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "core/base/error.h"

namespace recontour {
namespace {

constexpr int kRounds = 3;
constexpr double kLowHu = -160, kHighHu = 240;  // soft tissue

bool isOrgan(CutMark mark) { return mark == CutMark::Organ || mark == CutMark::LikelyOrgan; }

cv::Mat pictureOf(const Volume& volume, const Box& box, int width, int height) {
  cv::Mat picture(height, width, CV_8UC3);
  int i = 0;
  for (int z = box.lower.z; z < box.upper.z; ++z) {
    for (int y = box.lower.y; y < box.upper.y; ++y) {
      for (int x = box.lower.x; x < box.upper.x; ++x, ++i) {
        const double part = (volume.at({x, y, z}) - kLowHu) / (kHighHu - kLowHu);
        const auto grey = static_cast<std::uint8_t>(std::clamp(part, 0.0, 1.0) * 255);
        picture.at<cv::Vec3b>(i / width, i % width) = {grey, grey, grey};
      }
    }
  }
  return picture;
}

}  // namespace

std::vector<bool> grabCut(const Volume& volume, const Box& box, int sliceAxis, const std::vector<CutMark>& marks) {
  const Size3 size = box.size();
  const int width = sliceAxis == 0 ? size.y : size.x, height = sliceAxis == 2 ? size.y : size.z;
  std::vector<bool> organ(marks.size());
  std::transform(marks.begin(), marks.end(), organ.begin(), isOrgan);
  const auto organs = std::ranges::count(organ, true);
  if (organs == 0 || organs == std::ssize(organ)) return organ;
  cv::Mat mask(height, width, CV_8UC1), backgroundModel, organModel;
  for (int i = 0; i < width * height; ++i)
    mask.at<std::uint8_t>(i / width, i % width) = static_cast<std::uint8_t>(marks[static_cast<std::size_t>(i)]);
  try {
    cv::setRNGSeed(1);  // its models start from random colours: equal inputs are to give equal labels
    cv::grabCut(pictureOf(volume, box, width, height), mask, {}, backgroundModel, organModel, kRounds,
                cv::GC_INIT_WITH_MASK);
  } catch (const cv::Exception& error) {
    throw Error("the cut of this slice failed: " + std::string(error.what()), "use growth instead");
  }
  for (int i = 0; i < width * height; ++i)
    organ[static_cast<std::size_t>(i)] = isOrgan(static_cast<CutMark>(mask.at<std::uint8_t>(i / width, i % width)));
  return organ;
}

}  // namespace recontour
