// For x86-64 with vectors of eight and fused operations; other CPUs that fuse do so in the portable code.
#if defined(__x86_64__)
#include "recurrent.h"

#include <string.h>

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#define CODE "fused"
#include "recurrent_kernels.h"
#pragma clang attribute pop

const kernels_recurrent *kernels_recurrent_chosen(void) {
  __builtin_cpu_init();
  int is_able = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return is_able ? &table : kernels_recurrent_portable();
}
#else
#include "recurrent.h"

const kernels_recurrent *kernels_recurrent_chosen(void) { return kernels_recurrent_portable(); }
#endif
