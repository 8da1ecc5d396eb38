#include "tests/reliability/scale/process_figures.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace recontour {
namespace {

namespace fs = std::filesystem;
constexpr double kKbPerMb = 1e6 / 1024;  // of "kB" in /proc, which are 1024 bytes

fs::path folderOf(pid_t process) { return fs::path("/proc") / std::to_string(process); }

}  // namespace

ProcessFigures figuresOf(pid_t process) {
  ProcessFigures figures;
  std::ifstream status(folderOf(process) / "status");
  for (std::string key; status >> key;) {
    double number = 0;
    if (key == "Name:") status >> figures.name;
    if (key == "VmRSS:" && status >> number) figures.residentMb = number / kKbPerMb;
    if (key == "VmHWM:" && status >> number) figures.peakMb = number / kKbPerMb;
    if (key == "Threads:") status >> figures.threads;
    std::getline(status, key);
  }
  std::error_code ended;
  for (fs::directory_iterator entry(folderOf(process) / "fd", ended), end; !ended && entry != end;
       entry.increment(ended))
    ++figures.descriptors;
  return figures;
}

void forgetPeak() { std::ofstream("/proc/self/clear_refs") << "5"; }

}  // namespace recontour
