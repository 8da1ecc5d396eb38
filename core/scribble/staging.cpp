#include "core/scribble/staging.h"

#include "core/base/error.h"
#include "core/base/safe_file.h"

namespace recontour {
namespace {

void moveTo(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code failed;
  std::filesystem::rename(from, to, failed);
  if (failed) throw Error(to, "cannot be written: " + failed.message(), "give another folder with --out");
}

}  // namespace

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
  std::size_t done = 0;
  try {
    for (; done < names.size(); ++done) moveTo(folder_ / names[done], out_ / names[done]);
    flushFile(out_);
  } catch (const Error&) {
    std::error_code ignored;
    while (done > 0) std::filesystem::remove_all(out_ / names[--done], ignored);
    throw;
  }
}

std::filesystem::path madeFolder(const std::filesystem::path& folder) {
  createPrivateFolder(folder);
  return folder;
}

void placeFile(const std::filesystem::path& file, const std::filesystem::path& target) {
  std::error_code failed;
  std::filesystem::create_hard_link(file, target, failed);
  if (!failed) return;
  std::filesystem::copy_file(file, target, failed);
  if (failed) throw Error(target, "cannot be written: " + failed.message(), "check the free space");
  flushFile(target);
}

}  // namespace recontour
