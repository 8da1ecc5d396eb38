#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "tests/core/io/dicom_bytes.h"
#include "tests/core/io/test_folder.h"
#include "tests/core/workbench/fakes.h"

namespace recontour {

/// Reads in this process and counts how often a folder's series were asked for.
class CountingReader final : public FileReader {
 public:
  std::atomic<int> lists = 0;
  Case openCase(const std::filesystem::path& path, const std::string& series, OpenProgress& progress,
                std::stop_token stop) override {
    return local_->openCase(path, series, progress, std::move(stop));
  }
  std::vector<CtSeries> listSeries(const std::filesystem::path& folder, std::stop_token stop) override {
    ++lists;
    return local_->listSeries(folder, std::move(stop));
  }
  ReadStructures readStructures(const std::filesystem::path& file, const Geometry& grid,
                                std::stop_token stop) override {
    return local_->readStructures(file, grid, std::move(stop));
  }
  std::string makeSegmentation(const SegToWrite& job, std::stop_token stop) override {
    return local_->makeSegmentation(job, std::move(stop));
  }
  std::string makeStructureSet(const StructureSetJob& job, std::stop_token stop) override {
    return local_->makeStructureSet(job, std::move(stop));
  }
  LabelValues readLabels(const std::filesystem::path& file, std::stop_token stop) override {
    return local_->readLabels(file, std::move(stop));
  }

 private:
  std::shared_ptr<FileReader> local_ = makeLocalReader();
};

constexpr int kInboxSlices = 6;

/// A slice of the series 1.2.<number>, 12 x 12 x 6 voxels of 1 x 1 x 3 mm; every pixel holds the series' number.
inline std::string inboxSlice(int number, int slice) {
  const std::string uid = "1.2." + std::to_string(number);
  DicomBytes ct;
  ct.columns = ct.rows = 12;
  ct.pixels.assign(144, std::int16_t(number));
  ct.spacing = "1\\1";
  ct.thickness = "3";
  ct.position = "0\\0\\" + std::to_string(3 * slice);
  ct.patient = "P" + std::to_string(number);
  ct.study = uid + ".8";
  ct.series = uid;
  ct.frameOfReference = uid + ".9";
  ct.sopClass = "1.2.840.10008.5.1.4.1.1.2";
  ct.sopInstance = uid + "." + std::to_string(slice + 1);
  return ct.bytes();
}

/// A workbench on an inbox folder that is looked at every 20 ms.
struct InboxFixture {
  static constexpr int kQuietMs = 250;
  explicit InboxFixture(Workbench::Options itsOptions = {}) : options(std::move(itsOptions)) {
    options.sessionsFolder = folder / "sessions";
    std::filesystem::create_directories(inbox());
    start();
  }
  std::filesystem::path inbox() const { return folder / "inbox"; }
  void start() {
    workbench.reset();
    predictor = std::make_shared<FakePredictor>();
    predictor->release();
    workbench = std::make_unique<Workbench>(options, OrganTable::named("word"), makeThreadCaseSource(reader), predictor,
                                            reader);
    QObject::connect(workbench.get(), &Workbench::message, workbench.get(),
                     [this](MessageKind, const QString& text) { messages.push_back(text.toStdString()); });
  }
  void watch(bool opensFirst = false) {
    InboxOptions wanted{inbox(), opensFirst};
    wanted.looksEvery = std::chrono::milliseconds(20);
    wanted.quiet = std::chrono::milliseconds(kQuietMs);
    wanted.patience = std::chrono::milliseconds(3 * kQuietMs);
    workbench->watchInbox(wanted);
  }
  void send(int number, int slice, const std::string& where = "") const {
    const std::string name = where + "CT." + std::to_string(number) + "." + std::to_string(slice) + ".dcm";
    folder.write("inbox/" + name, inboxSlice(number, slice));
  }
  void sendAll(int number, const std::string& where = "") const {
    for (int slice = 0; slice < kInboxSlices; ++slice) send(number, slice, where);
  }
  std::size_t rows() const { return workbench->workList().size(); }
  bool hasRows(std::size_t count) {
    return waitFor([&] { return rows() == count; });
  }
  bool staysWithout(int milliseconds = 3 * kQuietMs) {  ///< any row
    return !waitFor([&] { return rows() > 0; }, milliseconds);
  }
  const WorkItem& row(std::size_t number) const { return workbench->workList()[number]; }
  bool isOpen(int number) const {
    return workbench->caseState() == CaseState::Open && workbench->currentWorkItem() == number;
  }
  bool opens(int number) {
    return waitFor([&] { return isOpen(number); });
  }
  bool open(int number) {
    workbench->openWorkItem(number);
    return opens(number);
  }
  int told(const std::string& part) const {
    return int(std::ranges::count_if(messages, [&](const auto& text) { return text.find(part) != std::string::npos; }));
  }
  bool isTold(const std::string& part) {
    return waitFor([&] { return told(part) > 0; });
  }
  void paint() {
    PointerSample at;
    at.pointMm = workbench->currentCase()->geometry.toWorld(Index3{5, 5, 2});
    at.slice = 2;
    workbench->selectOrgan(1);
    workbench->pressStroke(at, false);
    workbench->releaseStroke();
  }
  /// Paints and accepts what is open; does not wait for the end.
  void paintAndAccept() {
    paint();
    explainEmptyOrgans(*workbench);
    workbench->accept();
  }
  TestFolder folder;
  Workbench::Options options;
  std::vector<std::string> messages;
  std::shared_ptr<CountingReader> reader = std::make_shared<CountingReader>();
  std::shared_ptr<FakePredictor> predictor;
  std::unique_ptr<Workbench> workbench;
};

}  // namespace recontour
