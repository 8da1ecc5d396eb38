#pragma once
#include <fstream>
#include <string>

#include "core/base/error.h"
#include "tests/data/temporary_folder.h"

namespace recontour {

/// A temporary folder that files are written into.
class TestFolder : public TemporaryFolder {
 public:
  std::filesystem::path write(const std::string& name, const std::string& bytes) const {
    const std::filesystem::path file = path() / name;
    std::filesystem::create_directories(file.parent_path());
    std::filesystem::remove(file);  // truncating a file in place makes some file systems wait for the disk
    std::ofstream(file, std::ios::binary).write(bytes.data(), std::streamsize(bytes.size()));
    return file;
  }
};

/// The message of the Error that `run` throws; "no error" when it throws none.
template <typename Run>
std::string errorOf(Run&& run) {
  try {
    run();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace recontour
