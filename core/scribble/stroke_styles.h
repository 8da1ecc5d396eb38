#pragma once
// Private to core/scribble: one organ's strokes on one slice.
#include "core/base/portable_random.h"
#include "core/scribble/slice_pixels.h"

namespace recontour {

/// As WORD's generator draws: the skeleton of the eroded organ without side branches, a little thick, and moved where
/// the organ is large. @param background  the skeleton alone
Pixels wordStroke(const Pixels& organ, bool background, PortableRandom& random);
/// A curve inside one part of the organ and a stroke along a piece of its border, three pixels wide.
Pixels interiorAndBorderStroke(const Pixels& organ, PortableRandom& random);

}  // namespace recontour
