#pragma once
#include <memory>

#include "core/image/case.h"
#include "tests/data/temporary_folder.h"
#include "tests/data/virtual_display.h"
#include "tests/reliability/editor_process.h"

namespace recontour {

/// A desk for the window program: a display, a CT with a label map to start from, folders of its own for all it keeps.
class WindowDesk {
 public:
  WindowDesk();
  bool hasDisplay() const;
  /// The program on this CT, with these options behind.
  std::unique_ptr<EditorProcess> start(const std::vector<std::string>& options) const;
  /// The same, revising by a script of `strokes` strokes and accepting.
  std::unique_ptr<EditorProcess> startRevising(int strokes, std::uint64_t seed) const;
  const Case& opened() const { return opened_; }
  std::filesystem::path sessionFolder() const;                           ///< of reader R1 on this CT
  std::filesystem::path errors() const { return root_ / "errors.txt"; }  ///< what the program says on standard error
  std::filesystem::path operator/(const std::string& name) const { return root_ / name; }

 private:
  void writeScript(const std::filesystem::path& file, int strokes, std::uint64_t seed) const;
  TemporaryFolder root_;
  VirtualDisplay display_;
  Case opened_;
};

}  // namespace recontour
