#pragma once

/// Windows moved over several bars of a series at once. `now` is the first of `rows` bars, with the past
/// before it; each bar gets what it would get alone, to the bit. None works in place.

/// Whether all values, and the differences of any two, lie below 2^240 in size; no NaN does.
int kernels_series_sound(const double *now, long rows);

/// Most rows of one call of strengths.
enum { kernels_series_rows = 64 };

/// A window whose values are taken as distances from one of them, the pivot, so that sums are no larger than
/// its spread. It is made of two parts: what is left of the values before the pivot, added up from there
/// backwards, and the values since, added up forwards. Nothing is ever taken off a sum: what has left the window
/// leaves nothing behind. After `count` bars the newest value becomes the pivot.
typedef struct {
  double pivot, first, second;
  /// Bars until the next pivot; 0 before the first bar.
  int64_t left;
} kernels_window;

/// level × pivot + scale × the sum of distances from it: the mean for 1 and 1 / count. Values that are not
/// sound count as absent. `parts` has room for `count` numbers and is part of the state.
void kernels_series_sums(
  const double *now, long count, long rows, kernels_window *window, double *parts, double level,
  double scale, double *answers);

/// The newest value's distance from its window's mean, and the sum of squared distances from the mean, `scale`
/// being 1 / count. `parts` has room for 2 × `count` numbers.
void kernels_series_spreads(
  const double *now, long count, long rows, kernels_window *window, double *parts, double scale,
  double *distances, double *squares);

/// The largest and the smallest of the last `count` values.
void kernels_series_highest(const double *now, long count, long rows, double *answers);
void kernels_series_lowest(const double *now, long count, long rows, double *answers);

/// The mean distance of the last `count` values from their mean, both as distances from the newest. Four sums
/// side by side, then together.
void kernels_series_mean_distances(const double *now, long count, long rows, double *answers);

/// Wilder's means of rises and falls, and the last index of strength that moved.
typedef struct {
  double keep, weight, rises, falls, last;
} kernels_strength;

/// 100 × rises / (rises + falls) of at most `kernels_series_rows` bars: the last one again where nothing
/// moved on the bar, 50 where nothing ever did.
void kernels_series_strength(
  const double *now, long rows, kernels_strength *strength, double *answers);

/// Puts the root of scale × value in each value's place.
void kernels_series_roots(double scale, long rows, double *values);

/// An exponential mean, and where it reads and writes, counted from the present bar.
typedef struct {
  double keep, weight, mean;
  int64_t values, answers;
} kernels_mean;

/// mean ← keep × mean + weight × value of up to four series side by side, the product of the mean fused.
void kernels_series_means(double *here, kernels_mean *means, long count, long rows);

/// Wilder's parabolic stop. It rises or falls towards the extreme since its last turn, the faster the more new
/// extremes there were, and turns when touched.
typedef struct {
  double step, limit, stop, top, bottom, speed;
  int64_t rises, tells_side;
} kernels_stop;

/// The stop, or whether it rises, of bars that each have two before them.
void kernels_series_stops(
  const double *high, const double *low, long rows, kernels_stop *state, double *answers);
