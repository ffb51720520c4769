// The kernels of recurrent networks, compiled once for each kind of CPU: the file that includes this one says
// for which. a + b·c is one rounding where the CPU has it and two where it has not.
#include "recurrent.h"

#include <string.h>

#pragma STDC FP_CONTRACT ON
// Vectors never cross a call that is not inlined.
#pragma clang diagnostic ignored "-Wpsabi"

#define INLINE static inline __attribute__((always_inline))

enum { width = 8, lanes = 16 };

/// Eight numbers side by side.
typedef float vec __attribute__((ext_vector_type(width)));
typedef int32_t ints __attribute__((ext_vector_type(width)));
typedef uint32_t words __attribute__((ext_vector_type(width)));
typedef vec loose __attribute__((aligned(4), may_alias));

INLINE vec at(const float *place) { return *(const loose *)place; }
INLINE void put(float *place, vec value) { *(loose *)place = value; }
INLINE vec all(float value) { return (vec)value; }

/// Four rows of the result, kept in eight vectors while the sum runs.
INLINE void product_block(const float *weights, const float *values, long inner, float *out) {
  vec sum[4][2] = {0};
  for (long k = 0; k < inner; k++) {
    vec left = at(values + lanes * k), right = at(values + lanes * k + width);
    for (int row = 0; row < 4; row++) {
      vec weight = all(weights[4 * k + row]);
      sum[row][0] = sum[row][0] + weight * left;
      sum[row][1] = sum[row][1] + weight * right;
    }
  }
  for (int row = 0; row < 4; row++) {
    put(out + lanes * row, sum[row][0]);
    put(out + lanes * row + width, sum[row][1]);
  }
}

static void tile_product(
  const float *restrict weights, const float *restrict values, long inner, long blocks,
  float *restrict out, long pitch) {
  for (long block = 0; block < blocks; block++) {
    product_block(weights + 4 * inner * block, values, inner, out + pitch * block);
  }
}

/// Four rows and one or two vectors of columns.
INLINE void outer_block(
  const float *rows, const float *turned, long columns, int vectors, float *sum) {
  vec total[4][2];
  for (int row = 0; row < 4; row++) {
    for (int v = 0; v < vectors; v++) total[row][v] = at(sum + columns * row + width * v);
  }
  for (long lane = 0; lane < lanes; lane++) {
    const float *right = turned + columns * lane;
    for (int row = 0; row < 4; row++) {
      vec left = all(rows[lanes * row + lane]);
      for (int v = 0; v < vectors; v++) {
        total[row][v] = total[row][v] + left * at(right + width * v);
      }
    }
  }
  for (int row = 0; row < 4; row++) {
    for (int v = 0; v < vectors; v++) put(sum + columns * row + width * v, total[row][v]);
  }
}

static void tile_outer(
  const float *restrict rows, const float *restrict turned, long row_count, long columns,
  float *restrict sum) {
  for (long row = 0; row < row_count; row += 4) {
    const float *left = rows + lanes * row;
    float *target = sum + columns * row;
    for (long column = 0; column < columns; column += 2 * width) {
      int is_pair = column + 2 * width <= columns;
      if (is_pair) outer_block(left, turned + column, columns, 2, target + column);
      if (!is_pair) outer_block(left, turned + column, columns, 1, target + column);
    }
  }
}

/// Swaps rows and columns of eight vectors of eight: first pairs, then twos, then halves.
INLINE void turn_block(const float *rows, float *turned, long pitch) {
  vec a[8], b[8];
  for (int row = 0; row < 8; row++) a[row] = at(rows + lanes * row);
  for (int pair = 0; pair < 8; pair += 2) {
    b[pair] = __builtin_shufflevector(a[pair], a[pair + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    b[pair + 1] = __builtin_shufflevector(a[pair], a[pair + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  for (int half = 0; half < 8; half += 4) {
    for (int row = half; row < half + 2; row++) {
      a[row] = __builtin_shufflevector(b[row], b[row + 2], 0, 1, 8, 9, 4, 5, 12, 13);
      a[row + 2] = __builtin_shufflevector(b[row], b[row + 2], 2, 3, 10, 11, 6, 7, 14, 15);
    }
  }
  for (int row = 0; row < 4; row++) {
    put(turned + pitch * row,
        __builtin_shufflevector(a[row], a[row + 4], 0, 1, 2, 3, 8, 9, 10, 11));
    put(turned + pitch * (row + 4),
        __builtin_shufflevector(a[row], a[row + 4], 4, 5, 6, 7, 12, 13, 14, 15));
  }
}

static void tile_turn(const float *restrict rows, long row_count, float *restrict turned) {
  for (long row = 0; row < row_count; row += width) {
    turn_block(rows + lanes * row, turned + row, row_count);
    turn_block(rows + lanes * row + width, turned + width * row_count + row, row_count);
  }
}

/// e^x = 2^n · p(r) with r = x − n·ln2, within about an ulp; drawn in at ±87, and NaN stays NaN.
INLINE vec exponential(vec x) {
  vec high = all(87), low = all(-87), magic = all(12582912);
  x = x > high ? high : x;
  x = x < low ? low : x;
  vec t = magic + x * all(1.44269504f);
  vec n = t - magic;
  vec r = x + n * all(-0.693359375f);
  r = r + n * all(2.12194440e-4f);
  vec p = all(1.9875691500e-4f);
  p = all(1.3981999507e-3f) + p * r;
  p = all(8.3334519073e-3f) + p * r;
  p = all(4.1665795894e-2f) + p * r;
  p = all(1.6666665459e-1f) + p * r;
  p = all(0.5f) + p * r;
  p = (r + all(1)) + (p * r) * r;
  ints scale = ((ints)t << 23) + 0x3F800000;
  return p * (vec)scale;
}

/// σ(x) = 1 / (1 + e^−x).
INLINE vec sigmoid(vec x) { return all(1) / (all(1) + exponential(-x)); }

/// tanh x = 2·σ(2x) − 1.
INLINE vec hyperbolic(vec x) { return all(-1) + all(2) * sigmoid(x + x); }

static void cell_forward(
  const float *restrict before, float *restrict kept, long units, float *restrict hidden) {
  for (long unit = 0; unit < units; unit++) {
    float *row = kept + 6 * lanes * unit;
    for (int lane = 0; lane < lanes; lane += width) {
      vec i = sigmoid(at(row + lane)), f = sigmoid(at(row + lanes + lane));
      vec g = hyperbolic(at(row + 2 * lanes + lane)), o = sigmoid(at(row + 3 * lanes + lane));
      vec cell = i * g + f * at(before + 6 * lanes * unit + 4 * lanes + lane);
      vec bent = hyperbolic(cell);
      put(row + lane, i);
      put(row + lanes + lane, f);
      put(row + 2 * lanes + lane, g);
      put(row + 3 * lanes + lane, o);
      put(row + 4 * lanes + lane, cell);
      put(row + 5 * lanes + lane, bent);
      put(hidden + lanes * unit + lane, o * bent);
    }
  }
}

static void cell_backward(
  const float *restrict before, const float *restrict kept, long units,
  const float *restrict above, const float *restrict later, float *restrict cell,
  float *restrict sums) {
  vec one = all(1);
  for (long unit = 0; unit < units; unit++) {
    const float *row = kept + 6 * lanes * unit;
    for (int lane = 0; lane < lanes; lane += width) {
      vec i = at(row + lane), f = at(row + lanes + lane), g = at(row + 2 * lanes + lane);
      vec o = at(row + 3 * lanes + lane), bent = at(row + 5 * lanes + lane);
      vec dh = at(later + lanes * unit + lane);
      if (above) dh = dh + at(above + lanes * unit + lane);
      vec dc = at(cell + lanes * unit + lane) + dh * o * (one - bent * bent);
      float *target = sums + 4 * lanes * unit + lane;
      put(target, dc * g * i * (one - i));
      put(target + lanes, dc * at(before + 6 * lanes * unit + 4 * lanes + lane) * f * (one - f));
      put(target + 2 * lanes, dc * i * (one - g * g));
      put(target + 3 * lanes, dh * bent * o * (one - o));
      put(cell + lanes * unit + lane, dc * f);
    }
  }
}

/// Scrambles eight 32-bit words.
INLINE words scrambled(words x) {
  x ^= x >> 16;
  x *= 0x7FEB352Du;
  x ^= x >> 15;
  x *= 0x846CA68Bu;
  return x ^ (x >> 16);
}

static void drop(
  const float *restrict in, float *restrict out, long count, uint64_t key, uint32_t threshold,
  float scale) {
  uint32_t first = (uint32_t)key, second = (uint32_t)(key >> 32);
  words place = {0, 1, 2, 3, 4, 5, 6, 7};
  for (long start = 0; start < count; start += width) {
    words hash = scrambled(scrambled(place + first) ^ second);
    vec kept = (vec)((hash >= threshold) & (ints)all(scale));
    put(out + start, at(in + start) * kept);
    place += width;
  }
}

/// So many vectors of one row of sums.
INLINE void row_block(
  const float *weights, const float *values, long inner, long columns, int vectors, float *sums) {
  vec total[13];
  for (int v = 0; v < vectors; v++) total[v] = at(sums + width * v);
  for (long k = 0; k < inner; k++) {
    vec value = all(values[k]);
    for (int v = 0; v < vectors; v++) {
      total[v] = total[v] + value * at(weights + columns * k + width * v);
    }
  }
  for (int v = 0; v < vectors; v++) put(sums + width * v, total[v]);
}

#define ROW_CASE(n) \
  case n: row_block(weights + start, values, inner, columns, n, sums + start); break;

static void row_product(
  const float *restrict weights, const float *restrict values, long inner, long columns,
  float *restrict sums) {
  long vectors = columns / width, pieces = (vectors + 12) / 13;
  for (long piece = 0; piece < pieces; piece++) {
    // As equal as can be, so that no piece is too narrow to hide the additions' delay.
    long first = vectors * piece / pieces, next = vectors * (piece + 1) / pieces;
    long start = width * first;
    switch (next - first) {
      ROW_CASE(1) ROW_CASE(2) ROW_CASE(3) ROW_CASE(4) ROW_CASE(5) ROW_CASE(6) ROW_CASE(7)
      ROW_CASE(8) ROW_CASE(9) ROW_CASE(10) ROW_CASE(11) ROW_CASE(12) ROW_CASE(13)
    }
  }
}

enum { block_steps = 6, piece_units = 24, widest_piece = 13, gate_room = 128 };

/// So many steps of one or two vectors of columns; the weights are read once for all of them.
INLINE void rows_block(
  const float *weights, const float *values, long pitch, int steps, long inner, long columns,
  int vectors, float *sums) {
  vec total[block_steps][2];
  for (int step = 0; step < steps; step++) {
    for (int v = 0; v < vectors; v++) total[step][v] = at(sums + columns * step + width * v);
  }
  for (long k = 0; k < inner; k++) {
    vec weight[2];
    for (int v = 0; v < vectors; v++) weight[v] = at(weights + columns * k + width * v);
    for (int step = 0; step < steps; step++) {
      vec value = all(values[pitch * step + k]);
      for (int v = 0; v < vectors; v++) {
        total[step][v] = total[step][v] + value * weight[v];
      }
    }
  }
  for (int step = 0; step < steps; step++) {
    for (int v = 0; v < vectors; v++) put(sums + columns * step + width * v, total[step][v]);
  }
}

static void rows_product(
  const float *restrict weights, const float *restrict values, long pitch, long steps, long inner,
  long columns, float *restrict sums) {
  for (long column = 0; column < columns; column += 2 * width) {
    int is_pair = column + 2 * width <= columns;
    const float *own = weights + column;
    long step = 0;
    for (; step + block_steps <= steps; step += block_steps) {
      const float *left = values + pitch * step;
      float *target = sums + columns * step + column;
      if (is_pair) rows_block(own, left, pitch, block_steps, inner, columns, 2, target);
      if (!is_pair) rows_block(own, left, pitch, block_steps, inner, columns, 1, target);
    }
    for (; step < steps; step++) {
      const float *left = values + pitch * step;
      float *target = sums + columns * step + column;
      if (is_pair) rows_block(own, left, pitch, 1, inner, columns, 2, target);
      if (!is_pair) rows_block(own, left, pitch, 1, inner, columns, 1, target);
    }
  }
}

/// The cells of a piece: `gates` holds i, f, g, o of its units, one gate after the other.
INLINE void piece_cells(const float *gates, long units, float *cell, float *hidden) {
  for (long unit = 0; unit < units; unit += width) {
    vec i = sigmoid(at(gates + unit)), f = sigmoid(at(gates + units + unit));
    vec g = hyperbolic(at(gates + 2 * units + unit)), o = sigmoid(at(gates + 3 * units + unit));
    vec next = i * g + f * at(cell + unit);
    put(cell + unit, next);
    put(hidden + unit, o * hyperbolic(next));
  }
}

INLINE void piece_step(
  const float *weights, const float *before, long inner, int vectors, const float *sums,
  float *gates) {
  vec total[widest_piece];
  for (int v = 0; v < vectors; v++) total[v] = at(sums + width * v);
  const float *weight = weights;
  for (long k = 0; k < inner; k++, weight += width * vectors) {
    vec value = all(before[k]);
    for (int v = 0; v < vectors; v++) total[v] = total[v] + value * at(weight + width * v);
  }
  for (int v = 0; v < vectors; v++) put(gates + width * v, total[v]);
}

#define PIECE_CASE(n) \
  case n: piece_step(weights, before, inner, n, sums, gates); break;

INLINE void piece(
  const float *weights, const float *before, long inner, long units, const float *sums, float *cell,
  float *hidden) {
  float gates[gate_room] __attribute__((aligned(32)));
  long vectors = (4 * units + width - 1) / width;
  put(gates + width * vectors, all(0));
  switch (vectors) {
    PIECE_CASE(1) PIECE_CASE(2) PIECE_CASE(3) PIECE_CASE(4) PIECE_CASE(5) PIECE_CASE(6)
    PIECE_CASE(7) PIECE_CASE(8) PIECE_CASE(9) PIECE_CASE(10) PIECE_CASE(11) PIECE_CASE(12)
    PIECE_CASE(13)
  }
  piece_cells(gates, units, cell, hidden);
}

static void row_layer(
  const float *restrict weights, const float *restrict sums, long steps, long units, long columns,
  float *restrict cell, const float *restrict none, float *restrict states, long pitch) {
  long last = (units - 3) / piece_units;
  const float *before = none;
  for (long step = 0; step < steps; step++) {
    float *hidden = states + pitch * step;
    // To and fro, so that the weights read last, which the nearest cache still holds, are read first.
    for (long turn = 0; turn <= last; turn++) {
      long number = step & 1 ? last - turn : turn, first = piece_units * number;
      long own = number < last ? piece_units : units - first;
      piece(
        weights + 4 * first * units, before, units, own, sums + columns * step + 4 * first,
        cell + first, hidden + first);
    }
    before = hidden;
  }
}

static void bend(const float *in, float *out, long count) {
  for (long start = 0; start < count; start += width) {
    put(out + start, hyperbolic(at(in + start)));
  }
}

INLINE vec root(vec x) { return __builtin_elementwise_sqrt(x); }

static void adam_step(
  kernels_adam step, const float *restrict gradient, const float *restrict decays, long count,
  float *restrict weights, float *restrict mean, float *restrict square) {
  for (long start = 0; start < count; start += width) {
    vec g = at(gradient + start) * all(step.gain);
    vec m = all(step.beta1) * at(mean + start) + all(step.rest1) * g;
    vec v = all(step.beta2) * at(square + start) + all(step.rest2) * (g * g);
    put(mean + start, m);
    put(square + start, v);
    vec w = at(weights + start);
    vec move = (m * all(step.correction1)) / (root(v * all(step.correction2)) + all(step.epsilon));
    put(weights + start,
        w - all(step.rate) * (move + all(step.decay) * at(decays + start) * w));
  }
}

static const kernels_recurrent table = {
  .name = CODE,
  .tile_product = tile_product,
  .tile_outer = tile_outer,
  .tile_turn = tile_turn,
  .cell_forward = cell_forward,
  .cell_backward = cell_backward,
  .drop = drop,
  .row_product = row_product,
  .rows_product = rows_product,
  .row_layer = row_layer,
  .bend = bend,
  .adam_step = adam_step,
};
