#pragma once
#include <filesystem>
#include <string_view>

namespace recontour {

/// Judges a TorchScript archive from its bytes, before LibTorch sees them: a model is a program, and loading it can run
/// it. Refused is what is not as PyTorch writes it: the zip's structure (script_zip.h), files of unknown purpose, code
/// that uses an operator off the list (operator_list.h) or a method that runs at load (script_code.h), pickles that
/// refer to anything but the archive's classes and tensors (script_pickle.h).
/// @param file  named in messages
/// @throws Error (BadInput) naming the file inside the archive, the line and what is wrong there
void checkScriptArchive(std::string_view archive, const std::filesystem::path& file);

}  // namespace recontour
