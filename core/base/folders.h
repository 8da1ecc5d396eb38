#pragma once
#include <filesystem>

namespace recontour {

/// `$XDG_DATA_HOME/recontour`, by default ~/.local/share/recontour. Not created here.
std::filesystem::path dataFolder();
/// `$XDG_CACHE_HOME/recontour`, by default ~/.cache/recontour. Not created here.
std::filesystem::path cacheFolder();
/// `$XDG_CONFIG_HOME/recontour`, by default ~/.config/recontour. Not created here.
std::filesystem::path configFolder();

/// Folder of the running program.
std::filesystem::path programFolder();
/// A file or folder of resources/ or models/ by its path relative to the source tree, e.g.
/// "resources/organs/word.json". Looked for beside the program (../share/recontour), then upwards from it (a build
/// folder inside the source tree). @throws Error when it is nowhere
std::filesystem::path resource(const std::filesystem::path& relative);

}  // namespace recontour
