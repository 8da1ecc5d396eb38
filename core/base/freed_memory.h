#pragma once

namespace recontour {

/// Gives memory that was freed in many small pieces back to the system; the heap would keep it for later. Takes some
/// milliseconds for hundreds of megabytes; from a background thread.
void returnFreedMemory();

}  // namespace recontour
