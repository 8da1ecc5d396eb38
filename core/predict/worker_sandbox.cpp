#include "core/predict/worker_sandbox.h"

#include <cstdlib>

namespace recontour {
namespace {

namespace fs = std::filesystem;

void append(std::vector<fs::path>& paths, std::initializer_list<const char*> more) {
  paths.insert(paths.end(), more.begin(), more.end());
}

void passOn(const char* variable, std::vector<std::string>& environment) {
  if (const char* value = std::getenv(variable)) environment.push_back(std::string(variable) + "=" + value);
}

}  // namespace

std::vector<fs::path> nvidiaDevices() {
  std::vector<fs::path> devices;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator("/dev", ignored)) {
    if (entry.path().filename().string().starts_with("nvidia")) devices.push_back(entry.path());
  }
  return devices;
}

Confinement workerConfinement(const fs::path& program, const std::vector<fs::path>& modelFiles,
                              const fs::path& jobFolder, const std::vector<fs::path>& devices) {
  Confinement reach;
  append(reach.readable, {"/usr/lib", "/usr/lib32", "/usr/lib64", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache",
                          "/etc/alternatives", "/sys/devices/system/cpu", "/sys/devices/system/node", LIBTORCH_FOLDER});
  // What threads do while they wait: those that spin cost everything else on the machine 2.5 times its time.
  reach.environment = {"OMP_WAIT_POLICY=passive", "HOME=/tmp", "TMPDIR=/tmp", "LC_ALL=C.UTF-8"};
  if (!devices.empty()) {
    append(reach.readable, {"/sys", "/usr/local/lib", "/usr/local/cuda", "/usr/local/nvidia"});
    for (const char* variable : {"CUDA_VISIBLE_DEVICES", "CUDA_DEVICE_ORDER", "LD_LIBRARY_PATH"})
      passOn(variable, reach.environment);
    reach.devices = devices;
  }
  reach.readable.push_back(fs::absolute(program));
  for (const auto& file : modelFiles) reach.readable.push_back(fs::absolute(file));
  reach.writable = fs::absolute(jobFolder);
  return reach;
}

}  // namespace recontour
