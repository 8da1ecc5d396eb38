#pragma once
#include <span>
#include <string_view>

namespace recontour {

// The operators that a model may use. They compute on tensors, numbers, texts and lists; none opens a file, a process
// or a connection, reinterprets memory, or hands out memory that was not written. To add one, put it into the list
// in operator_list.cpp, in order; docs/formats/model-folder.md says what to look at before.

/// Is `name` of `torch.name(...)` in an archive's code (LibTorch's aten::name) one of them?
bool isTensorOperator(std::string_view name);
/// The same for `ops.prim.name(...)` (LibTorch's prim::name).
bool isPrimitiveOperator(std::string_view name);
/// Is `kind` ("aten::add", "prim::If") something that a graph may hold: an operator, or what the language itself is
/// compiled to?
bool isGraphOperator(std::string_view kind);

/// The lists themselves, for tests.
std::span<const std::string_view> tensorOperators();
std::span<const std::string_view> primitiveOperators();

}  // namespace recontour
