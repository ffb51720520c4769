#pragma once

#include "recurrent.h"
#include "series.h"

#include <stdint.h>

/// One unit of parallel work: called once for every chunk, from any thread.
typedef void (*kernels_chunk)(void *context, long chunk);

/// Calls `body` once for each chunk in 0..<chunks on at most `workers` threads, the caller's among
/// them, and returns when all are done. If the system refuses a thread, the others do its share.
void kernels_parallel(long chunks, long workers, kernels_chunk body, void *context);

/// Threads that stay, for loops too short to start threads for.
typedef struct kernels_pool kernels_pool;

/// A pool of so many workers, the caller's thread among them; null where memory has run out.
kernels_pool *kernels_pool_open(long workers);
/// As `kernels_parallel`; one caller at a time.
void kernels_pool_run(kernels_pool *pool, long chunks, kernels_chunk body, void *context);
void kernels_pool_close(kernels_pool *pool);

/// Says that all of a piece of memory is about to be written, so that the system may give it in large
/// pages; changes no value, and nothing at all where the memory is small or the system knows better.
void kernels_expect_whole_use(void *memory, long bytes);

/// Copies values that nobody reads again soon past the caches.
void kernels_copy_away(const double *values, long count, double *target);

/// The same in single precision; says whether all of them are finite there.
int kernels_round_away(const double *values, long count, float *target);

/// Histograms of boosted trees. A cell counts rows in its lower 32 bits and sums what the rows carry in
/// its upper 32, so that one addition does both; a row's value is packed alike. 256 cells a feature.
/// Codes lie twice: one row after the other, for counting, and column after column, for parting.

/// Adds the values of a leaf's rows to the 256 cells of each of 128 features at most; `codes` points at the
/// first one's code of row 0, rows lie `stride` bytes apart and are readable up to a multiple of 16 features.
void kernels_histogram_rows(
  const uint8_t *codes, long stride, long features, const int32_t *rows, const int64_t *values,
  long count, int64_t *cells);

/// cells −= other.
void kernels_histogram_subtract(int64_t *cells, const int64_t *other, long count);

/// Takes `shift` from the sum of every row that a leaf's cells count.
void kernels_histogram_shift(int64_t *cells, const int64_t *leaf, long count, int32_t shift);

/// What a scan for the best cut is told and what it finds.
typedef struct {
  /// Sum and count of the whole leaf, packed.
  int64_t total;
  /// Penalties in the cells' units.
  double l1, l2;
  /// The least rows on either side.
  int32_t least_rows;
  /// The gain to beat, then the best one; and its cut: codes 1...cut go left, code 0 as said.
  double gain;
  int32_t cut;
  int32_t missing_left;
  int64_t left;
} kernels_scan;

/// Looks for the best cut of one feature's cells, `codes` of them used, code 0 meaning absent; returns
/// whether one better than `scan->gain` was found. Of equal ones the first, absent rows right, wins.
int kernels_scan_cuts(const int64_t *cells, long codes, kernels_scan *scan);

/// Moves the rows whose code is in the set `left` (256 flags) to the front and the others to `spare`, each side
/// in its order, with their values; returns how many are at the front. `codes` holds a feature's code of every
/// row; `spare` and `spare_values` have room for `count`.
long kernels_part(
  const uint8_t *codes, const uint8_t *left, int32_t *rows, int64_t *values, long count,
  int32_t *spare, int64_t *spare_values);

/// Copies the 16 codes of one block of every row, row after row; `codes` points at the block of row 0.
void kernels_gather_block(
  const uint8_t *codes, long stride, const int32_t *rows, long count, uint8_t *tile);

/// Copies one feature's code of every row; `codes` is its column.
void kernels_gather_column(
  const uint8_t *codes, const int32_t *rows, long count, uint8_t *tile);

/// Counts few rows of one feature, whose gathered codes lie `stride` bytes apart: the cells in use, in the
/// order of their codes, go to `cells` behind the absent's at place 0, their codes to `used`. `sparse` holds
/// 256 zeros before and after; `cells` and `used` have room for 257. Returns how many cells there are, that
/// of the absent included.
long kernels_histogram_few(
  const uint8_t *codes, long stride, const int64_t *values, long count, int64_t *sparse,
  int64_t *cells, uint8_t *used);

/// The different values among `sample` evenly spread ones of `count`, in ascending order, with how often each
/// was met; NaN is left out. All four pieces of memory have room for `sample`. Returns how many there are.
long kernels_distinct(
  const float *values, long count, long sample, uint32_t *keys, uint32_t *spare, float *found,
  uint32_t *times);

/// The first place from `start` on whose value is neither NaN nor among the known ones, or `count`;
/// `known` holds 256 ascending numbers, padded with infinity.
long kernels_first_unknown(const float *values, long start, long count, const float *known);

/// The code of each value, 0 for NaN, else 1 + the number of cuts below it. `cuts` holds 255 ascending
/// numbers, `used` of them finite, padded with infinity.
void kernels_encode(
  const float *values, long count, const float *cuts, long used, uint8_t *codes);

/// Turns the codes of rows first..<end from columns of `rows` bytes to rows of `stride` bytes.
void kernels_interleave(
  const uint8_t *columns, long rows, long features, long first, long end, uint8_t *codes,
  long stride);

/// A node of a tree to walk down: rows whose number at `column` is not up to the cut go to the second of its
/// children, which stand side by side `step` places on. A leaf holds its value as the cut.
typedef struct {
  float cut;
  uint16_t column;
  uint16_t step;
} kernels_walk_node;

/// A row as it is walked with, 2 · columns + 1 numbers: as it is for nodes that send absent values right; with
/// these below all cuts for nodes that send them left; and last, for leaves, a number below all.
void kernels_spread_row(const float *row, long columns, float *spread);

/// The same for rows whose columns lie `stride` numbers apart.
void kernels_spread_rows(
  const float *values, long stride, long columns, long rows, float *spread);

/// The leaves a row falls into; `trees` tells of each where it begins, its depth and its place in `leaves`;
/// they come by depth, a multiple of eight of them.
void kernels_walk_trees(
  const kernels_walk_node *nodes, const int32_t *trees, long count, const float *spread,
  float *leaves);

/// Adds what a tree of `steps` levels says to the sums of rows that lie `width` numbers apart, a multiple of
/// eight of them.
void kernels_walk_rows(
  const kernels_walk_node *root, int32_t steps, const float *spread, long width, long rows,
  double *sums);
