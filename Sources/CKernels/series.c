#include "CKernels.h"
#include "every_cpu.h"

#include <math.h>
#include <string.h>

// Sums are taken in one order on every machine, so that only operations on different bars stand side by side.
#pragma STDC FP_CONTRACT OFF

enum { side_by_side = 8 };

static const double smallest_giant = 0x1p239;

static inline int64_t bits(double value) {
  int64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

EVERY_CPU int kernels_series_sound(const double *now, long rows) {
  // The magnitudes of numbers order like their bits; one that is not below the limit sets the sign.
  const uint64_t margin = (UINT64_C(1) << 63) - (uint64_t)bits(smallest_giant);
  uint64_t signs = 0;
  for (long row = 0; row < rows; row++) signs |= ((uint64_t)bits(now[row]) & INT64_MAX) + margin;
  return (int64_t)signs >= 0;
}

static inline double sound(double value) { return fabs(value) < 0x1p240 ? value : NAN; }

enum { few = 12 };

/// Distances of short windows from their newest values, added up anew for each of `lanes` bars: four sums side
/// by side, then together.
static inline __attribute__((always_inline)) void add_few(
  const double *now, long count, int lanes, double *firsts) {
  double a[8] = {0}, b[8] = {0}, c[8] = {0}, d[8] = {0};
  long back = 1;
  for (; back + 4 <= count; back += 4) {
    for (int lane = 0; lane < lanes; lane++) {
      const double *value = now + lane - back;
      a[lane] += sound(value[0]) - now[lane];
      b[lane] += sound(value[-1]) - now[lane];
      c[lane] += sound(value[-2]) - now[lane];
      d[lane] += sound(value[-3]) - now[lane];
    }
  }
  for (int lane = 0; lane < lanes; lane++) firsts[lane] = (a[lane] + b[lane]) + (c[lane] + d[lane]);
  for (; back < count; back++) {
    for (int lane = 0; lane < lanes; lane++) firsts[lane] += sound(now[lane - back]) - now[lane];
  }
}

static inline __attribute__((always_inline)) void mean_few(
  const double *now, long count, int lanes, double level, double scale, double *answers) {
  double firsts[8];
  add_few(now, count, lanes, firsts);
  for (int lane = 0; lane < lanes; lane++) {
    answers[lane] = level * sound(now[lane]) + scale * firsts[lane];
  }
}

EVERY_CPU void kernels_series_sums(
  const double *now, long count, long rows, kernels_window *window, double *restrict parts,
  double level, double scale, double *restrict answers) {
  long row = 0;
  if (count <= few) {
    for (; row + 8 <= rows; row += 8) mean_few(now + row, count, 8, level, scale, answers + row);
    for (; row < rows; row++) mean_few(now + row, count, 1, level, scale, answers + row);
    return;
  }
  while (row < rows) {
    if (window->left == 0) {
      const double *newest = now + row;
      const double pivot = fabs(*newest) < 0x1p240 ? *newest : 0;
      double sum = 0;
      parts[count - 1] = 0;
      for (long back = 1; back < count; back++) {
        parts[count - 1 - back] = sum += sound(newest[-back]) - pivot;
      }
      *window = (kernels_window){.pivot = pivot, .left = count};
    }
    const long end = rows - row < window->left ? rows : row + window->left;
    const double pivot = window->pivot;
    const double *rest = parts + (count - window->left) - row;
    window->left -= end - row;
    double sum = window->first;
    for (long bar = row; bar < end; bar++) answers[bar] = sum += sound(now[bar]) - pivot;
    window->first = sum;
    for (; row < end; row++) answers[row] = level * pivot + scale * (rest[row] + answers[row]);
  }
}

EVERY_CPU void kernels_series_spreads(
  const double *now, long count, long rows, kernels_window *window, double *restrict parts,
  double scale, double *restrict distances, double *restrict squares) {
  long row = 0;
  while (row < rows) {
    if (window->left == 0) {
      const double *newest = now + row;
      const double pivot = fabs(*newest) < 0x1p240 ? *newest : 0;
      double first = 0, second = 0;
      parts[count - 1] = parts[2 * count - 1] = 0;
      for (long back = 1; back < count; back++) {
        double distance = sound(newest[-back]) - pivot;
        parts[count - 1 - back] = first += distance;
        parts[2 * count - 1 - back] = second += distance * distance;
      }
      *window = (kernels_window){.pivot = pivot, .left = count};
    }
    const long end = rows - row < window->left ? rows : row + window->left;
    const double pivot = window->pivot;
    const double *rest = parts + (count - window->left) - row;
    window->left -= end - row;
    double first = window->first, second = window->second;
    for (long bar = row; bar < end; bar++) {
      double distance = sound(now[bar]) - pivot;
      distances[bar] = first += distance;
      squares[bar] = second += distance * distance;
    }
    window->first = first;
    window->second = second;
    for (; row < end; row++) {
      double sum = rest[row] + distances[row], mean = sum * scale;
      double spread = rest[count + row] + squares[row] - sum * mean;
      distances[row] = now[row] - pivot - mean;
      squares[row] = spread < 0 ? 0 : spread;
    }
  }
}

#define EXTREME(name, beats)                                                                       \
  EVERY_CPU void name(const double *now, long count, long rows, double *restrict answers) {        \
    long row = 0;                                                                                  \
    for (; row + side_by_side <= rows; row += side_by_side) {                                      \
      double best[side_by_side];                                                                   \
      for (int lane = 0; lane < side_by_side; lane++) best[lane] = now[row + lane];                \
      for (long back = 1; back < count; back++) {                                                  \
        for (int lane = 0; lane < side_by_side; lane++) {                                          \
          double value = now[row - back + lane];                                                   \
          best[lane] = value beats best[lane] ? value : best[lane];                                \
        }                                                                                          \
      }                                                                                            \
      for (int lane = 0; lane < side_by_side; lane++) answers[row + lane] = best[lane];            \
    }                                                                                              \
    for (; row < rows; row++) {                                                                    \
      double best = now[row];                                                                      \
      for (long back = 1; back < count; back++) {                                                  \
        best = now[row - back] beats best ? now[row - back] : best;                                \
      }                                                                                            \
      answers[row] = best;                                                                         \
    }                                                                                              \
  }

EXTREME(kernels_series_highest, >)
EXTREME(kernels_series_lowest, <)

/// The sum of part(value) over each lane's window, `values` pointing at the oldest of the first lane's.
#define SUM_OF_WINDOWS(values, part, sums)                                                         \
  do {                                                                                             \
    double a[4] = {0}, b[4] = {0}, c[4] = {0}, d[4] = {0};                                         \
    long place = 0;                                                                                \
    for (; place + 4 <= count; place += 4) {                                                       \
      const double *value = (values) + place;                                                      \
      for (int lane = 0; lane < 4; lane++) {                                                       \
        a[lane] += part(value[lane], lane);                                                        \
        b[lane] += part(value[lane + 1], lane);                                                    \
        c[lane] += part(value[lane + 2], lane);                                                    \
        d[lane] += part(value[lane + 3], lane);                                                    \
      }                                                                                            \
    }                                                                                              \
    for (int lane = 0; lane < 4; lane++) sums[lane] = (a[lane] + b[lane]) + (c[lane] + d[lane]);   \
    for (; place < count; place++) {                                                               \
      for (int lane = 0; lane < 4; lane++) sums[lane] += part((values)[place + lane], lane);       \
    }                                                                                              \
  } while (0)

#define DISTANCE(value, lane) ((value) - newest[lane])
#define FROM_MEAN(value, lane) fabs((value) - newest[lane] - means[lane])

EVERY_CPU void kernels_series_mean_distances(
  const double *now, long count, long rows, double *restrict answers) {
  const double width = (double)count;
  for (long row = 0; row < rows; row += 4) {
    // The last ones are done from further back once more: their windows must not reach beyond the bars.
    if (row + 4 > rows) row = rows - 4;
    const double *oldest = now + row - (count - 1);
    double newest[4], means[4], sums[4];
    for (int lane = 0; lane < 4; lane++) newest[lane] = now[row + lane];
    SUM_OF_WINDOWS(oldest, DISTANCE, means);
    for (int lane = 0; lane < 4; lane++) means[lane] /= width;
    SUM_OF_WINDOWS(oldest, FROM_MEAN, sums);
    for (int lane = 0; lane < 4; lane++) answers[row + lane] = sums[lane] / width;
  }
}

EVERY_CPU void kernels_series_strength(
  const double *now, long rows, kernels_strength *strength, double *restrict answers) {
  const double keep = strength->keep, weight = strength->weight;
  double rises[kernels_series_rows], falls[kernels_series_rows];
  for (long row = 0; row < rows; row++) {
    double change = now[row] - now[row - 1];
    rises[row] = weight * (0.5 * (fabs(change) + change));
    falls[row] = weight * (0.5 * (fabs(change) - change));
  }
  double rise = strength->rises, fall = strength->falls;
  for (long row = 0; row < rows; row++) {
    rises[row] = rise = keep * rise + rises[row];
    falls[row] = fall = keep * fall + falls[row];
  }
  int64_t held[kernels_series_rows];
  for (long row = 0; row < rows; row++) {
    double moves = rises[row] + falls[row];
    double index = 100 * rises[row] / moves;
    answers[row] = moves == 0 ? 50 : index;
    held[row] = (now[row] == now[row - 1] && moves != 0) ? -1 : 0;
  }
  // Chosen by their bits: a branch would be guessed wrong wherever prices rest now and then.
  int64_t last = bits(strength->last);
  for (long row = 0; row < rows; row++) {
    last = (last & held[row]) | (bits(answers[row]) & ~held[row]);
    memcpy(answers + row, &last, sizeof last);
  }
  strength->rises = rise;
  strength->falls = fall;
  memcpy(&strength->last, &last, sizeof last);
}

EVERY_CPU void kernels_series_roots(double scale, long rows, double *values) {
  // The library's function would also have to report errors.
  for (long row = 0; row < rows; row++) values[row] = __builtin_elementwise_sqrt(scale * values[row]);
}
