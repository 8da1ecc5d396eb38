// Agreement of simulated readers on a real label map, and how long it takes.
#include <chrono>
#include <cstdio>

#include <gtest/gtest.h>

#include "core/io/label_file.h"
#include "core/metrics/overlap.h"
#include "core/study/reader_agreement.h"
#include "core/study/simulated_readers.h"
#include "tests/data/reference_data.h"

namespace recontour {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

TEST(ReaderAgreementData, ThreeReadersOfAllOrgansOfOneCase) {
  REQUIRE_REFERENCE_DATA();
  const LabelImage image = readLabelFile(referenceData("word_labels/word_0014.nii.gz"));
  const SimulatedStudy study = simulateFigure3(20, 2022);
  std::vector<ReaderMap> maps;
  for (int reader = 1; reader <= 3; ++reader)
    maps.push_back({"R" + std::to_string(reader), simulatedMap(image.labels, study, reader, 0)});
  const auto start = Clock::now();
  for (const SimulatedStudy::Organ& organ : study.organs) {
    const auto begun = Clock::now();
    const ReaderAgreement found = readerAgreement(organ.label, maps, image.geometry);
    std::printf("organ %2d: R1 R2 %.3f, to the consensus %.3f, %.2f s\n", organ.label, found.pairs.at({"R1", "R2"}),
                found.toStaple.at("R1"), secondsSince(begun));
    EXPECT_DOUBLE_EQ(found.pairs.at({"R1", "R2"}), dice(maps[0].labels, maps[1].labels, organ.label).value());
    EXPECT_GE(found.toStaple.at("R1"), found.generalised.value());
  }
  std::printf("all organs: %.1f s\n", secondsSince(start));
}

}  // namespace
}  // namespace recontour
