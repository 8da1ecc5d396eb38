#include "tests/ui/report/word_study.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/portable_random.h"

namespace recontour {
namespace {

constexpr int kCases = 20;

struct MeanSd {
  double mean, sd;
};
struct OrganFigures {
  const char* key;
  MeanSd start;
  MeanSd readers[3];
  double seconds;  ///< median active time
};

// DSC: digitised from Fig. 3 of the WORD paper.
constexpr OrganFigures kOrgans[] = {
    {"liver", {.965, .007}, {{.964, .007}, {.965, .006}, {.964, .007}}, 48},
    {"spleen", {.959, .011}, {{.959, .011}, {.959, .011}, {.959, .011}}, 20},
    {"kidney_left", {.954, .011}, {{.954, .011}, {.954, .011}, {.955, .011}}, 18},
    {"kidney_right", {.954, .012}, {{.954, .012}, {.954, .012}, {.954, .012}}, 18},
    {"stomach", {.916, .034}, {{.919, .040}, {.916, .034}, {.924, .033}}, 75},
    {"gallbladder", {.748, .233}, {{.847, .054}, {.857, .074}, {.868, .050}}, 62},
    {"esophagus", {.811, .051}, {{.811, .051}, {.811, .051}, {.807, .052}}, 34},
    {"pancreas", {.825, .078}, {{.830, .067}, {.825, .078}, {.825, .077}}, 70},
    {"duodenum", {.668, .136}, {{.765, .106}, {.788, .116}, {.800, .099}}, 142},
    {"colon", {.872, .097}, {{.871, .099}, {.873, .097}, {.872, .097}}, 95},
    {"intestine", {.863, .124}, {{.862, .125}, {.863, .094}, {.863, .124}}, 80},
    {"adrenal", {.677, .174}, {{.827, .093}, {.837, .098}, {.790, .101}}, 88},
    {"rectum", {.797, .113}, {{.821, .106}, {.839, .083}, {.830, .104}}, 66},
    {"bladder", {.946, .033}, {{.946, .033}, {.946, .033}, {.946, .033}}, 15},
    {"head_of_femur_left", {.913, .041}, {{.913, .041}, {.913, .041}, {.910, .041}}, 14},
    {"head_of_femur_right", {.910, .050}, {{.910, .050}, {.910, .050}, {.908, .050}}, 14},
};

/// Twenty values of mean 0 and SD 1 with a long tail below, as DSC have.
std::vector<double> skewed(PortableRandom& random) {
  std::vector<double> values;
  for (int i = 0; i < kCases; ++i) values.push_back(std::log((i + 0.7) / kCases));
  for (std::size_t i = values.size() - 1; i > 0; --i)
    std::swap(values[i], values[static_cast<std::size_t>(random.uniform() * double(i + 1))]);
  return values;
}

std::vector<double> standardised(std::vector<double> values, const MeanSd& wanted) {
  double mean = 0, square = 0;
  for (const double value : values) mean += value / kCases;
  for (const double value : values) square += (value - mean) * (value - mean) / (kCases - 1);
  for (double& value : values) value = std::min(0.99, wanted.mean + wanted.sd * (value - mean) / std::sqrt(square));
  return values;
}

std::string caseId(int number) { return (number < 9 ? "C0" : "C") + std::to_string(number + 1); }

StudyMetrics metrics(double dsc, double ml) {
  StudyMetrics made;
  made.dsc = dsc;
  made.hd95Mm = 2 + 40 * (1 - dsc);
  made.assdMm = 6 * (1 - dsc);
  made.nsd = std::min(1.0, dsc + 0.02);
  made.aplMm = 9000 * (1 - dsc);
  made.volumeMl = ml;
  return made;
}

class Maker {
 public:
  StudyResults make() {
    describe();
    for (const OrganFigures& organ : kOrgans) addOrgan(organ);
    addSessions();
    addExtras();
    addCourses();
    addRatings();
    return std::move(results_);
  }

 private:
  void describe() {
    StudyProtocol& protocol = results_.protocol;
    protocol = studyPreset("word-fig3");
    protocol.id = protocol.title = "WORD-3";
    protocol.appVersion = "0.1.0";
    protocol.simulated = true;
    protocol.design.seed = 2022;
    protocol.arms[0].model = "nnU-Net v2 (3D)";
    protocol.arms[0].modelHash = std::string(64, 'c');
    protocol.organTableHash = std::string(64, 'd');
    protocol.analysis.bootstrapSamples = 2000;
    protocol.analysis.tolerancesMm = {{"liver", 5}, {"adrenal", 2}, {"duodenum", 7}};
    protocol.guidelines = {{"liver", "Whole organ without the gallbladder and the vena cava inferior."},
                           {"duodenum", "From the pylorus to the ligament of Treitz, with its wall."}};
    for (const OrganFigures& organ : kOrgans) protocol.organs.emplace_back(organ.key);
    for (int i = 0; i < kCases; ++i) {
      protocol.cases.emplace_back().id = caseId(i);
      protocol.cases.back().patientGroup = i == 13 ? "P13" : "P" + std::to_string(i);  // 13 and 12 are one patient
      if (i == 12) protocol.cases.back().patientGroup = "P13";
    }
    for (int i = 0; i < 3; ++i) {
      StudyReader reader;
      reader.id = "R" + std::to_string(i + 1);
      reader.hospital = "Hospital " + std::to_string(i + 1);
      reader.years = 3 + 2 * i;
      protocol.readers.push_back(reader);
    }
    results_.freezeHash = "9f2c41d0" + std::string(56, 'a');
    results_.state = "unblinded";
    results_.madeWallMs = 1795500000000;
  }

  StudyRow rowOf(int reader, int number, const char* organ) {
    StudyRow row;
    row.study = results_.protocol.id;
    row.site = results_.protocol.readers[static_cast<std::size_t>(reader)].hospital;
    row.reader = "R" + std::to_string(reader + 1);
    row.years = 3 + 2 * reader;
    row.caseId = caseId(number);
    row.patientGroup = results_.protocol.cases[static_cast<std::size_t>(number)].patientGroup;
    row.organ = organ;
    row.arm = "A";
    row.position = number + 1;
    row.app = "0.1.0";
    row.model = results_.protocol.arms[0].model;
    row.seen = true;
    row.organState = "accepted";
    return row;
  }

  void addOrgan(const OrganFigures& organ) {
    const std::vector<double> shape = skewed(random_);
    const std::vector<double> before = standardised(shape, organ.start);
    for (int reader = 0; reader < 3; ++reader) {
      const MeanSd& wanted = organ.readers[reader];
      const bool same = wanted.mean == organ.start.mean && wanted.sd == organ.start.sd;
      std::vector<double> mixed = shape;
      for (double& value : mixed) value += 0.5 * random_.uniform();
      const std::vector<double> after = same ? before : standardised(mixed, wanted);
      for (int i = 0; i < kCases; ++i) addRow(organ, reader, i, before[std::size_t(i)], after[std::size_t(i)]);
    }
  }

  void addRow(const OrganFigures& organ, int reader, int number, double before, double after) {
    StudyRow row = rowOf(reader, number, organ.key);
    // Small changes are not made: the reader left what is nearly right.
    row.edited = std::abs(after - before) > 0.004;
    if (!row.edited) after = before;
    row.before = metrics(before, 100);
    row.after = metrics(after, 100 * (1 + 0.1 * (random_.uniform() - 0.5)));
    row.work = metrics(row.edited ? 0.8 + 0.15 * random_.uniform() : 1, 100);
    const double seconds =
        organ.seconds * std::exp(0.9 * (random_.uniform() - 0.5)) * (row.edited ? 1 : 0.35) * (1 + 0.15 * reader);
    row.activeS = {0.8 * seconds, seconds, 1.1 * seconds, 1.15 * seconds};
    row.editS = row.edited ? 0.55 * seconds : 0;
    row.inspectS = seconds - row.editS;
    if (row.edited) {
      row.voxelsAdded = static_cast<std::int64_t>(4000 * random_.uniform());
      row.voxelsRemoved = static_cast<std::int64_t>(2500 * random_.uniform());
      row.strokes = 1 + static_cast<int>(20 * random_.uniform());
      row.undos = row.strokes / 6;
    }
    results_.rows.push_back(row);
  }

  void addSessions() {
    for (int reader = 0; reader < 3; ++reader) {
      for (int i = 0; i < kCases; ++i) {
        StudyRow review = rowOf(reader, i, "review");
        const double seconds = 30 + 90 * random_.uniform();
        review.activeS = {0.8 * seconds, seconds, 1.2 * seconds, 1.4 * seconds};
        results_.rows.push_back(review);
        addSession(reader, caseId(i), StudySession::State::Accepted);
      }
      addSession(reader, "C90", StudySession::State::Accepted).task.practice = true;
      addSession(reader, "C80", StudySession::State::Accepted).task.planted = true;
    }
    addSession(1, "C21", StudySession::State::Excluded).excludedReason = "the CT ends above the pelvis";
    addSession(2, "C22", StudySession::State::Open);
  }

  StudySession& addSession(int reader, const std::string& name, StudySession::State state) {
    StudySession session;
    session.task.reader = "R" + std::to_string(reader + 1);
    session.task.caseId = name;
    session.task.arm = "A";
    session.state = state;
    session.environment =
        R"({"screen":"2560 x 1440, scale 1","input":"mouse","cpu":"8 cores","paint_latency_ms":21,"remote":false})";
    results_.sessions.push_back(session);
    return results_.sessions.back();
  }

  void addExtras() {
    for (const OrganFigures& organ : kOrgans) {
      for (int i = 0; i < kCases; ++i) results_.agreement.push_back(agreementOf(organ, i));
    }
    const char* kinds[] = {"missing_part", "swap", "shift", "spill"};
    for (int reader = 0; reader < 3; ++reader) {
      for (int i = 0; i < 4; ++i)
        results_.foundErrors.push_back({"R" + std::to_string(reader + 1), "C80", "A", kinds[i], kOrgans[i].key, 1000,
                                        (reader + i) % 4 == 0 ? 210 : 930});
    }
    results_.flags = {{"same_patient", "Cases C13 and C14 are of one patient; they count as one unit in tests."}};
    results_.sessions[3].flags = {{"never_seen", "Rectum was accepted without having been looked through."}};
    results_.sessions[25].flags = {{"interrupted", "A gap of 14 min lies within the reading."}};
    results_.notes = {
        {1794500000000, "coordinator", "freeze", "protocol", ""},
        {1794700000000, "coordinator", "exclude", "R2, C21, arm A", "the CT ends above the pelvis"},
        {1794800000000, "coordinator", "reopen", "R1, C04, arm A", "accepted by mistake, before any edit"},
        {1795000000000, "coordinator", "amend", "idle limits", "120 s added at a reviewer's wish"}};
  }

  ReaderAgreement agreementOf(const OrganFigures& organ, int number) {
    ReaderAgreement made;
    made.caseId = caseId(number);
    made.organ = organ.key;
    made.arm = "A";
    const double base = organ.readers[1].mean + 0.1 * (1 - organ.readers[1].mean);
    for (const auto& pair : {std::pair("R1", "R2"), std::pair("R1", "R3"), std::pair("R2", "R3")})
      made.pairs[pair] = base + 0.02 * random_.uniform();
    made.generalised = base * 0.92;
    for (const char* reader : {"R1", "R2", "R3"}) {
      made.toMajority[reader] = base + 0.03 * random_.uniform();
      made.toStaple[reader] = base + 0.025 * random_.uniform();
      made.volumeMl[reader] = 60 + 5 * number + 4 * random_.uniform();
    }
    return made;
  }

  /// Edited organs one after the other, each in three steps.
  void addCourses() {
    std::map<std::pair<std::string, std::string>, double> now;
    for (const StudyRow& row : results_.rows) {
      double& activeS = now[{row.reader, row.caseId}];
      const double begin = activeS;
      activeS += row.activeS[1];
      if (!row.edited) continue;
      const double before = *row.before->dsc, gain = *row.after->dsc - before;
      const auto at = [&](double time, double part) {
        return DscMoment{begin + time * row.activeS[1], before + part * gain};
      };
      results_.courses.push_back(
          {row.reader, row.caseId, row.arm, row.organ, {{0, before}, at(0.4, 0.5), at(0.7, 0.8), at(1, 1)}});
    }
    for (StudySession& session : results_.sessions) session.activeS = now[{session.task.reader, session.task.caseId}];
  }

  void addRatings() {
    StudyRating after = results_.protocol.ratings[0];
    after.id = "organ";
    after.question = "How good is each contour now?";
    after.before = false;
    after.after = after.perOrgan = true;
    StudyRating remark;
    remark.id = "remark";
    remark.question = "Anything that made the case hard?";
    results_.protocol.ratings.insert(results_.protocol.ratings.end(), {after, remark});
    for (StudySession& session : results_.sessions) {
      if (session.state != StudySession::State::Accepted) continue;
      const auto score = [&](double least, double range) {
        return std::to_string(static_cast<int>(least + range * random_.uniform()));
      };
      session.ratings["before.acceptability"] = score(2, 3);
      for (const char* organ : {"gallbladder", "duodenum", "adrenal"})
        session.ratings[std::string("after.organ.") + organ] = score(3.4, 2.5);
    }
    results_.sessions[2].ratings["after.remark"] = "Clips beside the gallbladder.";
    results_.sessions[30].ratings["after.remark"] = "The duodenum is hard to follow behind the pancreas.";
  }

  StudyResults results_;
  PortableRandom random_{7};
};

}  // namespace

StudyResults wordStudy() { return Maker().make(); }

}  // namespace recontour
