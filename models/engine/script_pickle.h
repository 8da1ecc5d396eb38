#pragma once
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace recontour {

/// What a pickle of a TorchScript archive may refer to.
struct PickleContext {
  std::map<std::string, std::size_t, std::less<>> storages;  ///< bytes of each tensor file, by its name (a number)
  std::function<bool(std::string_view)> isClass;             ///< is this qualified name a class of the archive's code?
  std::size_t tensorBytesLimit = 0;                          ///< of all tensors that are read, each time one is
};

/// Walks a pickle opcode by opcode, on a stack like LibTorch's, without making anything: only the opcodes that PyTorch
/// writes, only the functions that rebuild tensors and lists, only classes of the archive, no tensor beyond the file
/// that holds it, no deep nesting, nothing after the end.
/// @throws Error with the cause alone, naming the function, class or opcode
void checkPickle(std::string_view pickle, const PickleContext& context);

}  // namespace recontour
