#include "core/scribble/staging.h"

#include "core/base/error.h"

namespace recontour {

Staging::Staging(const std::filesystem::path& out)
    : out_(out), folder_(out / ".recontour-partial"), isNew_(!std::filesystem::exists(out)) {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  madeFolder(folder_);
}

Staging::~Staging() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  if (isNew_) std::filesystem::remove(out_, ignored);  // only where nothing is in it
}

void Staging::release(const std::vector<std::string>& names) const {
  std::error_code failed, ignored;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::filesystem::rename(folder_ / names[i], out_ / names[i], failed);
    if (!failed) continue;
    for (std::size_t done = 0; done < i; ++done) std::filesystem::remove_all(out_ / names[done], ignored);
    throw Error(out_ / names[i], "cannot be written: " + failed.message(), "give another folder with --out");
  }
}

std::filesystem::path madeFolder(const std::filesystem::path& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) throw Error(folder, "cannot be made: " + failed.message(), "give another folder with --out");
  return folder;
}

void placeFile(const std::filesystem::path& file, const std::filesystem::path& target) {
  std::error_code failed;
  std::filesystem::create_hard_link(file, target, failed);
  if (!failed) return;
  std::filesystem::copy_file(file, target, failed);
  if (failed) throw Error(target, "cannot be written: " + failed.message(), "check the free space");
}

}  // namespace recontour
