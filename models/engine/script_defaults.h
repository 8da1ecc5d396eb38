#pragma once
#include <span>

#include "models/engine/script_tokens.h"

namespace recontour {

/// LibTorch evaluates default arguments and what a class assigns while it loads the code, before anyone can look at
/// what it was compiled to. So nothing that could run may stand there, only values: no call but `annotate(type,
/// value)`, no objects of the archive, no loops or branches.
/// @throws Error with the line and the cause
void checkDefaults(std::span<const ScriptToken> code);

}  // namespace recontour
