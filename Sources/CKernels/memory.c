#define _DEFAULT_SOURCE
#include "CKernels.h"

#include <sys/mman.h>

enum { large_page = 1 << 21 };

void kernels_expect_whole_use(void *memory, long bytes) {
  uintptr_t first = ((uintptr_t)memory + large_page - 1) & ~(uintptr_t)(large_page - 1);
  uintptr_t end = ((uintptr_t)memory + (uintptr_t)bytes) & ~(uintptr_t)(large_page - 1);
  // It is advice: a system without large pages refuses, and all is as before.
  if (end > first) madvise((void *)first, end - first, MADV_HUGEPAGE);
}
