#pragma once
#include <vector>

#include "core/study/study_protocol.h"

namespace recontour {

/// Who reads what in which order, from the seed of the design alone, the same on every machine.
///
/// - word-fig3: every reader reads every case once in the first arm
/// - word-fig3-plus: `scratchCases` of them, drawn by the seed, also in the second; half of these first in the one arm
///   and half in the other, turned round from reader to reader; the second reading of a case lies in period 2
/// - crossover: every case in every arm, the arms of a case in the rows of a Williams square (AB and BA with two arms)
/// - annotate-check: each case has one annotator, then the next reader checks it in period 2
///
/// Practice cases come first, then the periods; within a period the cases are in an order of each reader's own.
/// `repeatedCases` of them come again, in the same arm, in a last period.
/// Source of the square: E. J. Williams, Aust. J. Sci. Res. A2, 1949, pp. 149-168.
std::vector<StudyTask> makeOrder(const StudyProtocol& protocol);

/// `count` cases drawn by the seed from those that are no practice; their numbers in rising order.
/// @param onePerPatient  of several cases of one patient only one is drawn
/// @throws Error when there are fewer
std::vector<int> drawCases(const StudyProtocol& protocol, int count, std::uint64_t seed, bool onePerPatient);

/// Rows are orders of `arms` arms; each arm precedes each other equally often. One square for an even number, two for
/// an odd one.
std::vector<std::vector<int>> williamsSquare(int arms);

}  // namespace recontour
