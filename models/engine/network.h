#pragma once
#include <span>
#include <string>

#include "core/base/error.h"
#include "core/image/geometry.h"

namespace recontour {

/// Thrown by Network::run when the device's memory does not suffice; smaller batches or the CPU may do.
class OutOfDeviceMemory : public Error {
 public:
  explicit OutOfDeviceMemory(const std::string& cause) : Error(cause, ErrorKind::ModelFailed) {}
};

/// A network that is loaded and ready to run. Use from one thread.
class Network {
 public:
  virtual ~Network() = default;
  /// @param batch  count x size.z x size.y x size.x values, x fastest, normalised
  /// @return       count x channels x the same; valid until the next call
  /// @throws OutOfDeviceMemory, Error (ModelFailed) when it fails or returns another shape
  virtual std::span<const float> run(std::span<const float> batch, int count, const Size3& size) = 0;
  /// "cpu" or "cuda:N".
  virtual std::string device() const = 0;
  /// Goes on from here on the CPU. @throws Error (ModelFailed) where it must stay
  virtual void moveToCpu() = 0;
};

}  // namespace recontour
