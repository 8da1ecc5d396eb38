#include "core/study/staple.h"

#include <algorithm>
#include <string>

#include <itkImage.h>
#include <itkSTAPLEImageFilter.h>

#include "core/base/error.h"

namespace recontour {
namespace {

using Votes = std::vector<std::uint8_t>;
using VoteImage = itk::Image<std::uint8_t, 3>;
using WeightImage = itk::Image<double, 3>;

VoteImage::Pointer imageOf(const Size3& size, const Votes& votes) {
  auto image = VoteImage::New();
  VoteImage::SizeType extent;
  for (unsigned axis = 0; axis < 3; ++axis)
    extent[axis] = static_cast<itk::SizeValueType>(size[static_cast<int>(axis)]);
  image->SetRegions(extent);
  image->Allocate();
  std::ranges::copy(votes, image->GetBufferPointer());
  return image;
}

bool anyVoxelIs(std::span<const Votes> votes, std::uint8_t vote) {
  return std::ranges::any_of(votes, [&](const Votes& one) { return std::ranges::find(one, vote) != one.end(); });
}

/// Where all readers agree, they are right.
Staple unanimous(std::span<const Votes> votes) {
  Staple agreed;
  agreed.sensitivity.assign(votes.size(), 1);
  agreed.specificity.assign(votes.size(), 1);
  agreed.weights.assign(votes[0].begin(), votes[0].end());
  return agreed;
}

}  // namespace

Staple staple(const Size3& size, std::span<const Votes> votes) {
  if (!anyVoxelIs(votes, 1)) throw Error("a consensus needs a contour of at least one reader");
  if (!anyVoxelIs(votes, 0)) throw Error("a consensus needs a background voxel");
  if (std::ranges::all_of(votes, [&](const Votes& one) { return one == votes[0]; })) return unanimous(votes);
  const auto filter = itk::STAPLEImageFilter<VoteImage, WeightImage>::New();
  filter->SetForegroundValue(1);
  filter->SetMaximumIterations(Staple::kMostIterations);
  for (unsigned reader = 0; reader < votes.size(); ++reader) filter->SetInput(reader, imageOf(size, votes[reader]));
  try {
    filter->Update();
  } catch (const itk::ExceptionObject& error) {
    throw Error(std::string("no consensus could be computed: ") + error.GetDescription());
  }
  Staple result;
  result.sensitivity = filter->GetSensitivity();
  result.specificity = filter->GetSpecificity();
  const double* first = filter->GetOutput()->GetBufferPointer();
  result.weights.assign(first, first + voxelCount(size));
  result.iterations = static_cast<int>(std::min(filter->GetElapsedIterations() + 1, Staple::kMostIterations));
  return result;
}

}  // namespace recontour
