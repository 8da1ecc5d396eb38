#include "models/engine/trainer/checkpoint.h"

#include <gtest/gtest.h>

#include "core/base/error.h"
#include "core/base/safe_file.h"
#include "tests/core/io/test_folder.h"

namespace recontour {
namespace {

Checkpoint sample() {
  Checkpoint checkpoint;
  checkpoint.jobSha256 = "abc";
  checkpoint.iteration = 2;
  checkpoint.seconds = 1.5;
  checkpoint.curve = {{1, 0.1, 2.5, {{"pce", 2.5}}, {}, {}}, {2, 0.05, 1.25, {{"pce", 1.25}}, 0.5, {{1, 0.5}}}};
  checkpoint.weights = {{"a", {1, -2, 3.5F}}, {"b", {}}};
  checkpoint.averages = {{"a", {0.5F, -1, 2}}};
  checkpoint.optimizer = {{"momentum a", {0, 0, 1e-30F}}};
  checkpoint.bestIteration = 2;
  checkpoint.bestDsc = 0.1;
  checkpoint.best = {{"a", {9}}};
  return checkpoint;
}

TEST(Checkpoint, GivesBackEveryNumber) {
  const TestFolder folder;
  const auto file = folder.path() / "checkpoint.bin";
  const Checkpoint written = sample();
  writeCheckpoint(file, written);
  const Checkpoint read = readCheckpoint(file);
  EXPECT_EQ(read.jobSha256, "abc");
  EXPECT_EQ(read.iteration, 2);
  EXPECT_EQ(read.seconds, 1.5);
  EXPECT_EQ(read.weights, written.weights);
  EXPECT_EQ(read.averages, written.averages);
  EXPECT_EQ(read.optimizer, written.optimizer);
  EXPECT_EQ(read.best, written.best);
  EXPECT_EQ(read.bestDsc, 0.1);
  ASSERT_EQ(read.curve.size(), 2U);
  EXPECT_FALSE(read.curve[0].dscMean);
  EXPECT_EQ(read.curve[1].dscMean, 0.5);
  EXPECT_EQ(read.curve[1].dsc.at(1), 0.5);
  EXPECT_EQ(read.curve[1].terms.at("pce"), 1.25);
}

TEST(Checkpoint, IsRefusedWhereAnyByteIsChangedOrMissing) {
  const TestFolder folder;
  const auto file = folder.path() / "checkpoint.bin";
  writeCheckpoint(file, sample());
  const std::string whole = readWholeFile(file);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 4);
    writeFileSafely(file, changed);
    EXPECT_THROW(readCheckpoint(file), Error) << "byte " << at;
    writeFileSafely(file, whole.substr(0, at));
    EXPECT_THROW(readCheckpoint(file), Error) << "cut at " << at;
  }
}

}  // namespace
}  // namespace recontour
