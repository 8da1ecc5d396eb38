// What seg_pydicom_test.py calls:
//   seg_program write CT SEG RAW [SLICE]  writes the sample as a SEG of the CT, and its segments' voxels as bytes
//   seg_program read SEG RAW              reads a SEG by its frames' positions and writes its segments' voxels
// Both print the number of segments and the grid's size.
#include <cstdio>
#include <exception>
#include <fstream>

#include "core/image/label_values.h"
#include "core/io/dicom_dataset.h"
#include "core/io/open_case.h"
#include "core/io/seg_file.h"
#include "tests/core/io/seg_sample.h"

namespace {

using namespace recontour;

void writeBytes(const std::string& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary).write(bytes.data(), std::streamsize(bytes.size()));
}

void writeVoxels(const std::string& file, const std::vector<LabelMap>& masks) {
  std::string bytes;
  for (const LabelMap& mask : masks) {
    const std::vector<Label> voxels = mask.toDense();
    bytes.append(voxels.begin(), voxels.end());
  }
  writeBytes(file, bytes);
  const Size3 size = masks.front().size();
  std::printf("%zu %d %d %d\n", masks.size(), size.x, size.y, size.z);
}

void writeSample(const std::vector<std::string>& arguments) {
  const SegToWrite seg = sampleSeg(openCase(arguments[1]));
  DicomDataset slice = arguments.size() > 4 ? DicomDataset::read(arguments[4]) : DicomDataset();
  writeBytes(arguments[2], segmentationBytes(seg, arguments.size() > 4 ? &slice.items() : nullptr));
  std::vector<LabelMap> masks;
  for (const Label label : {3, 1, 20, 21}) {
    SlotLabels labels{};
    labels[label] = 1;
    masks.push_back(relabelled(seg.labels.of(label), labels));
  }
  writeVoxels(arguments[3], masks);
}

void readBack(const std::vector<std::string>& arguments) {
  std::vector<LabelMap> masks;
  for (const Segment& segment : readSegmentation(arguments[1], {}).segments) masks.push_back(segment.voxels);
  writeVoxels(arguments[2], masks);
}

}  // namespace

int main(int count, char** values) {
  try {
    const std::vector<std::string> arguments(values + 1, values + count);
    if (arguments.size() > 3 && arguments[0] == "write") return writeSample(arguments), 0;
    if (arguments.size() == 3 && arguments[0] == "read") return readBack(arguments), 0;
    std::fprintf(stderr, "write CT SEG RAW [SLICE], or read SEG RAW\n");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
  }
  return 1;
}
