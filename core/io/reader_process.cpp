#include "core/io/reader_process.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/folders.h"
#include "core/base/helper_client.h"
#include "core/base/job_folder.h"
#include "core/base/safe_file.h"
#include "core/base/sandbox.h"
#include "core/base/sha256.h"
#include "core/image/job_files.h"
#include "core/io/reader_messages.h"
#include "core/io/structure_job.h"
#include "core/structures/structure_files.h"

namespace recontour {
namespace {

constexpr const char* kErrorFile = "reader.log";
constexpr const char* kDamaged = "the file may be damaged; export it again, or try it in another program";

/// A process with its folder, for one job.
struct Reader {
  Reader(const ReaderSettings& settings, bool isolated)
      : folder(settings.jobs), client(helperSettings(settings, isolated, folder.path())) {}
  static HelperSettings helperSettings(const ReaderSettings& settings, bool isolated,
                                       const std::filesystem::path& folder) {
    CommandLine command{settings.program, {}};
    if (isolated) command = sandboxed(command, folder);
    HelperSettings result;
    result.program = command.program;
    result.arguments = command.arguments;
    result.process.errorFile = folder / kErrorFile;
    result.watchdog = result.stallLimit = settings.watchdog;
    result.name = "the file reader";
    result.adviceEnded = result.adviceSilent = kDamaged;
    return result;
  }
  JobFolder folder;
  HelperClient client;
};

/// Keeps one reader started ahead. Its thread starts them all, since a child ends with the thread that made it.
class ReaderPool {
  static constexpr int kTries = 3;  // then the reading itself says what is wrong

 public:
  explicit ReaderPool(ReaderSettings settings) : settings_(std::move(settings)) {
    thread_ = std::jthread([this](std::stop_token stop) { keep(stop); });
  }
  /// Waits for the one that starts. @throws Error when it cannot be started
  std::unique_ptr<Reader> take() {
    std::unique_lock lock(mutex_);
    failure_.reset();  // it may work this time
    for (int tries = 0; tries < kTries; ++tries) {
      if (ready_ && ready_->client.hasEnded()) ready_.reset();  // something ended it while it waited or started
      wake_.notify_all();
      wake_.wait(lock, [this] { return ready_ || failure_; });
      if (!ready_) throw Error(*failure_);
      if (!ready_->client.hasEnded()) break;
    }
    wake_.notify_all();
    return std::move(ready_);
  }

 private:
  void keep(const std::stop_token& stop) {
    JobFolder::sweep(settings_.jobs);
    const bool isolated = settings_.sandbox && sandboxWorks();
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
      start(lock, isolated);
      wake_.wait(lock, stop, [this] { return !ready_ && !failure_; });
    }
  }
  void start(std::unique_lock<std::mutex>& lock, bool isolated) {
    lock.unlock();
    std::unique_ptr<Reader> started;
    std::optional<Error> failure;
    try {
      started = std::make_unique<Reader>(settings_, isolated);
    } catch (const Error& error) {
      failure = error;
    }
    lock.lock();
    ready_ = std::move(started);
    failure_ = std::move(failure);
    wake_.notify_all();
  }

  ReaderSettings settings_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::unique_ptr<Reader> ready_;
  std::optional<Error> failure_;
  std::jthread thread_;  // last: it uses the rest
};

class ReaderProcess final : public FileReader {
  // Above its callers, which need to know what it returns.
  static Json requestFor(const char* type, const std::filesystem::path& path) {
    return {{"type", type}, {"id", 1}, {"path", percentEncoded(path)}};
  }

  /// What the reader does wrong is told as an Error about `path`.
  /// @param prepare  what the request needs from files that it writes into the job's folder
  template <typename Read>
  auto run(const std::filesystem::path& path, Json request, OpenProgress& progress, std::stop_token stop, Read read,
           const std::function<Json(const std::filesystem::path& folder)>& prepare = {}) {
    const auto reader = pool_.take();
    const auto& folder = reader->folder.path();
    request["folder"] = percentEncoded(folder);
    if (prepare) request.update(prepare(folder));
    const auto onMessage = [&](const Json& message) {
      if (message.at("type") == "slice") return progress.firstSlice(readSlice(message, folder));
      tellProgress(message, progress);
    };
    Json result;
    try {
      result = reader->client.run(request, onMessage, std::move(stop));
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::ModelFailed) throw;
      throw Error(path, error.what(), {}, ErrorKind::ModelFailed);
    }
    try {
      return read(result, folder);
    } catch (const Json::exception& error) {
      throw Error(path, std::string("the file reader's answer is not usable: ") + error.what(),
                  "install Recontour again", ErrorKind::ModelFailed);
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::Cancelled) throw;
      throw Error(path, std::string("the file reader's answer is not usable: ") + error.what(), "try again",
                  ErrorKind::ModelFailed);
    }
  }

  ReaderPool pool_;

 public:
  explicit ReaderProcess(ReaderSettings settings) : pool_(std::move(settings)) {}

  Case openCase(const std::filesystem::path& path, const std::string& series, OpenProgress& progress,
                std::stop_token stop) override {
    Json request = requestFor("open", path);
    request["series"] = series;
    const auto read = [&](const Json& result, const std::filesystem::path& folder) {
      if (result.contains("choose")) {
        progress.goesOnWithFirst(readSeries(result.at("choose")));
        throw Error("cancelled", ErrorKind::Cancelled);
      }
      Case opened = readCase(result, folder);
      opened.name = caseName(path);
      opened.source = path;
      return opened;
    };
    return run(path, request, progress, std::move(stop), read);
  }

  std::vector<CtSeries> listSeries(const std::filesystem::path& folder, std::stop_token stop) override {
    OpenProgress nothing;
    const auto read = [](const Json&, const std::filesystem::path& job) {
      return readSeries(readJsonFile(job / kSeriesFile));
    };
    return run(folder, requestFor("series", folder), nothing, std::move(stop), read);
  }

  ReadStructures readStructures(const std::filesystem::path& file, const Geometry& grid,
                                std::stop_token stop) override {
    OpenProgress nothing;
    Json request = requestFor("structures", file);
    request["geometry"] = geometryJson(grid);
    const auto read = [&](const Json& result, const std::filesystem::path& folder) {
      ReadStructures structures{result.at("kind"), result.at("sha256_of_file"), structureSetOf(result, folder), {}};
      for (const Json& voxels : result.value("voxels", Json::array()))
        structures.voxels.push_back(labelMapOf(voxels, folder, grid.size));
      if (!structures.voxels.empty() && structures.voxels.size() != structures.set.rois.size())
        throw Error("it has voxels of other segments than it names");
      return structures;
    };
    return run(file, request, nothing, std::move(stop), read);
  }

  /// A file that the reader makes from what `prepare` writes into its folder.
  std::string make(const char* type, const std::filesystem::path& path,
                   const std::function<Json(const std::filesystem::path&)>& prepare, std::stop_token stop) {
    OpenProgress nothing;
    const auto read = [](const Json& result, const std::filesystem::path& folder) {
      std::string bytes = readWholeFile(folder / plainName(result.at("file")));
      if (sha256Hex(bytes) != result.at("sha256").get<std::string>()) throw Error("the file's hash differs");
      return bytes;
    };
    return run(path, requestFor(type, path), nothing, std::move(stop), read, prepare);
  }
  std::string makeStructureSet(const StructureSetJob& job, std::stop_token stop) override {
    const auto& path = job.predecessor.empty() ? job.ct.source : job.predecessor;
    const auto prepare = [&](const std::filesystem::path& folder) { return structureSetRequest(job, folder); };
    return make("write_structures", path, prepare, std::move(stop));
  }
  std::string makeSegmentation(const SegToWrite& job, std::stop_token stop) override {
    const auto prepare = [&](const std::filesystem::path& folder) { return segmentationRequest(job, folder); };
    return make("write_segmentation", job.ct.source, prepare, std::move(stop));
  }

  LabelValues readLabels(const std::filesystem::path& file, std::stop_token stop) override {
    OpenProgress nothing;
    return run(file, requestFor("labels", file), nothing, std::move(stop), readLabelsMessage);
  }
};

}  // namespace

ReaderSettings ReaderSettings::standard() {
  ReaderSettings settings;
  settings.program = programFolder() / "recontour-reader";
  settings.jobs = cacheFolder() / "jobs";
  return settings;
}

std::shared_ptr<FileReader> makeReaderProcess(ReaderSettings settings) {
  return std::make_shared<ReaderProcess>(std::move(settings));
}

}  // namespace recontour
