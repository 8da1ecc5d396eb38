// The R script beside long.csv.
#include "core/metrics/metric_table.h"
#include "core/study/study_csv.h"

namespace recontour {
namespace {

constexpr const char* kScript = R"script(# Mixed model of active time for the study %STUDY%, to be run beside long.csv.
# Needs R with the package lme4; the interval of exp(beta) is Wald's.
library(lme4)

long <- read.csv("long.csv", na.strings = "", stringsAsFactors = FALSE)
counted <- subset(long, organ != "review" & practice == 0 & planted == 0 & interrupted == 0 & repeat. == 0)
counted$active_s <- counted$%ACTIVE%
for (name in c("arm", "period", "organ", "reader", "case", "patient_group")) {
  counted[[name]] <- factor(counted[[name]])
}

# The logarithm needs time above zero: an organ that took none is left out, and told.
cat("rows without active time, left out:", sum(counted$active_s <= 0), "\n")
counted <- subset(counted, active_s > 0)

# The whole effect of an arm, then what is left of it at an equal length of added path. Drawing from nothing adds the
# whole contour, so the second answers another question where an arm starts from nothing.
several <- function(name) nlevels(droplevels(counted[[name]])) > 1
terms <- c(Filter(several, c("arm", "period", "organ")), if (several("reader")) c("(1 | reader)", "(1 | reader:case)"),
           "(1 | case)")
fit <- function(terms, data) {
  model <- lmer(reformulate(terms, response = "log(active_s)"), data = droplevels(data))
  print(summary(model))
#exp(beta) of an arm is its time divided by that of the first arm, all else equal.
  ratio <- exp(cbind(ratio = fixef(model), confint(model, parm = "beta_", method = "Wald")))
  print(ratio[grepl("^arm", rownames(ratio)), , drop = FALSE])
}
fit(terms, counted)
withPath <- subset(counted, !is.na(work_apl_mm))
cat("rows without added path length, left out:", nrow(counted) - nrow(withPath), "\n")
fit(c(terms, "log(1 + work_apl_mm)"), withPath)
)script";

void replace(std::string& text, const std::string& what, const std::string& by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

}  // namespace

std::string rSnippet(const StudyProtocol& protocol) {
  std::string script = kScript;
  replace(script, "%STUDY%", protocol.id);
  replace(script, "%ACTIVE%", "active_" + csvNumber(protocol.analysis.primaryIdleLimitS) + "_s");
  return script;
}

}  // namespace recontour
