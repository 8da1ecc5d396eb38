#pragma once
// Private to core/anonymize.
#include <optional>
#include <string>

#include "core/anonymize/attribute_rules.h"
#include "core/io/dicom_dataset.h"

namespace recontour {

/// Why a file is left out, and what can be done.
struct Refusal {
  std::string cause, advice;
};

/// Names burned into its pixels, pixels and documents that usually show some, something behind the pixels, no word on
/// what it is, or values that cannot stay though it is of no use without. None where nothing speaks against it.
std::optional<Refusal> reasonToRefuse(DicomDataset& dataset, const AttributeRules& rules);

}  // namespace recontour
