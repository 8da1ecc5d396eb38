#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace recontour {

/// Changes of DSC as readers make them who revise the same predictions: most organs are left as they are, some cases
/// need more than others, a few changes are large, and what a case and an organ needs is much the same for all readers.
struct StudyModel {
  int readers = 3, cases = 20, organs = 16;
  double effect =
      0;  ///< mean change of an edited organ, in SDs of such changes before tails; 0: readers improve nothing

  double editRate(int organ) const;    ///< chance that a reader edits the organ
  double size(int organ) const;        ///< SD of changes of an edited organ before tails, DSC
  double trueChange(int organ) const;  ///< mean over edited and unedited, DSC
};

struct SimulatedStudy {
  StudyModel model;
  std::vector<double> changes;  ///< DSC after - before, exactly 0 where unedited

  std::size_t place(int reader, int caseNumber, int organ) const;
  double change(int reader, int caseNumber, int organ) const { return changes[place(reader, caseNumber, organ)]; }
  std::vector<double> ofOrgan(int reader, int organ) const;  ///< a change a case
  std::vector<double> ofOrganOverReaders(int organ) const;   ///< mean over readers, a change a case
  std::vector<double> ofCases() const;                       ///< mean over readers and organs, a change a case
};

SimulatedStudy simulate(const StudyModel& model, std::uint64_t seed);

}  // namespace recontour
