#include "core/edit/mask_filters.h"

#include <algorithm>

#include <itkBinaryMedianImageFilter.h>
#include <itkDiscreteGaussianImageFilter.h>
#include <itkImage.h>
#include <itkSignedMaurerDistanceMapImageFilter.h>

#include "core/base/error.h"

namespace recontour {
namespace {

template <typename Voxel>
typename itk::Image<Voxel, 3>::Pointer imageOf(const std::vector<bool>& mask, const Size3& size,
                                               const Point3& spacing) {
  auto image = itk::Image<Voxel, 3>::New();
  typename itk::Image<Voxel, 3>::SizeType extent;
  typename itk::Image<Voxel, 3>::SpacingType step;
  for (int axis = 0; axis < 3; ++axis) {
    extent[static_cast<unsigned>(axis)] = static_cast<itk::SizeValueType>(size[axis]);
    step[static_cast<unsigned>(axis)] = spacing[axis];
  }
  image->SetRegions(extent);
  image->SetSpacing(step);
  image->Allocate();
  std::ranges::copy(mask, image->GetBufferPointer());
  return image;
}

template <typename Filter>
auto outputOf(Filter& filter, const OperationProgress& progress) {
  if (progress.report)
    filter.AddObserver(itk::ProgressEvent(),
                       [&](const itk::EventObject&) { progress.report(static_cast<double>(filter.GetProgress())); });
  try {
    filter.Update();
  } catch (const itk::ExceptionObject& error) {
    throw Error(std::string("a contour could not be filtered: ") + error.GetDescription());
  }
  const auto* image = filter.GetOutput();
  const auto* first = image->GetBufferPointer();
  return std::vector(first, first + image->GetPixelContainer()->Size());
}

}  // namespace

std::vector<float> distanceMm(const std::vector<bool>& mask, const Size3& size, const Point3& spacing,
                              const OperationProgress& progress) {
  const auto filter =
      itk::SignedMaurerDistanceMapImageFilter<itk::Image<unsigned char, 3>, itk::Image<float, 3>>::New();
  filter->SetInput(imageOf<unsigned char>(mask, size, spacing));
  filter->SetSquaredDistance(false);
  filter->SetUseImageSpacing(true);
  filter->SetInsideIsPositive(false);
  std::vector<float> distances = outputOf(*filter, progress);
  for (std::size_t i = 0; i < distances.size(); ++i) distances[i] = mask[i] ? 0 : distances[i];
  return distances;
}

std::vector<float> blurred(const std::vector<bool>& mask, const Size3& size, const Point3& spacing, double sigmaMm,
                           const OperationProgress& progress) {
  constexpr unsigned kLargestKernel = 128;
  const auto filter = itk::DiscreteGaussianImageFilter<itk::Image<float, 3>, itk::Image<float, 3>>::New();
  filter->SetInput(imageOf<float>(mask, size, spacing));
  filter->SetVariance(sigmaMm * sigmaMm);
  filter->SetUseImageSpacing(true);
  filter->SetMaximumKernelWidth(kLargestKernel);
  return outputOf(*filter, progress);
}

std::vector<bool> median(const std::vector<bool>& mask, const Size3& size, const Point3& spacing, double radiusMm,
                         const OperationProgress& progress) {
  using Image = itk::Image<unsigned char, 3>;
  const auto filter = itk::BinaryMedianImageFilter<Image, Image>::New();
  const double finest = std::min({spacing.x, spacing.y, spacing.z});
  Image::SizeType radius;
  for (int axis = 0; axis < 3; ++axis)
    radius[static_cast<unsigned>(axis)] =
        static_cast<itk::SizeValueType>(std::max(radiusMm, finest) / spacing[axis] + 1e-6);
  filter->SetInput(imageOf<unsigned char>(mask, size, spacing));
  filter->SetForegroundValue(1);
  filter->SetBackgroundValue(0);
  filter->SetRadius(radius);
  const auto filtered = outputOf(*filter, progress);
  std::vector<bool> result(filtered.size());
  for (std::size_t i = 0; i < filtered.size(); ++i) result[i] = filtered[i] == 1;
  return result;
}

}  // namespace recontour
