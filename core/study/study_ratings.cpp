#include "core/study/study_ratings.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "core/metrics/metric_table.h"
#include "core/statistics/agreement.h"
#include "core/study/study_outcomes.h"

namespace recontour {
namespace {

/// One answer with its question taken apart. A question that the protocol does not have is free text.
struct Answer {
  RatingSubject of;
  const StudyRating* question = nullptr;
  std::string text;

  std::optional<int> score() const {
    int value = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end || question == nullptr) return std::nullopt;
    const bool known = value >= 1 && value <= static_cast<int>(question->answers.size());
    return known ? std::optional(value) : std::nullopt;
  }
};

const StudyRating* questionOf(const StudyProtocol& protocol, const std::string& name) {
  for (const StudyRating& rating : protocol.ratings)
    if (name == rating.id || name.starts_with(rating.id + ".")) return &rating;
  return nullptr;
}

/// @param key  "after.acceptability.liver"
Answer answerOf(const StudyProtocol& protocol, const std::string& arm, const std::string& key,
                const std::string& text) {
  const auto dot = std::min(key.find('.'), key.size());
  const std::string name = key.substr(std::min(dot + 1, key.size()));
  Answer answer{{arm, key.substr(0, dot), name, ""}, questionOf(protocol, name), text};
  if (answer.question == nullptr) return answer;
  answer.of.question = answer.question->id;
  if (name.size() > answer.question->id.size()) answer.of.organ = name.substr(answer.question->id.size() + 1);
  return answer;
}

std::vector<Answer> answersOf(const StudyProtocol& protocol, const StudySession& session) {
  std::vector<Answer> answers;
  for (const auto& [key, text] : session.ratings) answers.push_back(answerOf(protocol, session.task.arm, key, text));
  return answers;
}

bool counts(const StudySession& session) {
  const StudyTask& task = session.task;
  return session.state == StudySession::State::Accepted && !task.practice && !task.planted && task.repeat == 0;
}

/// Scores of what was rated: case and organ, by reader.
struct Scores {
  std::size_t answers = 0;  ///< that the question has
  std::map<std::pair<std::string, std::string>, std::map<std::string, int>> items;
};

class Gatherer {
 public:
  explicit Gatherer(const StudyProtocol& protocol) : protocol_(protocol) {}

  void add(const StudySession& session) {
    for (const Answer& answer : answersOf(protocol_, session)) {
      if (const auto score = answer.score())
        addScore(session.task, answer, *score);
      else if (!answer.text.empty())
        found_.remarks.push_back({answer.of, session.task.reader, session.task.caseId, answer.text});
    }
  }

  RatingFindings findings() {
    for (const RatingSubject& subject : subjectsInOrder()) {
      addOutcomes(subject);
      addAgreement(subject);
    }
    return std::move(found_);
  }

 private:
  void addScore(const StudyTask& task, const Answer& answer, int score) {
    RatingSubject of = answer.of;
    for (const bool all : {false, true}) {
      if (all && answer.of.organ.empty()) return;
      if (all) of.organ = kAllOrgans;
      scores_[of].answers = answer.question->answers.size();
      scores_[of].items[{task.caseId, answer.of.organ}][task.reader] = score;
    }
  }

  /// By arm, before and after, question and organ as the protocol lists them; all organs last.
  std::vector<RatingSubject> subjectsInOrder() const {
    const auto place = [](const auto& list, const auto& item, auto of) {
      return std::ranges::find(list, item, of) - list.begin();
    };
    const auto rank = [&](const RatingSubject& each) {
      return std::tuple(place(protocol_.arms, each.arm, &StudyArm::id), each.when != "before",
                        place(protocol_.ratings, each.question, &StudyRating::id),
                        place(protocol_.organs, each.organ, std::identity()));
    };
    std::vector<RatingSubject> subjects;
    for (const auto& [subject, scores] : scores_) subjects.push_back(subject);
    std::ranges::stable_sort(subjects, {}, rank);
    return subjects;
  }

  std::vector<std::string> readersOf(const Scores& scores) const {
    std::vector<std::string> readers;
    for (const StudyReader& reader : protocol_.readers)
      if (std::ranges::any_of(scores.items, [&](const auto& item) { return item.second.contains(reader.id); }))
        readers.push_back(reader.id);
    return readers;
  }

  void addOutcomes(const RatingSubject& subject) {
    const Scores& scores = scores_.at(subject);
    auto readers = readersOf(scores);
    if (readers.size() > 1) readers.emplace_back(kAllReaders);
    for (const std::string& reader : readers) {
      RatingOutcome outcome{subject, reader, std::vector<int>(scores.answers), {}};
      std::vector<double> values;
      for (const auto& [item, given] : scores.items)
        for (const auto& [by, score] : given) {
          if (reader != kAllReaders && by != reader) continue;
          ++outcome.counts[static_cast<std::size_t>(score - 1)];
          values.push_back(score);
        }
      outcome.scores = describe(values);
      found_.scores.push_back(std::move(outcome));
    }
  }

  void addAgreement(const RatingSubject& subject) {
    const Scores& scores = scores_.at(subject);
    const auto readers = readersOf(scores);
    if (readers.size() < 2) return;
    std::vector<ItemScores> items;
    for (const auto& [item, given] : scores.items) {
      if (given.size() < 2) continue;
      ItemScores& line = items.emplace_back();
      for (const std::string& reader : readers)
        line.push_back(given.contains(reader) ? std::optional(given.at(reader)) : std::nullopt);
    }
    found_.agreement.push_back({subject, static_cast<int>(readers.size()), static_cast<int>(items.size()),
                                readers.size() == 2 ? kappaOf(items) : krippendorffAlphaOrdinal(items)});
  }

  static std::optional<double> kappaOf(const std::vector<ItemScores>& items) {
    std::vector<int> a, b;
    for (const ItemScores& item : items) {
      a.push_back(*item[0]);
      b.push_back(*item[1]);
    }
    return quadraticWeightedKappa(a, b);
  }

  const StudyProtocol& protocol_;
  std::map<RatingSubject, Scores> scores_;
  RatingFindings found_;
};

}  // namespace

std::optional<double> RatingOutcome::topTwo() const {
  if (counts.size() < 4 || !scores) return std::nullopt;
  return static_cast<double>(counts.back() + counts[counts.size() - 2]) / scores->n;
}

RatingFindings ratingFindings(const StudyResults& results) {
  Gatherer gatherer(results.protocol);
  for (const StudySession& session : results.sessions)
    if (counts(session)) gatherer.add(session);
  return gatherer.findings();
}

std::string ratingsCsv(const std::vector<StudySession>& sessions, const StudyProtocol& protocol) {
  std::string csv = "reader,case,arm,repeat,practice,planted,when,question,organ,answer\n";
  for (const StudySession& session : sessions) {
    if (session.state != StudySession::State::Accepted) continue;
    const StudyTask& task = session.task;
    for (const Answer& answer : answersOf(protocol, session)) {
      for (const std::string* field : {&task.reader, &task.caseId, &task.arm}) csv += csvText(*field) + ",";
      for (const int field : {task.repeat, int{task.practice}, int{task.planted}}) csv += std::to_string(field) + ",";
      for (const std::string* field : {&answer.of.when, &answer.of.question, &answer.of.organ})
        csv += csvText(*field) + ",";
      csv += csvText(answer.text) + "\n";
    }
  }
  return csv;
}

}  // namespace recontour
