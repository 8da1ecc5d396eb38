#pragma once
#include <span>
#include <string>
#include <vector>

#include "core/study/study_results.h"

namespace recontour {

/// How the DSC of an organ went on average over the cases of a reader.
struct MeanCourse {
  std::string arm, reader, organ;  ///< kAllReaders: over all readings of the arm
  int cases = 0;                   ///< readings behind the mean
  int edited = 0;                  ///< of these, with a course; the others stay at their start
  std::vector<DscMoment> moments;  ///< the first is at 0 s
};

/// Mean of step functions: each keeps its last DSC until the end, and its first one is there from 0 s on.
std::vector<DscMoment> meanOfCourses(std::span<const DscCourse> courses);

/// By arm, reader and organ, of organs that some reader edited. Readings that count for DSC are behind a mean: so it
/// begins at the mean of the starts and ends at the mean after revision. An organ that a reader left alone keeps its
/// DSC; one that the reference, the start or the result lacks is left out.
std::vector<MeanCourse> meanCourses(const StudyResults& results);

/// reader,case,arm,organ,active_s,dsc: a line a moment, the start first.
std::string coursesCsv(std::span<const DscCourse> courses);

}  // namespace recontour
