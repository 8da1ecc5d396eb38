#pragma once
#include <span>
#include <string>
#include <vector>

#include "core/study/coordinator_study.h"
#include "core/study/reader_package.h"

namespace recontour {

/// A reading that has come in, as verifyStudy() found it.
struct VerifiedReading {
  std::string task, reader, caseId;
  std::size_t events = 0;             ///< of its chain
  std::vector<std::string> heads;     ///< kept elsewhere that its chain has: "store", "receipt"
  std::vector<std::string> problems;  ///< one sentence each
};

struct StudyVerification {
  std::vector<std::string> problems;  ///< of the study's own files
  std::vector<VerifiedReading> readings;
  int receipts = 0;  ///< that fit a reading

  std::string firstProblem() const;  ///< empty when all holds
};

/// Whether a study is what its readers left: images, references, start maps and planted errors against the protocol
/// (its own hash is looked at when it is opened); of each reading hash chain, image, start map, the accepted file and
/// what it holds, and whether its chain has the head that the store keeps and those of the receipts. A log that was
/// built anew has another head, so whoever changes it must change the store too, and then only a receipt tells. Blocks
/// for a second a case.
StudyVerification verifyStudy(const CoordinatorStudy& study, std::span<const Receipt> receipts);

}  // namespace recontour
