// Opening files: against ITK's readers in the same run, voxels compared first.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>

#include <benchmark/benchmark.h>
#include <itkGDCMImageIO.h>
#include <itkImageSeriesReader.h>

#include "core/io/label_file.h"
#include "core/io/reader_process.h"
#include "tests/bench/peer.h"
#include "tests/core/io/dicom_bytes.h"
#include "tests/core/io/test_folder.h"
#include "tests/data/reference_data.h"

namespace recontour::bench {
namespace {

using ItkImage = itk::Image<short, 3>;
namespace fs = std::filesystem;

constexpr int kRounds = 7, kSlices = 200, kUncompressedSlices = 300, kEdge = 512;
constexpr double kLimitNifti = 1.0, kLimitProcessSeconds = 0.3, kLimitJpeg2000 = 1.0, kLimitFirstImage = 0.3;

double secondsOf(const std::function<void()>& run) {
  const auto start = std::chrono::steady_clock::now();
  run();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// The reference CT, its slices again and again until there are kSlices: 105 MB.
Case longCase() {
  Case ct = openCase(referenceData("ct_lits0/ScalarVolume_0_dicom.zip"));
  const auto slices = ct.volume.voxels();
  const std::size_t slice = voxelCount({kEdge, kEdge, 1});
  std::vector<std::int16_t> voxels;
  for (std::size_t z = 0; z < kSlices; ++z) {
    const auto from = slices.subspan((z % std::size_t(ct.geometry.size.z)) * slice, slice);
    voxels.insert(voxels.end(), from.begin(), from.end());
  }
  ct.geometry.size.z = kSlices;
  ct.volume = Volume(ct.geometry.size, std::move(voxels));
  return ct;
}

struct NiftiPeer {
  double seconds = 0;
  unsigned long long hash = 0;
};

NiftiPeer readByItk(const fs::path& file) {
  NiftiPeer result;
  FILE* peer = ::popen((std::string(NIFTI_PEER) + " " + file.string()).c_str(), "r");
  if (peer == nullptr || std::fscanf(peer, "%lf %llu", &result.seconds, &result.hash) != 2)
    std::puts("the peer failed");
  if (peer != nullptr) ::pclose(peer);
  return result;
}

unsigned long long hashOf(const Case& opened) {  // FNV-1a
  std::uint64_t hash = 14695981039346656037ULL;
  for (const std::int16_t voxel : opened.volume.voxels())
    hash = (hash ^ static_cast<std::uint16_t>(voxel)) * 1099511628211ULL;
  return hash;
}

ItkImage::Pointer readByItk(const std::vector<std::string>& slices) {
  auto reader = itk::ImageSeriesReader<ItkImage>::New();
  reader->SetImageIO(itk::GDCMImageIO::New());
  reader->SetFileNames(slices);
  reader->Update();
  return reader->GetOutput();
}

bool sameVoxels(const Case& ours, const ItkImage& theirs) {
  const auto voxels = ours.volume.voxels();
  const bool same = theirs.GetBufferedRegion().GetNumberOfPixels() == voxels.size() &&
                    std::equal(voxels.begin(), voxels.end(), theirs.GetBufferPointer());
  std::printf("  voxels %s ITK's\n", same ? "equal" : "differ from");
  return same;
}

/// Alternating rounds; each side tells its seconds. @return the median of ours / theirs
double ratioOf(const char* name, const std::function<double()>& ours, const std::function<double()>& theirs) {
  std::vector<double> own, peer, ratios;
  for (int round = 0; round < kRounds; ++round) {
    own.push_back(ours());
    peer.push_back(theirs());
    ratios.push_back(own.back() / peer.back());
  }
  std::printf("%s: %.3f s, ITK %.3f s, ratio %.2f (medians of %d rounds)\n", name, median(own), median(peer),
              median(ratios), kRounds);
  return median(ratios);
}

bool openNifti(const fs::path& file, FileReader& reader) {
  const bool good = hashOf(openCase(file)) == readByItk(file).hash;
  std::printf("  voxels %s ITK's\n", good ? "equal" : "differ from");
  const double ratio = ratioOf(
      ".nii.gz of 105 MB", [&] { return secondsOf([&] { openCase(file); }); }, [&] { return readByItk(file).seconds; });
  std::vector<double> more;
  for (int round = 0; round < kRounds; ++round) {
    const double here = secondsOf([&] { openCase(file); });
    OpenProgress nothing;
    more.push_back(secondsOf([&] { reader.openCase(file, "", nothing, {}); }) - here);
  }
  std::printf("  through the reader process %.3f s more, limit %.1f s; ratio's limit %.1f\n", median(more),
              kLimitProcessSeconds, kLimitNifti);
  return good && ratio <= kLimitNifti && median(more) <= kLimitProcessSeconds;
}

std::vector<std::string> filesOf(const fs::path& folder) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path().string());
  std::ranges::sort(files);
  return files;
}

/// The slices of a case as uncompressed DICOM files.
void writeSeries(const fs::path& folder, const Case& ct, int count) {
  fs::create_directories(folder);
  const auto voxels = ct.volume.voxels();
  const std::size_t slice = voxelCount({kEdge, kEdge, 1});
  for (int z = 0; z < count; ++z) {
    DicomBytes bytes;
    bytes.columns = bytes.rows = kEdge;
    bytes.position = "0\\0\\" + std::to_string(3 * z);
    bytes.spacing = "0.75\\0.75";
    const auto from = voxels.subspan(std::size_t(z % ct.geometry.size.z) * slice, slice);
    bytes.pixels.assign(from.begin(), from.end());
    char name[16];
    std::snprintf(name, sizeof name, "%04d.dcm", z);
    std::ofstream(folder / name, std::ios::binary) << bytes.bytes();
  }
}

/// GDCM 3.0.21 decodes a slice on all cores, so ITK's reader, slice by slice, is as busy on both as ours.
bool openJpeg2000(const fs::path& folder, std::vector<std::string> slices) {
  std::ranges::reverse(slices);  // by rising position
  const bool good = sameVoxels(openCase(folder), *readByItk(slices));
  const double ratio = ratioOf(
      "JPEG 2000, 20 slices", [&] { return secondsOf([&] { openCase(folder); }); },
      [&] { return secondsOf([&] { readByItk(slices); }); });
  std::printf("  limit %.2f\n", kLimitJpeg2000);
  return good && ratio <= kLimitJpeg2000;
}

bool firstImage(const fs::path& folder, FileReader& reader) {
  struct First final : OpenProgress {
    void firstSlice(const FirstSlice&) override { at = std::chrono::steady_clock::now(); }
    std::chrono::steady_clock::time_point at;
  };
  std::vector<double> seconds;
  for (int round = 0; round < kRounds; ++round) {
    First first;
    const auto start = std::chrono::steady_clock::now();
    reader.openCase(folder, "", first, {});
    seconds.push_back(std::chrono::duration<double>(first.at - start).count());
  }
  std::printf("first image of %d uncompressed slices through the reader process: %.3f s, limit %.1f s\n",
              kUncompressedSlices, median(seconds), kLimitFirstImage);
  return median(seconds) <= kLimitFirstImage;
}

int run(int argc, char** argv) {
  if (!haveReferenceData()) return std::puts("RECONTOUR_DATA is not set"), kNotAvailable;
  const TestFolder folder;
  const auto reader = makeReaderProcess({READER_PROGRAM, folder.path() / "jobs", std::chrono::seconds(60), true});
  const Case ct = longCase();
  writeVolumeFile(folder.path() / "ct.nii.gz", ct.volume, ct.geometry, "");
  bool good = openNifti(folder.path() / "ct.nii.gz", *reader);
  const auto jpeg2000 = referenceData("ct_totalsegmentator/example_ct_dicom");
  good = openJpeg2000(jpeg2000, filesOf(jpeg2000)) && good;
  writeSeries(folder.path() / "long", ct, kUncompressedSlices);
  good = firstImage(folder.path() / "long", *reader) && good;
  benchmark::RegisterBenchmark("openCase/nii.gz", [&](benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(openCase(folder.path() / "ct.nii.gz"));
  })->Unit(benchmark::kMillisecond);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return good ? 0 : 1;
}

}  // namespace
}  // namespace recontour::bench

int main(int argc, char** argv) { return recontour::bench::run(argc, argv); }
