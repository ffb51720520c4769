#define _DEFAULT_SOURCE
#include "CKernels.h"
#include "every_cpu.h"

#include <sys/mman.h>

enum { large_page = 1 << 21 };

void kernels_expect_whole_use(void *memory, long bytes) {
  uintptr_t first = ((uintptr_t)memory + large_page - 1) & ~(uintptr_t)(large_page - 1);
  uintptr_t end = ((uintptr_t)memory + (uintptr_t)bytes) & ~(uintptr_t)(large_page - 1);
  // It is advice: a system without large pages refuses, and all is as before.
  if (end > first) madvise((void *)first, end - first, MADV_HUGEPAGE);
}

typedef double line __attribute__((vector_size(64), aligned(64)));

EVERY_CPU void kernels_copy_away(const double *values, long count, double *target) {
  while (count > 0 && (uintptr_t)target % sizeof(line)) {
    *target++ = *values++;
    count--;
  }
  const long each = sizeof(line) / sizeof(double);
  for (; count >= each; count -= each, values += each, target += each) {
    line part;
    __builtin_memcpy(&part, values, sizeof part);
    __builtin_nontemporal_store(part, (line *)target);
  }
  while (count-- > 0) *target++ = *values++;
#ifdef __x86_64__
  // Others see these stores in the order of the ordinary ones again.
  __builtin_ia32_sfence();
#endif
}

typedef float single_line __attribute__((vector_size(64), aligned(64)));

EVERY_CPU int kernels_round_away(const double *values, long count, float *target) {
  // Anything finite times 0 is 0, all else is NaN and stays so.
  float trace = 0;
  for (; count > 0 && (uintptr_t)target % sizeof(single_line); count--) {
    const float value = (float)*values++;
    trace += value * 0;
    *target++ = value;
  }
  const long each = sizeof(single_line) / sizeof(float);
  single_line traces = {0};
  for (; count >= each; count -= each, values += each, target += each) {
    single_line part;
    for (long place = 0; place < each; place++) part[place] = (float)values[place];
    traces += part * 0;
    __builtin_nontemporal_store(part, (single_line *)target);
  }
  for (long place = 0; place < each; place++) trace += traces[place];
  for (; count > 0; count--) {
    const float value = (float)*values++;
    trace += value * 0;
    *target++ = value;
  }
#ifdef __x86_64__
  __builtin_ia32_sfence();
#endif
  return trace == 0;
}
