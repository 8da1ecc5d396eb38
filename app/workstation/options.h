#pragma once
#include <filesystem>
#include <optional>
#include <string>

namespace recontour {

/// What `recontour` was asked for on its command line.
struct StartOptions {
  std::optional<std::filesystem::path> casePath, prediction, reference, model, sessions, screenshot, unattended,
      scribbles, train, revision, replay, study, inbox, outbox;
  std::optional<std::string> organs;  ///< a table by name or file
  std::string reader = "R1";
  bool readerGiven = false;
  std::optional<std::string> device, series, labelValues;
  bool demo = false, readOnly = false, fromNothing = false, noThreeD = false, resetSettings = false, light = false,
       showReference = false, openFirst = false, allowUnsandboxed = false;
  int width = 0, height = 0;  ///< window size in logical pixels; 0 unless given
  double scale = 0;           ///< of everything; 0 unless given
  double speed = 1;           ///< of the replay
};

/// @return exit status when the program is to end now: 0 after --help and --version, 2 after wrong usage
std::optional<int> readOptions(int argc, char** argv, StartOptions& options);

}  // namespace recontour
