// Stands in for recontour-worker in tests of what its client does when things go wrong.
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>
#include <signal.h>
#include <unistd.h>

#include "core/base/json.h"
#include "core/base/sha256.h"

namespace {

using recontour::Json;

void send(const Json& message) { std::cout << message.dump() << std::endl; }

void sayHello(int protocol) {
  send({{"type", "hello"}, {"protocol", protocol}, {"program", "fake"}, {"version", "0"}, {"pid", ::getpid()}});
}

Json readRequest() {
  std::string line;
  std::getline(std::cin, line);
  return Json::parse(line);
}

/// Labels every voxel of z = 0 with 1, or with what the mode says.
std::string labelsFor(const Json& request, const std::string& mode) {
  const auto size = request["volume"]["size"].get<std::array<std::size_t, 3>>();
  std::string labels(size[0] * size[1] * size[2], '\0');
  if (mode != "background") labels.replace(0, size[0] * size[1], size[0] * size[1], mode == "label" ? '\x63' : '\x01');
  if (mode == "length") labels.pop_back();
  return labels;
}

void sendResult(const Json& request, const std::string& mode) {
  const std::string labels = labelsFor(request, mode);
  const std::string name = request["result"];
  std::ofstream(request["folder"].get<std::string>() + "/" + name, std::ios::binary) << labels;
  const std::string hash = mode == "hash" ? std::string(64, '0') : recontour::sha256Hex(std::string_view(labels));
  Json result = {{"type", "result"},
                 {"id", request["id"]},
                 {"file", mode == "escape" ? "../x" : name},
                 {"bytes", labels.size()},
                 {"sha256", hash},
                 {"model_name", "fake"},
                 {"model_sha256", "ab"},
                 {"device", "cpu"},
                 {"precision", "fp32"},
                 {"fallback", "because"},
                 {"tiles", 3},
                 {"seconds", {{"network", 1.5}}},
                 {"peak_memory_bytes", 1000},
                 {"warnings", Json::array()}};
  if (mode == "another model") result["manifest_sha256"] = std::string(64, '0');
  if (mode == "incomplete") result.erase("device");
  send(result);
}

[[noreturn]] void beatForEver(const Json& message) {
  for (;;) {
    send(message);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

void stepSlowly() {
  for (int done = 0; done < 10; ++done) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    send({{"type", "progress"}, {"id", 1}, {"stage", "network"}, {"done", done}, {"total", 10}});
  }
}

/// Training and scoring in turn: each scoring starts anew.
void stepInTurns() {
  for (int done = 0; done < 4; ++done) {
    for (const char* stage : {"train", "score"}) {
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      send({{"type", "progress"}, {"id", 1}, {"stage", stage}, {"done", stage[0] == 't' ? done : 1}, {"total", 10}});
    }
  }
}

/// 200 MB that are really there, and a heart that goes on.
[[noreturn]] void takeMemory() {
  const std::vector<char> taken(200'000'000, 'x');
  beatForEver({{"type", "heartbeat"}, {"taken", taken[1]}});
}

/// A model whose print() never ends, and a heart that goes on.
[[noreturn]] void printForEver() {
  const std::string text(1 << 20, 's');
  for (;;) {
    std::cerr << text << std::flush;
    send({{"type", "heartbeat"}});
  }
}

void answer(const std::string& mode) {
  const Json request = readRequest();
  if (mode == "silence") ::pause();
  if (mode == "death") ::raise(SIGKILL);
  if (mode == "exit") {
    std::cerr << "first line\nno such operator" << std::endl;
    std::exit(3);
  }
  if (mode == "loop") beatForEver({{"type", "heartbeat"}});
  if (mode == "same step")
    beatForEver({{"type", "progress"}, {"id", 1}, {"stage", "network"}, {"done", 1}, {"total", 3}});
  if (mode == "steps") stepSlowly();
  if (mode == "turns") stepInTurns();
  if (mode == "memory") takeMemory();
  if (mode == "prints") printForEver();
  if (mode == "escape sequence")
    send({{"type", "error"}, {"id", 1}, {"kind", "model_failed"}, {"message", "it\x1b[31mbroke\r\ntwice"}});
  if (mode == "tell manifest")
    send({{"type", "error"}, {"id", 1}, {"kind", "bad_input"}, {"message", request["manifest_sha256"]}});
  if (mode == "garbage") std::cout << "Hello from a model's print" << std::endl;
  if (mode == "array") std::cout << "[1, 2]" << std::endl;
  if (mode == "types") send({{"type", "progress"}, {"id", 1}, {"stage", 7}});
  if (mode == "endless") std::cout << std::string(3 << 20, 'x') << std::flush;
  if (mode == "refused")
    send({{"type", "error"}, {"id", 1}, {"kind", "bad_input"}, {"message", "m/model.ts: damaged"}});
  if (mode == "failed") send({{"type", "error"}, {"id", 1}, {"kind", "model_failed"}, {"message", "it broke"}});
  send({{"type", "heartbeat"}});
  send({{"type", "running"}, {"id", 1}, {"model_name", "fake"}, {"device", "cpu"}});
  send({{"type", "partial"}, {"id", 1}, {"file", "later.u8"}});
  send({{"type", "progress"}, {"id", 1}, {"stage", "network"}, {"done", 1}, {"total", 3}, {"seconds_left", 2.5}});
  send({{"type", "error"}, {"id", 99}, {"kind", "bad_input"}, {"message", "of another job"}});
  sendResult(request, mode);
  ::pause();
}

}  // namespace

int main() {
  const char* mode = std::getenv("RECONTOUR_FAKE_WORKER");
  const std::string text = mode != nullptr ? mode : "";
  if (text == "mute") ::pause();
  sayHello(text == "protocol" ? 2 : 1);
  answer(text);
}
