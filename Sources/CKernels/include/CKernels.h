#pragma once

/// One unit of parallel work: called once for every chunk, from any thread.
typedef void (*kernels_chunk)(void *context, long chunk);

/// Calls `body` once for each chunk in 0..<chunks on at most `workers` threads, the caller's among
/// them, and returns when all are done. If the system refuses a thread, the others do its share.
void kernels_parallel(long chunks, long workers, kernels_chunk body, void *context);
