#include "CKernels.h"
#include "every_cpu.h"

#include <math.h>
#include <string.h>

// Integers are exact on every machine.
#pragma STDC FP_CONTRACT OFF

enum { codes_per_feature = 256, features_per_block = 16, blocks_per_group = 8 };
enum { rows_ahead = 24, rows_per_tile = 512, rows_by_bits = 48 };

/// Eight codes of a row, one per feature, lowest byte first.
static inline void add_eight(int64_t *restrict cells, uint64_t codes, int64_t value) {
  for (int feature = 0; feature < 8; feature++) {
    cells[codes_per_feature * feature + ((codes >> (8 * feature)) & 255)] += value;
  }
}

static inline void add_row(const uint8_t *row, int64_t value, int64_t *restrict cells) {
  uint64_t codes[2];
  memcpy(codes, row, sizeof codes);
  add_eight(cells, codes[0], value);
  add_eight(cells + 8 * codes_per_feature, codes[1], value);
}

/// A block that is not full: eight codes at once if there are as many, the rest one by one.
static inline void add_some(
  const uint8_t *row, long features, int64_t value, int64_t *restrict cells) {
  long feature = 0;
  if (features >= 8) {
    uint64_t codes;
    memcpy(&codes, row, sizeof codes);
    add_eight(cells, codes, value);
    feature = 8;
  }
  for (; feature < features; feature++) cells[codes_per_feature * feature + row[feature]] += value;
}

/// Adds some rows' codes of one block, which stand one after the other.
static inline void add_block(
  const uint8_t *restrict codes, long features, const int64_t *restrict values, long count,
  int64_t *restrict cells) {
  if (features >= features_per_block) {
    for (long place = 0; place < count; place++) {
      add_row(codes + features_per_block * place, values[place], cells);
    }
  } else {
    for (long place = 0; place < count; place++) {
      add_some(codes + features_per_block * place, features, values[place], cells);
    }
  }
}

/// Copies rows from `start` on, at most a tile of them, block after block; memory is asked for some rows
/// ahead, as the rows of a leaf are scattered and it would else be waited for at every one.
static inline void gather(
  const uint8_t *restrict codes, long stride, long features, const int32_t *restrict rows,
  long start, long end, long count, uint8_t *restrict tile) {
  for (long place = start; place < end; place++) {
    long ahead = place + rows_ahead < count ? place + rows_ahead : count - 1;
    const uint8_t *next = codes + stride * rows[ahead];
    __builtin_prefetch(next);
    __builtin_prefetch(next + features - 1);
    const uint8_t *row = codes + stride * rows[place];
    uint8_t *target = tile + features_per_block * (place - start);
    for (long feature = 0; feature < features; feature += features_per_block) {
      memcpy(target, row + feature, features_per_block);
      target += features_per_block * rows_per_tile;
    }
  }
}

void kernels_histogram_rows(
  const uint8_t *restrict codes, long stride, long features, const int32_t *restrict rows,
  const int64_t *restrict values, long count, int64_t *restrict cells) {
  // One block after the other is added for a tile of rows, to cells that just fit the nearest memory.
  uint8_t tile[blocks_per_group * features_per_block * rows_per_tile];
  for (long start = 0; start < count; start += rows_per_tile) {
    long end = start + rows_per_tile < count ? start + rows_per_tile : count;
    gather(codes, stride, features, rows, start, end, count, tile);
    for (long feature = 0; feature < features; feature += features_per_block) {
      add_block(
        tile + feature * rows_per_tile, features - feature, values + start, end - start,
        cells + codes_per_feature * feature);
    }
  }
}

void kernels_gather_block(
  const uint8_t *restrict codes, long stride, const int32_t *restrict rows, long count,
  uint8_t *restrict tile) {
  for (long place = 0; place < count; place++) {
    memcpy(tile + features_per_block * place, codes + stride * rows[place], features_per_block);
  }
}

void kernels_gather_column(
  const uint8_t *restrict codes, const int32_t *restrict rows, long count,
  uint8_t *restrict tile) {
  for (long place = 0; place < count; place++) tile[place] = codes[rows[place]];
}

/// With a bit for each code met, the work is for the rows there are, not for 256 cells.
static long few_by_bits(
  const uint8_t *restrict codes, long stride, const int64_t *restrict values, long count,
  int64_t *restrict sparse, int64_t *restrict cells, uint8_t *restrict used) {
  uint64_t met[4] = {0};
  for (long place = 0; place < count; place++) {
    uint8_t code = codes[stride * place];
    sparse[code] += values[place];
    met[code >> 6] |= 1ull << (code & 63);
  }
  cells[0] = sparse[0];
  sparse[0] = 0;
  met[0] &= ~1ull;
  long next = 1;
  for (int word = 0; word < 4; word++) {
    for (uint64_t bits = met[word]; bits != 0; bits &= bits - 1) {
      int code = 64 * word + __builtin_ctzll(bits);
      used[next] = (uint8_t)code;
      cells[next++] = sparse[code];
      sparse[code] = 0;
    }
  }
  return next;
}

/// Where most cells hold something, looking through all of them costs less than a bit for every row.
static long few_by_looking(
  const uint8_t *restrict codes, long stride, const int64_t *restrict values, long count,
  int64_t *restrict sparse, int64_t *restrict cells, uint8_t *restrict used) {
  for (long place = 0; place < count; place++) sparse[codes[stride * place]] += values[place];
  cells[0] = sparse[0];
  long next = 1;
  // Every cell is written and the place moves on where a row was counted: no branch to guess.
  for (int code = 1; code < codes_per_feature; code++) {
    used[next] = (uint8_t)code;
    cells[next] = sparse[code];
    next += sparse[code] != 0;
  }
  memset(sparse, 0, codes_per_feature * sizeof *sparse);
  return next;
}

long kernels_histogram_few(
  const uint8_t *restrict codes, long stride, const int64_t *restrict values, long count,
  int64_t *restrict sparse, int64_t *restrict cells, uint8_t *restrict used) {
  return count < rows_by_bits ? few_by_bits(codes, stride, values, count, sparse, cells, used)
                              : few_by_looking(codes, stride, values, count, sparse, cells, used);
}

EVERY_CPU
void kernels_histogram_subtract(
  int64_t *restrict cells, const int64_t *restrict other, long count) {
  for (long place = 0; place < count; place++) cells[place] -= other[place];
}

EVERY_CPU
void kernels_histogram_shift(
  int64_t *restrict cells, const int64_t *restrict leaf, long count, int32_t shift) {
  for (long place = 0; place < count; place++) {
    cells[place] -= (int64_t)((uint64_t)((int64_t)(int32_t)leaf[place] * shift) << 32);
  }
}

/// Σ drawn towards nothing by the penalty on absolute values.
static inline double drawn(double sum, double l1) {
  double rest = fabs(sum) - l1;
  return copysign(rest > 0 ? rest : 0, sum);
}

static inline double score(double sum, double rows, double l1, double l2) {
  double rest = drawn(sum, l1);
  return rest * rest / (rows + l2);
}

/// GL²/(NL+λ) + GR²/(NR+λ) over one divisor, as dividing is what this costs.
#define BOTH(a, b, left, right) (((a) * (a) * (right) + (b) * (b) * (left)) / ((left) * (right)))

/// The score of both sides of every cut in single precision, to a few parts in ten million, as bits that
/// order like the scores; 0 where a side has too few rows.
static inline __attribute__((always_inline)) void rough_scores(
  const int64_t *restrict sums, long cuts, int64_t absent, const kernels_scan *restrict scan,
  int32_t *restrict scores) {
  int32_t rows = (int32_t)scan->total, sum = (int32_t)(scan->total >> 32);
  int32_t least = scan->least_rows;
  float l2 = (float)scan->l2;
  for (long cut = 0; cut < cuts; cut++) {
    int64_t left = sums[cut] + absent;
    int32_t left_rows = (int32_t)left, left_sum = (int32_t)(left >> 32);
    int32_t right_rows = rows - left_rows;
    float a = (float)left_sum, b = (float)(sum - left_sum);
    float left_weight = (float)left_rows + l2, right_weight = (float)right_rows + l2;
    float value = BOTH(a, b, left_weight, right_weight);
    int32_t bits;
    memcpy(&bits, &value, sizeof bits);
    scores[cut] = ((left_rows >= least) & (right_rows >= least)) ? bits : 0;
  }
}

/// The same for one cut in double precision.
static double exact_score(const kernels_scan *scan, int64_t left) {
  double rows = (int32_t)scan->total, sum = (int32_t)(scan->total >> 32);
  double left_rows = (int32_t)left, left_sum = (int32_t)(left >> 32);
  double a = drawn(left_sum, scan->l1), b = drawn(sum - left_sum, scan->l1);
  double left_weight = left_rows + scan->l2, right_weight = rows - left_rows + scan->l2;
  return BOTH(a, b, left_weight, right_weight);
}

/// Judges the cuts whose rough score lies within its error of the best one.
static int judge(
  const int64_t *sums, long cuts, int side, int64_t absent, double parent, const int32_t *scores,
  int32_t least, kernels_scan *scan) {
  int found = 0;
  for (long cut = 0; cut < cuts; cut++) {
    if (scores[cut] < least || scores[cut] == 0) continue;
    int64_t left = sums[cut] + (side ? absent : 0);
    double gain = exact_score(scan, left) - parent;
    if (!(gain > scan->gain)) continue;
    scan->gain = gain;
    scan->cut = (int32_t)cut + 1;
    scan->missing_left = side;
    scan->left = left;
    found = 1;
  }
  return found;
}

EVERY_CPU
int kernels_scan_cuts(const int64_t *restrict cells, long codes, kernels_scan *restrict scan) {
  int64_t sums[codes_per_feature];
  int32_t scores[codes_per_feature];
  double rows = (int32_t)scan->total, sum = (int32_t)(scan->total >> 32);
  double parent = score(sum, rows, scan->l1, scan->l2);
  int64_t absent = cells[0], running = 0;
  // The cut after the last code leaves only the absent on the right: it stands for "absent or not".
  for (long cut = 0; cut < codes - 1; cut++) sums[cut] = running += cells[cut + 1];
  int found = 0;
  for (int side = 0; side < (absent == 0 ? 1 : 2); side++) {
    rough_scores(sums, codes - 1, side == 0 ? 0 : absent, scan, scores);
    int32_t best = 0;
    for (long cut = 0; cut < codes - 1; cut++) best = scores[cut] > best ? scores[cut] : best;
    float rough;
    memcpy(&rough, &best, sizeof rough);
    // A penalty on absolute values cancels digits: then every cut is judged.
    int32_t least = 1;
    if (scan->l1 == 0) {
      if (!((double)rough * (1 + 0x1p-19) - parent > scan->gain)) continue;
      rough *= 1 - 0x1p-18f;
      memcpy(&least, &rough, sizeof least);
    }
    found |= judge(sums, codes - 1, side, absent, parent, scores, least, scan);
  }
  return found;
}

long kernels_part(
  const uint8_t *restrict codes, const uint8_t *restrict left, int32_t *restrict rows,
  int64_t *restrict values, long count, int32_t *restrict spare, int64_t *restrict spare_values) {
  long kept = 0, moved = 0;
  // Both places are written and one pointer moves: no branch that could be guessed wrong.
  for (long place = 0; place < count; place++) {
    if (place + rows_ahead < count) {
      __builtin_prefetch(codes + rows[place + rows_ahead]);
    }
    int32_t row = rows[place];
    int64_t value = values[place];
    long goes_left = left[codes[row]];
    rows[kept] = row;
    values[kept] = value;
    spare[moved] = row;
    spare_values[moved] = value;
    kept += goes_left;
    moved += 1 - goes_left;
  }
  return kept;
}
