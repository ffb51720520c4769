// For any CPU.
#define CODE "portable"
#include "recurrent_kernels.h"

const kernels_recurrent *kernels_recurrent_portable(void) { return &table; }
