// Stands in for recontour-worker in tests of the client of a training. Behaves as RECONTOUR_FAKE_TRAINER says, else as
// the name of the model does.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include <nlohmann/json.hpp>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/base/json.h"
#include "core/base/sha256.h"

namespace {

namespace fs = std::filesystem;
using recontour::Json;

void send(const Json& message) { std::cout << message.dump() << std::endl; }

void write(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

/// A slice of 3 x 2 pixels: grey 10, predicted channel 2, truth not known.
void sendPicture(const fs::path& folder, const std::string& mode) {
  const std::string pixels = std::string(6, '\x0a') + std::string(6, '\x02') + std::string(6, '\xff');
  write(folder / "real.u8", pixels);
  if (mode == "picture link") fs::create_symlink("real.u8", folder / "picture.u8");
  if (mode != "picture link") write(folder / "picture.u8", mode == "picture short" ? pixels.substr(1) : pixels);
  const int width = mode == "picture huge" ? 1 << 30 : 3;
  const std::string file = mode == "picture elsewhere" ? "../x.training/picture.u8" : "picture.u8";
  send({{"type", "picture"},
        {"id", 1},
        {"iteration", 50},
        {"case", "word\n1"},
        {"width", width},
        {"height", 2},
        {"file", file}});
}

void sendCurve(int iteration, const Json& more) {
  Json message = {{"type", "curve"},
                  {"id", 1},
                  {"iteration", iteration},
                  {"iterations", 100},
                  {"learning_rate", 0.01},
                  {"loss", 0.5},
                  {"terms", {{"pce", 0.4}, {"em", 1.0}}},
                  {"seconds_left", 7.5}};
  message.update(more);
  send(message);
}

/// The files of the model that it is to start from, as it sees them.
Json filesToStartFrom(const Json& request) {
  Json names = Json::array();
  if (!request.contains("start_folder")) return names;
  for (const auto& entry : fs::directory_iterator(request["start_folder"].get<std::string>()))
    names.push_back(entry.path().filename().string());
  return names;
}

/// The request, how nice the process is and what it sees lie in the model, so that a test can look at them.
std::string writeModel(const fs::path& model, Json request, const std::string& mode) {
  fs::create_directories(model);
  const std::string manifest = R"({"name": "trained", "weights": "model.ts"})";
  write(model / "recontour.json", manifest);
  request["nice"] = ::getpriority(PRIO_PROCESS, 0);
  request["sees"] = filesToStartFrom(request);
  write(model / "train.json", request.dump());
  write(model / "model.ts", "weights");
  if (mode == "link in model") fs::create_symlink("/etc/passwd", model / "LICENSE");
  if (mode == "folder in model") fs::create_directory(model / "more");
  return recontour::sha256Hex(std::string_view(manifest));
}

void sendResult(const std::string& hash, const std::string& mode) {
  Json result = {{"type", "result"},
                 {"id", 1},
                 {"model", mode == "model elsewhere" ? "../model" : "model"},
                 {"manifest_sha256", mode == "another hash" ? std::string(64, '0') : hash},
                 {"device", "cpu"},
                 {"fallback", "because"},
                 {"iterations", 100},
                 {"chosen_iteration", 50},
                 {"seconds", 12.5},
                 {"dsc_mean", 0.75},
                 {"peak_memory_bytes", 1000}};
  if (mode == "no scores") result["dsc_mean"] = nullptr;
  if (mode == "incomplete") result.erase("device");
  send(result);
}

void answer(const Json& request, const std::string& mode) {
  const fs::path folder = request["folder"].get<std::string>();
  if (mode == "dies at once") ::raise(SIGKILL);
  send({{"type", "running"}, {"id", 1}, {"model_name", "fake"}, {"device", "cpu"}});
  send({{"type", "progress"}, {"id", 1}, {"stage", "load"}, {"done", 1}, {"total", 1}});
  if (mode == "refuses") {
    send({{"type", "error"}, {"id", 1}, {"kind", "bad_input"}, {"message", "patch: no multiple of 16"}});
    ::pause();
  }
  sendCurve(1, {{"loss", mode == "diverges" ? Json() : Json(0.75)}});
  sendCurve(50, {{"dsc_mean", 0.25}, {"dsc", {{"liver", 0.25}}}});
  write(folder / "checkpoint.bin", "what was learned");
  sendPicture(folder, mode);
  if (mode == "curve of texts") sendCurve(51, {{"loss", "low"}});
  if (mode == "dies") ::raise(SIGKILL);
  if (mode == "waits") ::pause();
  sendResult(writeModel(folder / "model", request, mode), mode);
  ::pause();
}

}  // namespace

int main() {
  send({{"type", "hello"}, {"protocol", 1}, {"program", "fake"}, {"version", "0"}, {"pid", ::getpid()}});
  std::string line;
  std::getline(std::cin, line);
  const Json request = Json::parse(line);
  const char* mode = std::getenv("RECONTOUR_FAKE_TRAINER");  // a sandbox has no environment
  answer(request, mode != nullptr ? mode : request["model_name"]);
}
