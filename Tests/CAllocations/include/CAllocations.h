#pragma once
#include <stdbool.h>
#include <stdint.h>

/// Whether allocations are counted: not under a sanitizer, which brings an allocator of its own.
bool allocations_are_counted(void);

/// How often this thread has asked for memory since it began.
uint64_t allocations_of_thread(void);

/// The largest piece this thread has asked for at once since this was last called.
uint64_t largest_allocation_of_thread(void);
