// What a reader gets: nothing that he is not to know, and nothing that leads out of its folder.
#include <algorithm>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <zlib.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/portable_random.h"
#include "core/base/safe_file.h"
#include "core/base/sha256.h"
#include "core/io/archive.h"
#include "core/io/label_file.h"
#include "tests/core/study/scripted_study.h"

namespace recontour {
namespace {

namespace fs = std::filesystem;

std::string inflated(const fs::path& file) {
  std::string bytes(std::size_t{1} << 20, '\0');
  gzFile in = gzopen(file.c_str(), "rb");
  bytes.resize(static_cast<std::size_t>(gzread(in, bytes.data(), static_cast<unsigned>(bytes.size()))));
  gzclose(in);
  return bytes;
}

/// All there is in an archive: its own bytes, names, contents, and those again inflated.
std::string allBytes(const fs::path& zip, const fs::path& folder) {
  extractArchive(zip, folder);
  std::string all = readWholeFile(zip);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    all += entry.path().lexically_relative(folder).string() + "\n";
    if (!entry.is_regular_file()) continue;
    all += readWholeFile(entry.path());
    if (entry.path().extension() == ".gz") all += inflated(entry.path());
  }
  return all;
}

std::string voxelsOf(const LabelMap& labels) {
  const auto dense = labels.toDense();
  return {dense.begin(), dense.end()};
}

TEST(StudyPackage, TellsNothingThatAReaderIsNotToKnow) {
  ScriptedStudy trial({.preset = "crossover", .cases = 2, .readers = {"R1", "Rother"}, .washoutDays = 1});
  const auto mark = [](const std::string& what) { return "canary" + what; };
  const std::vector<std::string> secrets = {mark("case"),   mark("arm"),      mark("model"), mark("weights"),
                                            mark("clinic"), mark("planted"),  mark("organ"), mark("ethics"),
                                            "Rother",       "hospital of R1", "C01",         "crossover"};
  trial.study().edit([&](StudyProtocol& protocol) {
    protocol.cases[0].name = mark("case");
    protocol.cases[1].patientGroup = mark("case") + "-patient";
    protocol.arms[0].name = mark("arm");
    protocol.arms[1].name = mark("arm") + "2";
    protocol.arms[0].model = mark("model");
    protocol.arms[0].modelHash = mark("weights");
    protocol.readers[1].hospital = mark("clinic");
    protocol.ethicsId = mark("ethics");
    PlantedError error;
    error.caseId = "C01";
    error.arm = "A";
    error.kind = mark("planted");
    error.organ = mark("organ");
    protocol.planted.push_back(error);
  });
  trial.study().freeze("coordinator");
  const std::string known = readWholeFile(trial / "study" / "study.json");
  const std::string all = allBytes(trial.packed("R1"), trial / "searched");
  for (const std::string& secret : secrets) {
    EXPECT_NE(known.find(secret), std::string::npos) << secret;  // else the search would prove nothing
    EXPECT_EQ(all.find(secret), std::string::npos) << secret;
  }
  for (const StudyCase& one : trial.study().protocol().cases) {
    EXPECT_EQ(all.find(one.truthSha256), std::string::npos);
    EXPECT_EQ(all.find(readWholeFile(trial.study().truthOf(one.id))), std::string::npos);
    EXPECT_EQ(all.find(voxelsOf(readLabelFile(trial.study().truthOf(one.id)).labels)), std::string::npos);
    EXPECT_NE(all.find(voxelsOf(readLabelFile(trial.study().startOf(one.id, "A")).labels)), std::string::npos);
  }
  for (const StudyTask& task : trial.study().protocol().order)
    EXPECT_EQ(all.find(task.id) != std::string::npos, task.reader == "R1");
}

TEST(StudyPackage, HoldsEachTaskInTheReadersOrderWithItsRules) {
  ScriptedStudy trial({.preset = "crossover", .cases = 2, .readers = {"R1", "R2"}, .washoutDays = 28});
  trial.study().edit([](StudyProtocol& protocol) { protocol.arms[0].cues = {"volumes"}; });
  trial.study().freeze("coordinator");
  const ReaderPackage package = trial.give("R1");
  ASSERT_EQ(package.tasks.size(), 4U);
  EXPECT_EQ(package.washoutMs, 28 * std::int64_t{86'400'000});
  EXPECT_EQ(package.organs, (std::vector<std::string>{"liver", "spleen"}));
  for (const PackagedTask& task : package.tasks) {
    const StudyTask& own = *trial.study().protocol().findTask(task.id);
    EXPECT_EQ(own.position, 1 + std::ranges::find(package.tasks, task.id, &PackagedTask::id) - package.tasks.begin());
    EXPECT_EQ(task.start.empty(), own.arm == "B");
    EXPECT_EQ(task.cues.size(), own.arm == "A" ? 1U : 0U);
    EXPECT_EQ(task.imageHash, trial.study().protocol().findCase(own.caseId)->imageHash);
    EXPECT_TRUE(fs::exists(package.imageOf(task)));
  }
  EXPECT_EQ(package.tasks[0].caseNumber, 1);  // numbers by first sight
  EXPECT_EQ(package.tasks[1].caseNumber, 2);
}

TEST(StudyPackage, HoldsACaseBackUntilItsWashoutIsOver) {
  ScriptedStudy trial({.preset = "crossover", .cases = 1, .readers = {"R1", "R2"}, .washoutDays = 2});
  trial.study().freeze("coordinator");
  const ReaderPackage package = trial.give("R1");
  EXPECT_EQ(nextTask(package, progressOf(package), trial.clock.wallMs()).task, 0);
  const Receipt receipt = trial.read(package, 0);
  const std::int64_t over = receipt.wallMs + 2 * std::int64_t{86'400'000};
  EXPECT_EQ(nextTask(package, progressOf(package), over - 1).task, std::nullopt);
  EXPECT_EQ(nextTask(package, progressOf(package), over - 1).notBeforeMs, over);
  EXPECT_EQ(nextTask(package, progressOf(package), over).task, 1);
  mergeReturn(trial.study(), trial.taken(package));  // the coordinator's list says the same
  const StudyStore& store = trial.study().store();
  const std::int64_t days = 2 * std::int64_t{86'400'000}, accepted = store.session(package.tasks[0].id)->acceptedWallMs;
  EXPECT_FALSE(store.nextTask("R1", accepted + days - 1, days, 0).has_value());
  EXPECT_EQ(store.nextTask("R1", accepted + days, days, 0)->task.id, package.tasks[1].id);
}

TEST(StudyPackage, HandsWhatWasAnnotatedOnToWhoChecksIt) {
  ScriptedStudy trial({.preset = "annotate-check", .cases = 1, .readers = {"R1", "R2"}, .washoutDays = 0});
  trial.study().freeze("coordinator");
  const StudyTask& first = trial.study().protocol().order.front();
  const std::string checker = first.reader == "R1" ? "R2" : "R1";
  EXPECT_EQ(trial.give(checker).tasks.size(), 0U);
  const ReaderPackage annotators = trial.give(first.reader);
  trial.read(annotators, 0, [&](Session& session) { dab(session, trial.clock, 1, {3, 4, 3}); });
  mergeReturn(trial.study(), trial.taken(annotators));
  const ReaderPackage package = trial.give(checker);
  ASSERT_EQ(package.tasks.size(), 1U);
  EXPECT_EQ(readLabelFile(*package.startOf(package.tasks[0])).labels.at({3, 4, 3}), 1);
  trial.read(package, 0, [&](Session& session) { dab(session, trial.clock, 0, {3, 4, 3}); });
  EXPECT_EQ(mergeReturn(trial.study(), trial.taken(package)).refused, std::vector<std::string>{});
}

TEST(StudyPackage, KeepsItsNumbersWhenACaseToBeCheckedComesIn) {
  ScriptedStudy trial({.preset = "annotate-check", .cases = 2, .readers = {"R1", "R2"}, .washoutDays = 0});
  trial.study().freeze("coordinator");
  const auto numbers = [&](const std::string& reader) {
    std::map<std::string, std::string> images;
    for (const PackagedTask& task : trial.give(reader).tasks) images[task.id] = task.image;
    return images;
  };
  const std::map<std::string, std::map<std::string, std::string>> before = {{"R1", numbers("R1")},
                                                                            {"R2", numbers("R2")}};
  for (const char* reader : {"R1", "R2"}) {
    const ReaderPackage package = trial.give(reader);
    for (std::size_t i = 0; i < package.tasks.size(); ++i) trial.read(package, i);
    mergeReturn(trial.study(), trial.taken(package));
  }
  for (const auto& [reader, images] : before) {
    const auto now = numbers(reader);
    for (const auto& [task, image] : images) EXPECT_EQ(now.at(task), image);
  }
}

TEST(StudyPackage, InPlaceIsMendedWhereAFileIsNotTheStudys) {
  ScriptedStudy trial;
  trial.study().freeze("coordinator");
  const auto folder = placePackage(trial.study(), "R1", trial / "readers");
  const auto start = *readPackage(folder).startOf(readPackage(folder).tasks[0]);
  const std::string right = readWholeFile(start);
  for (const std::string& wrong : {right.substr(1), std::string(right.size(), 'x')}) {
    fs::remove(start);
    writeFileSafely(start, wrong);
    placePackage(trial.study(), "R1", trial / "readers");
    EXPECT_EQ(readWholeFile(start), right);
  }
}

TEST(StudyPackage, AReopenedReadingCountsForWashoutAllTheSame) {
  ScriptedStudy trial({.preset = "crossover", .cases = 1, .readers = {"R1", "R2"}, .washoutDays = 14});
  trial.study().freeze("coordinator");
  ReaderPackage package = trial.give("R1");
  ASSERT_EQ(package.tasks.size(), 2U);
  trial.read(package, 0);
  mergeReturn(trial.study(), trial.taken(package));
  trial.study().reopen(package.tasks[0].id, "coordinator", "colon forgotten");
  package = trial.give("R1");
  const ReaderProgress progress = progressOf(package);
  EXPECT_EQ(progress.states[0], ReaderProgress::State::Open);
  EXPECT_GT(progress.acceptedMs[0], 0);
  EXPECT_EQ(nextTask(package, progress, trial.clock.wallMs()).task, 0);
  ReaderPackage otherFirst = package;
  std::swap(otherFirst.tasks[0], otherFirst.tasks[1]);
  EXPECT_EQ(nextTask(otherFirst, progressOf(otherFirst), trial.clock.wallMs()).task, 1);
}

TEST(StudyPackage, IsTheSameWhenItIsPackedAgain) {
  ScriptedStudy trial;
  trial.study().freeze("coordinator");
  const std::string once = readWholeFile(trial.packed("R1"));
  fs::last_write_time(trial.study().imageOf("C01"), fs::file_time_type::clock::now() + std::chrono::hours(5));
  EXPECT_EQ(readWholeFile(trial.packed("R1")), once);
}

TEST(StudyPackage, AsksForThePin) {
  ScriptedStudy trial;
  setPin(trial.study(), "R1", "1234");
  trial.study().freeze("coordinator");
  EXPECT_TRUE(trial.give("R1").pinIsRight("1234"));
  EXPECT_FALSE(trial.give("R1").pinIsRight("1235"));
  EXPECT_FALSE(trial.give("R1").pinIsRight(""));
  EXPECT_TRUE(trial.give("R2").pinIsRight(""));
}

class UnpackedPackage : public testing::Test {
 protected:
  UnpackedPackage() {
    trial.study().freeze("coordinator");
    zip = trial.packed("R1");
    note = readFromArchive(zip, "package.json");
  }
  fs::path with(const std::vector<ArchiveEntry>& more, const std::string& packageJson) {
    const auto folder = trial / "parts";
    fs::remove_all(folder);
    extractArchive(zip, folder);
    std::vector<ArchiveEntry> entries = more;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file() && entry.path().filename() != "package.json")
        entries.push_back({entry.path().lexically_relative(folder).string(), entry.path()});
    entries.push_back({"package.json", {}, packageJson});
    writeArchive(trial / "made.zip", entries);
    return trial / "made.zip";
  }
  /// Its package.json with a member set.
  std::string noteWith(const char* pointer, const Json& value) const {
    Json json = Json::parse(note);
    json[Json::json_pointer(pointer)] = value;
    return json.dump();
  }
  ScriptedStudy trial;
  fs::path zip;
  std::string note;
};

TEST_F(UnpackedPackage, LeavesReadingsAsTheyAre) {
  const ReaderPackage package = trial.give("R1");
  trial.read(package, 0);
  const auto log = package.sessionOf(package.tasks[0]) / "session.rclog";
  const std::string read = readWholeFile(log), receipts = readWholeFile(package.folder / "receipts.csv");
  const auto evil = with({{"sessions/" + package.tasks[0].id + "/session.rclog", {}, "x"}, {"receipts.csv", {}, "x"}},
                         noteWith("/title", "Another title"));
  EXPECT_EQ(unpackPackage(evil, trial / "machine-R1"), package.folder);
  EXPECT_EQ(readPackage(package.folder).title, "Another title");
  EXPECT_EQ(readWholeFile(log), read);
  EXPECT_EQ(readWholeFile(package.folder / "receipts.csv"), receipts);
}

TEST_F(UnpackedPackage, RefusesNamesThatLeadOutOfIt) {
  const auto studies = trial / "machine-R1";
  for (const char* name : {"../x", "a/../../x", "/tmp/recontour-x", "C:\\x", "\\x"})
    EXPECT_THROW(unpackPackage(with({{name, {}, "x"}}, note), studies), Error) << name;
  const std::vector<std::pair<const char*, Json>> wrong = {{"/tasks/0/image", "../../x"},
                                                           {"/tasks/0/image", "/etc/passwd"},
                                                           {"/tasks/0/image", "package.json"},
                                                           {"/tasks/0/start", "images/../../x"},
                                                           {"/tasks/0/id", "../x"},
                                                           {"/tasks/0/id", ""},
                                                           {"/tasks/0/image", "images/none.nii.gz"},
                                                           {"/study", "../x"},
                                                           {"/study", std::string(5000, 'x')},
                                                           {"/reader", "a/b"},
                                                           {"/format", 5},
                                                           {"/version", "1"},
                                                           {"/version", 2},
                                                           {"/tasks", "x"},
                                                           {"/tasks/0/reopened", "x"},
                                                           {"/washoutMs", {1}},
                                                           {"/organs", 3}};
  for (const auto& [pointer, value] : wrong)
    EXPECT_THROW(unpackPackage(with({}, noteWith(pointer, value)), studies), Error) << pointer << " " << value;
  EXPECT_FALSE(fs::exists(trial / "x"));
  EXPECT_FALSE(fs::exists("/tmp/recontour-x"));
}

TEST_F(UnpackedPackage, RefusesAnyBytesWithAnError) {
  const std::string whole = readWholeFile(zip);
  const auto broken = trial / "broken.zip";
  for (std::size_t keep = 0; keep < whole.size(); keep += 1 + whole.size() / 40) {
    writeFileSafely(broken, whole.substr(0, keep));
    EXPECT_THROW(unpackPackage(broken, trial / "machine-R1"), Error) << keep << " bytes";
  }
  PortableRandom random(3);
  for (int round = 0; round < 60; ++round) {
    std::string bytes = whole;
    for (int i = 0; i < 10; ++i) bytes[random.uniformBelow(bytes.size())] = static_cast<char>(random.next() & 0xff);
    writeFileSafely(broken, bytes);
    try {
      readPackage(unpackPackage(broken, trial / "machine-R1"));
    } catch (const Error&) {  // anything else fails the test
    }
  }
}

TEST(StudyFile, RefusesAnyBytesWithAnError) {
  ScriptedStudy trial;
  trial.study().freeze("coordinator");
  const auto file = trial / "study" / "study.json";
  const std::string whole = readWholeFile(file);
  EXPECT_NO_THROW(trial.openedAgain());
  for (std::size_t keep = 0; keep + 2 < whole.size(); keep += 1 + whole.size() / 100) {
    writeFileSafely(file, whole.substr(0, keep));
    EXPECT_THROW(trial.openedAgain(), Error) << keep << " bytes";
  }
  PortableRandom random(5);
  for (int round = 0; round < 200; ++round) {
    std::string bytes = whole;
    bytes[random.uniformBelow(bytes.size())] = static_cast<char>(random.next() & 0xff);
    writeFileSafely(file, bytes);
    try {
      EXPECT_EQ(protocolHash(trial.openedAgain().protocol()), trial.study().freezeHash());  // a space, say
    } catch (const Error&) {  // anything else fails the test
    }
  }
}

TEST(StudyFile, IsTheOneThatWasFrozen) {
  ScriptedStudy trial;
  trial.study().freeze("coordinator");
  const auto file = trial / "study" / "study.json";
  StudyProtocol protocol = studyProtocolFrom(readWholeFile(file), file);
  protocol.analysis.margin = 0.5;
  writeFileSafely(file, toJson(protocol));
  EXPECT_THROW(trial.openedAgain(), Error);
}

TEST(StudyFile, BelongsToAStoreThatIsThere) {
  ScriptedStudy trial;
  const auto folder = trial / "study";
  fs::rename(folder / "store.sqlite", trial / "elsewhere");
  EXPECT_THROW(trial.openedAgain(), Error);
  EXPECT_FALSE(fs::exists(folder / "store.sqlite"));
  fs::create_directories(trial / "half");
  fs::rename(trial / "elsewhere", trial / "half" / "store.sqlite");
  EXPECT_THROW(CoordinatorStudy::create(trial / "half", studyPreset("word-fig3"), trial.clock), Error);
}

TEST(StudyFile, NamesAShippedOrganTable) {
  ScriptedStudy trial;
  StudyProtocol draft = studyPreset("word-fig3");
  draft.organTable = (trial / "organs.json").string();
  EXPECT_THROW(CoordinatorStudy::create(trial / "new", draft, trial.clock), Error);
}

TEST(StudyFile, NamesCasesPlainly) {
  ScriptedStudy trial;
  for (const char* id : {"../x", "a b", "a/b", "a.b"})
    EXPECT_THROW(importCase(trial.study(), smallCase(), {}, {id, "case", false, ""}), Error) << id;
}

TEST(StudyFile, KeepsWhatWasAmendedBesideIt) {
  ScriptedStudy trial;
  trial.study().freeze("coordinator");
  trial.study().amend("/analysis/margin", "0.05", "coordinator", "as the board asked");
  EXPECT_THROW(trial.study().amend("/analysis/margin", "0.06", "coordinator", ""), Error);
  EXPECT_THROW(trial.study().amend("/analysis/margin", "0.06,", "coordinator", "x"), Error);
  EXPECT_THROW(trial.study().amend("/design/seed", "3", "coordinator", "x"), Error);
  EXPECT_THROW(trial.study().amend("/order", "[]", "coordinator", "x"), Error);
  EXPECT_EQ(trial.study().protocol().analysis.margin, 0.05);
  const CoordinatorStudy again = trial.openedAgain();
  EXPECT_EQ(again.protocol().analysis.margin, 0.05);
  EXPECT_EQ(again.freezeHash(), trial.study().freezeHash());
}

}  // namespace
}  // namespace recontour
