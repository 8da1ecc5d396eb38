#pragma once
#include <string>

namespace recontour {

/// Strokes that closingWindow() draws: on the axial slices 1, 2, ... of the case; the last one is still being drawn
/// when the end comes.
inline constexpr int kStrokesDrawn = 4;

/// The program that is ended: the real window, in which strokes are drawn by the pointer. Says "ready" on standard
/// output and then goes by `path`: window-x, ctrl-q, case-switch, next-case, session-end; signal: waits for one.
/// @param sessions  folder; the session of case "first" is looked at afterwards
/// @return exit status
int closingWindow(int argc, char** argv, const std::string& path, const std::string& sessions);

}  // namespace recontour
