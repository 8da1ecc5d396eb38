#include <cstdio>
#include <string>

#include <nlohmann/json.hpp>
#include <signal.h>

#include "app/reader/job.h"
#include "app/reader/memory_limit.h"
#include "core/base/private_files.h"

namespace {

constexpr int kWrongUsage = 2;
constexpr const char* kUsage =
    "usage: recontour-reader            opens medical files for other programs: requests on standard input, answers "
    "on\n"
    "                                   standard output (docs/formats/jobs.md)\n"
    "       recontour-reader --version\n";

}  // namespace

int main(int count, char** arguments) {
  recontour::keepFilesPrivate();
  const std::string option = count > 1 ? arguments[1] : "";
  if (option == "--version") return std::puts(RECONTOUR_VERSION) < 0 ? 1 : 0;
  if (!option.empty()) {
    std::fputs(kUsage, option == "--help" ? stdout : stderr);
    return option == "--help" ? 0 : kWrongUsage;
  }
  ::signal(SIGPIPE, SIG_IGN);
  recontour::reader::limitMemory(0);
  recontour::serveJobs("recontour-reader", RECONTOUR_VERSION, recontour::reader::runJob);
}
