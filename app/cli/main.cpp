#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/console.h"
#include "core/base/error.h"
#include "core/base/private_files.h"

namespace {

constexpr int kWrongUsage = 2;

int run(int argc, char** argv) {
  CLI::App app(
      "Recontour without a window: predict, evaluate, train, replay, demo. Research software, not a medical device.",
      "recontour-cli");
  app.set_version_flag("--version", RECONTOUR_VERSION);
  app.require_subcommand(0, 1);  // asked for below: else a mistyped command would only be called missing
  recontour::cli::addInfoCommand(app);
  recontour::cli::addPredictCommands(app);
  recontour::cli::addEvaluateCommand(app);
  recontour::cli::addConvertCommand(app);
  recontour::cli::addAnonymizeCommand(app);
  recontour::cli::addScribbleCommands(app);
  recontour::cli::addTrainCommand(app);
  recontour::cli::addSessionCommands(app);
  recontour::cli::addVerifyCommand(app);
  recontour::cli::addDemoCommand(app);
  recontour::cli::addStudyCommands(app);
  recontour::cli::addAuditCommand(app);
  try {
    app.parse(argc, argv);
    if (app.get_subcommands().empty()) throw CLI::RequiredError("A command");
  } catch (const CLI::Success& help) {
    return app.exit(help);
  } catch (const CLI::ParseError& error) {
    recontour::cli::printError(std::string(error.what()) + "; see recontour-cli --help");
    return kWrongUsage;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  recontour::keepFilesPrivate();
  recontour::cli::interruption();  // before any thread starts, so that all have the signals blocked
  try {
    return run(argc, argv);
  } catch (const recontour::Error& error) {
    recontour::cli::printError(error.what());
    return recontour::exitStatus(error.kind());
  } catch (const std::exception& error) {
    recontour::cli::printError(std::string("internal error: ") + error.what());
    return recontour::exitStatus(recontour::ErrorKind::ModelFailed);
  }
}
