#pragma once

namespace recontour {

/// How the views share the room: all four alike, the active one large beside the others, or the active one alone.
enum class ViewArrangement { Four, Large, Single };

}  // namespace recontour
