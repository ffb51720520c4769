#include "CKernels.h"

#include <pthread.h>
#include <stdatomic.h>

enum { most_threads = 256 };

/// What the threads of one loop share; the next chunk is whoever's asks first.
struct loop {
  atomic_long next;
  long chunks;
  kernels_chunk body;
  void *context;
};

static void *work(void *argument) {
  struct loop *loop = argument;
  for (;;) {
    long chunk = atomic_fetch_add_explicit(&loop->next, 1, memory_order_relaxed);
    if (chunk >= loop->chunks) return 0;
    loop->body(loop->context, chunk);
  }
}

void kernels_parallel(long chunks, long workers, kernels_chunk body, void *context) {
  struct loop loop = {.chunks = chunks, .body = body, .context = context};
  atomic_init(&loop.next, 0);
  pthread_t threads[most_threads];
  if (workers > chunks) workers = chunks;
  if (workers > most_threads) workers = most_threads;
  long started = 0;
  while (started + 1 < workers && pthread_create(&threads[started], 0, work, &loop) == 0) {
    started++;
  }
  work(&loop);
  for (long index = 0; index < started; index++) pthread_join(threads[index], 0);
}
