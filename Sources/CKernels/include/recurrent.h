#pragma once

#include <stdint.h>

/// Recurrent networks. Sixteen windows lie side by side, a tile: every quantity of a step is a row of 16
/// numbers, one for each. Every sum is taken in the order of its terms, each multiplied and added at once
/// where the CPU can, so that a window's bits depend neither on its neighbours nor on a library.

/// What one step of Adam is told; a rest is 1 − β, a correction 1 / (1 − β^t); `gain` multiplies the
/// gradient.
typedef struct {
  float rate, beta1, rest1, beta2, rest2, epsilon, correction1, correction2, gain, decay;
} kernels_adam;

/// The kernels in one machine code; the bits of different codes differ.
typedef struct {
  /// "fused" or "portable".
  const char *name;

  /// out[4·block + q][·] = Σ_k weights[block][k][q] · values[k][·]: four rows a block; the blocks of the
  /// result lie `pitch` numbers apart.
  void (*tile_product)(
    const float *weights, const float *values, long inner, long blocks, float *out, long pitch);

  /// sum[row][column] += Σ_lane rows[row][lane] · turned[lane][column]; rows a multiple of 4, columns of 8.
  void (*tile_outer)(
    const float *rows, const float *turned, long row_count, long columns, float *sum);

  /// turned[lane][row] = rows[row][lane]; a multiple of 8 rows.
  void (*tile_turn)(const float *rows, long row_count, float *turned);

  /// A step of the cells. `kept` holds six rows a unit: the sums of i, f, g, o, which become their
  /// activations, the new cell and its tanh; `before` is the step before, whose cells are read.
  void (*cell_forward)(const float *before, float *kept, long units, float *hidden);

  /// A step back: from ∂h, the sum of `above` (may be null) and `later`, and ∂c to the ∂ of the four sums
  /// of each unit; ∂c becomes that of the step before.
  void (*cell_backward)(
    const float *before, const float *kept, long units, const float *above, const float *later,
    float *cell, float *sums);

  /// out = mask · in. The mask drops a number whose hash lies below `threshold`, of 2^32, and scales the
  /// others; it is a function of key and place, so that the way back meets the same one.
  void (*drop)(
    const float *in, float *out, long count, uint64_t key, uint32_t threshold, float scale);

  /// One window alone: sums[column] += Σ_k values[k] · weights[k][column]; columns a multiple of 8.
  void (*row_product)(
    const float *weights, const float *values, long inner, long columns, float *sums);

  /// One window alone, all its steps at once: sums[step][column] += Σ_k values[step][k] · weights[k][column]; the
  /// steps of `values` lie `pitch` numbers apart; columns a multiple of 8.
  void (*rows_product)(
    const float *weights, const float *values, long pitch, long steps, long inner, long columns,
    float *sums);

  /// One window alone: a recurrent layer through all steps, from the sums of its inputs. Units go in pieces of
  /// 24, the last of up to 26; a piece has its gates i, f, g, o one after the other, filled up to eight, and its
  /// weights [k][column] in one. `none` holds zeros, the state before the first step; `cell`, and `states`, a
  /// step's units `pitch` numbers apart, have room for eight numbers more.
  void (*row_layer)(
    const float *weights, const float *sums, long steps, long units, long columns, float *cell,
    const float *none, float *states, long pitch);

  /// y = tanh x, as the cells have it; a multiple of 8.
  void (*bend)(const float *in, float *out, long count);

  /// w −= rate · (m̂ / (√v̂ + ε) + decay · w), where `decays` says which weights decay; a multiple of 8.
  void (*adam_step)(
    kernels_adam step, const float *gradient, const float *decays, long count, float *weights,
    float *mean, float *square);
} kernels_recurrent;

/// The code for this CPU, and that for any.
const kernels_recurrent *kernels_recurrent_chosen(void);
const kernels_recurrent *kernels_recurrent_portable(void);
