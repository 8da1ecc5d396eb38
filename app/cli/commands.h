#pragma once

namespace CLI {
class App;
}

namespace recontour::cli {

// One function a command group, each in a file of its own that includes CLI11. A function adds its subcommands to
// `app`; their callbacks do the work and throw Error, which main turns into one line and an exit status.

void addInfoCommand(CLI::App& app);       ///< info
void addEvaluateCommand(CLI::App& app);   ///< evaluate
void addSessionCommands(CLI::App& app);   ///< replay, times, handover
void addVerifyCommand(CLI::App& app);     ///< verify, of a session or a study
void addAuditCommand(CLI::App& app);      ///< audit
void addPredictCommands(CLI::App& app);   ///< predict, model check
void addConvertCommand(CLI::App& app);    ///< convert
void addAnonymizeCommand(CLI::App& app);  ///< anonymize
void addScribbleCommands(CLI::App& app);  ///< scribble generate, cost, export and import
void addScribbleImportCommand(CLI::App& scribble);
void addTrainCommand(CLI::App& app);   ///< train
void addDemoCommand(CLI::App& app);    ///< demo
void addStudyCommands(CLI::App& app);  ///< study

}  // namespace recontour::cli
