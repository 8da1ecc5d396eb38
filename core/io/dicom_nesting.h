#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace recontour {

/// What makes a DICOM data set unfit for a parser that recurses and believes lengths: an element or item that is longer
/// than what holds it, more than 32 sequences within one another, more than 8 million elements, or more than 1000 of
/// one data set or item out of order. None when there is nothing.
/// @param bytes  of the whole file, with or without preamble; not deflated
std::optional<std::string> nestingProblem(std::string_view bytes);

/// Mends the length that a file's header states of itself, (0002,0000): a parser that believes a wrong one takes header
/// for data set or the other way round. Files of some vendors have it wrong.
/// @param bytes  of a whole file without a nestingProblem()
void mendHeaderLength(std::string& bytes);

}  // namespace recontour
