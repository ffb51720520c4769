#include "CKernels.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { most_threads = 256, spins = 4000 };

struct kernels_pool {
  pthread_mutex_t lock;
  pthread_cond_t opened, left;
  /// Which loop is running: raised for each; odd numbers are never skipped, so it is all a worker waits for.
  atomic_long loop;
  atomic_long next;
  long chunks;
  kernels_chunk body;
  void *context;
  /// Whether the present loop still takes workers, and how many are in it.
  int is_open, is_closing;
  long active;
  long threads;
  pthread_t thread[most_threads];
};

static void take(kernels_pool *pool) {
  for (;;) {
    long chunk = atomic_fetch_add_explicit(&pool->next, 1, memory_order_relaxed);
    if (chunk >= pool->chunks) return;
    pool->body(pool->context, chunk);
  }
}

/// A worker looks for a new loop for a moment before it sleeps: the next one mostly comes at once.
static void look(kernels_pool *pool, long seen) {
  for (int spin = 0; spin < spins; spin++) {
    if (atomic_load_explicit(&pool->loop, memory_order_relaxed) != seen) return;
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
  }
}

static void *serve(void *argument) {
  kernels_pool *pool = argument;
  long seen = 0;
  for (;;) {
    look(pool, seen);
    pthread_mutex_lock(&pool->lock);
    while (!pool->is_closing && (atomic_load(&pool->loop) == seen || !pool->is_open)) {
      pthread_cond_wait(&pool->opened, &pool->lock);
    }
    if (pool->is_closing) break;
    seen = atomic_load(&pool->loop);
    pool->active++;
    pthread_mutex_unlock(&pool->lock);
    take(pool);
    pthread_mutex_lock(&pool->lock);
    if (--pool->active == 0) pthread_cond_signal(&pool->left);
    pthread_mutex_unlock(&pool->lock);
  }
  pthread_mutex_unlock(&pool->lock);
  return 0;
}

kernels_pool *kernels_pool_open(long workers) {
  kernels_pool *pool = calloc(1, sizeof *pool);
  if (!pool) return 0;
  pthread_mutex_init(&pool->lock, 0);
  pthread_cond_init(&pool->opened, 0);
  pthread_cond_init(&pool->left, 0);
  while (pool->threads + 1 < workers && pool->threads < most_threads &&
         pthread_create(&pool->thread[pool->threads], 0, serve, pool) == 0) {
    pool->threads++;
  }
  return pool;
}

void kernels_pool_run(kernels_pool *pool, long chunks, kernels_chunk body, void *context) {
  pthread_mutex_lock(&pool->lock);
  pool->chunks = chunks;
  pool->body = body;
  pool->context = context;
  atomic_store(&pool->next, 0);
  pool->is_open = 1;
  atomic_fetch_add(&pool->loop, 1);
  pthread_cond_broadcast(&pool->opened);
  pthread_mutex_unlock(&pool->lock);
  take(pool);
  // Whoever comes too late finds the loop closed; only those inside are waited for.
  pthread_mutex_lock(&pool->lock);
  pool->is_open = 0;
  while (pool->active > 0) pthread_cond_wait(&pool->left, &pool->lock);
  pthread_mutex_unlock(&pool->lock);
}

void kernels_pool_close(kernels_pool *pool) {
  pthread_mutex_lock(&pool->lock);
  pool->is_closing = 1;
  pthread_cond_broadcast(&pool->opened);
  pthread_mutex_unlock(&pool->lock);
  for (long index = 0; index < pool->threads; index++) pthread_join(pool->thread[index], 0);
  pthread_cond_destroy(&pool->opened);
  pthread_cond_destroy(&pool->left);
  pthread_mutex_destroy(&pool->lock);
  free(pool);
}
