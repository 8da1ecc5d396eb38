#pragma once
#include <string>

namespace recontour {

/// Where a start map came from, as logs and results name it.
struct StartSummary {
  std::string source;     ///< "file", "prediction", "empty"
  std::string name;       ///< file or model
  std::string sha256;     ///< of the file, may be empty
  std::string modelHash;  ///< of the weights, may be empty
  std::string settings;   ///< JSON text: device, precision, what the model's card promises; may be empty
};

}  // namespace recontour
