#include "core/base/freed_memory.h"

#include <malloc.h>

namespace recontour {

void returnFreedMemory() { ::malloc_trim(0); }

}  // namespace recontour
