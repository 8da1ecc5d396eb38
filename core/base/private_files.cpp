#include "core/base/private_files.h"

#include <sys/stat.h>

namespace recontour {

void keepFilesPrivate() { ::umask(0077); }

}  // namespace recontour
