#pragma once
#include <stop_token>

#include "core/base/progress_sink.h"
#include "core/study/coordinator_study.h"

namespace recontour {

/// Compares what readers accepted with the references, where there are any, and with the starts; keeps the figures in
/// the store, with the readings' times, and does again only what has changed since, amendments too. Blocks for seconds
/// a case; progress counts readings. @throws Error unless the study is closed, since truth is sealed until then; where
/// a log, reference or planted error is not the one that was merged or frozen (CheckFailed); Cancelled
void evaluateStudy(CoordinatorStudy& study, ProgressSink& progress, std::stop_token stop);

/// All that a report is made from. Names of arms and models are there once the study is unblinded.
StudyResults gatherResults(const CoordinatorStudy& study);

/// The courses of DSC of accepted readings that have a reference, from their logs; without practice, planted cases and
/// repeats. Blocks for seconds a case. @throws Error unless the study is closed
std::vector<DscCourse> coursesOf(const CoordinatorStudy& study);

}  // namespace recontour
