// itk_nifti_peer FILE: prints the seconds that ITK's reader takes for a NIfTI, and FNV-1a of its int16 voxels. A
// program of its own, since ITK's NIfTI library and ours have functions of the same names.
#include <chrono>
#include <cstdint>
#include <cstdio>

#include <itkImageFileReader.h>
#include <itkNiftiImageIO.h>

int main(int, char** arguments) {
  using Image = itk::Image<short, 3>;
  const auto start = std::chrono::steady_clock::now();
  auto reader = itk::ImageFileReader<Image>::New();
  reader->SetImageIO(itk::NiftiImageIO::New());
  reader->SetFileName(arguments[1]);
  reader->Update();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::uint64_t hash = 14695981039346656037ULL;
  const auto* voxel = reader->GetOutput()->GetBufferPointer();
  for (std::size_t i = 0; i < reader->GetOutput()->GetBufferedRegion().GetNumberOfPixels(); ++i)
    hash = (hash ^ static_cast<std::uint16_t>(voxel[i])) * 1099511628211ULL;
  std::printf("%.6f %llu\n", seconds, static_cast<unsigned long long>(hash));
}
