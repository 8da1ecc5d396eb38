#pragma once

namespace recontour {

/// The first line of each program: whatever it or a library creates from now on is for its user alone (files 0600,
/// folders 0700), whatever the user's own mask says. CTs are patients' data.
void keepFilesPrivate();

}  // namespace recontour
