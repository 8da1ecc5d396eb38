#pragma once
// Private to core/anonymize.
#include <optional>
#include <string>

#include "core/anonymize/attribute_rules.h"

class DcmItem;

namespace recontour {

/// What would have to go of a data set though nothing is left without it: places, spacings, contours and what numbers
/// them, where they are no numbers; and attributes of images and structures whose VR is UN, so that sequences cannot be
/// looked into. One clause that names an attribute; none where there is nothing. In sequences that go it does not look.
std::optional<std::string> unusableValue(DcmItem& dataset, const AttributeRules& rules);

}  // namespace recontour
