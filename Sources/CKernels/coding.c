#include "CKernels.h"

#include <string.h>

enum { digit_bits = 11, digits = 1 << digit_bits, features_per_block = 16 };

/// Bits that order like the numbers; −0 and 0 are one.
static inline uint32_t ordered(float value) {
  uint32_t bits;
  value += 0.0f;
  memcpy(&bits, &value, sizeof bits);
  return bits >> 31 ? ~bits : bits | 0x80000000u;
}

static inline float unordered(uint32_t key) {
  uint32_t bits = key >> 31 ? key & 0x7FFFFFFFu : ~key;
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/// Keys of evenly spread places, absent values left out.
static long take_sample(const float *values, long count, long sample, uint32_t *keys) {
  long taken = 0, place = 0, rest = 0;
  for (long index = 0; index < sample; index++) {
    float value = values[place];
    keys[taken] = ordered(value);
    taken += value == value;
    // The next place is the whole part of (index + 1) · count / sample.
    place += count / sample;
    rest += count % sample;
    if (rest >= sample) {
      rest -= sample;
      place++;
    }
  }
  return taken;
}

/// Three passes by 11 bits each, their places counted in one; the sorted keys end in `spare`.
static void sort_keys(uint32_t *keys, long count, uint32_t *spare) {
  uint32_t starts[3][digits] = {{0}};
  for (long index = 0; index < count; index++) {
    for (int pass = 0; pass < 3; pass++) {
      starts[pass][keys[index] >> (digit_bits * pass) & (digits - 1)]++;
    }
  }
  for (int pass = 0; pass < 3; pass++) {
    uint32_t next = 0;
    for (long digit = 0; digit < digits; digit++) {
      uint32_t held = starts[pass][digit];
      starts[pass][digit] = next;
      next += held;
    }
    const uint32_t *from = pass == 1 ? spare : keys;
    uint32_t *to = pass == 1 ? keys : spare;
    for (long index = 0; index < count; index++) {
      uint32_t key = from[index];
      to[starts[pass][key >> (digit_bits * pass) & (digits - 1)]++] = key;
    }
  }
}

long kernels_distinct(
  const float *restrict values, long count, long sample, uint32_t *restrict keys,
  uint32_t *restrict spare, float *restrict found, uint32_t *restrict times) {
  long taken = take_sample(values, count, sample, keys);
  sort_keys(keys, taken, spare);
  long different = 0;
  for (long index = 0; index < taken; index++) {
    if (index > 0 && spare[index] == spare[index - 1]) {
      times[different - 1]++;
    } else {
      found[different] = unordered(spare[index]);
      times[different++] = 1;
    }
  }
  return different;
}

/// How many of `known` ascending numbers, padded with infinity to one less than a power of two that is
/// twice `first`, lie below a value; each step is a conditional move.
static inline long below(const float *known, long first, float value) {
  const float *base = known;
  for (long step = first; step > 0; step /= 2) base += base[step - 1] < value ? step : 0;
  return base - known;
}

long kernels_first_unknown(
  const float *restrict values, long start, long count, const float *restrict known) {
  for (long row = start; row < count; row++) {
    float value = values[row];
    if (value == value && known[below(known, 128, value)] != value) return row;
  }
  return count;
}

static inline void encode(
  const float *restrict values, long count, const float *restrict cuts, long first,
  uint8_t *restrict codes) {
  for (long row = 0; row < count; row++) {
    float value = values[row];
    codes[row] = value != value ? 0 : (uint8_t)(below(cuts, first, value) + 1);
  }
}

void kernels_encode(
  const float *restrict values, long count, const float *restrict cuts, long used,
  uint8_t *restrict codes) {
  // A search of known depth is unrolled.
  if (used < 16) {
    encode(values, count, cuts, 8, codes);
  } else if (used < 64) {
    encode(values, count, cuts, 32, codes);
  } else {
    encode(values, count, cuts, 128, codes);
  }
}

/// Eight columns' codes of a row as one number, lowest byte first.
static inline uint64_t eight(const uint8_t *columns, long rows, long row) {
  uint64_t codes = 0;
  for (int column = 0; column < 8; column++) {
    codes |= (uint64_t)columns[rows * column + row] << (8 * column);
  }
  return codes;
}

/// The columns of one block, for some rows.
static void interleave_block(
  const uint8_t *restrict columns, long rows, long features, long first, long end,
  uint8_t *restrict codes, long stride) {
  if (features == features_per_block) {
    for (long row = first; row < end; row++) {
      uint64_t both[2] = {eight(columns, rows, row), eight(columns + 8 * rows, rows, row)};
      memcpy(codes + stride * row, both, sizeof both);
    }
    return;
  }
  for (long row = first; row < end; row++) {
    for (long feature = 0; feature < features; feature++) {
      codes[stride * row + feature] = columns[rows * feature + row];
    }
  }
}

void kernels_interleave(
  const uint8_t *restrict columns, long rows, long features, long first, long end,
  uint8_t *restrict codes, long stride) {
  for (long feature = 0; feature < features; feature += features_per_block) {
    long some = features - feature < features_per_block ? features - feature : features_per_block;
    interleave_block(columns + rows * feature, rows, some, first, end, codes + feature, stride);
  }
}
