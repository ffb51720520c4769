#include "CKernels.h"
#include "every_cpu.h"

#include <math.h>

// What each bar hands to the next: the time a bar takes is that of the chain, so it has as few links as can be.
// Products are fused with sums where it says so, on every machine alike, and nowhere else.
#pragma STDC FP_CONTRACT OFF

static inline __attribute__((always_inline)) void carry_means(
  double *here, kernels_mean *means, int lanes, long rows) {
  double mean[4], keep[4], weight[4];
  const double *values[4];
  double *answers[4];
  for (int lane = 0; lane < lanes; lane++) {
    mean[lane] = means[lane].mean;
    keep[lane] = means[lane].keep;
    weight[lane] = means[lane].weight;
    values[lane] = here + means[lane].values;
    answers[lane] = here + means[lane].answers;
  }
  for (long row = 0; row < rows; row++) {
    for (int lane = 0; lane < lanes; lane++) {
      mean[lane] = fma(keep[lane], mean[lane], weight[lane] * values[lane][row]);
      answers[lane][row] = mean[lane];
    }
  }
  for (int lane = 0; lane < lanes; lane++) means[lane].mean = mean[lane];
}

EVERY_CPU void kernels_series_means(double *here, kernels_mean *means, long count, long rows) {
  switch (count) {
  case 1: carry_means(here, means, 1, rows); break;
  case 2: carry_means(here, means, 2, rows); break;
  case 3: carry_means(here, means, 3, rows); break;
  default: carry_means(here, means, 4, rows); break;
  }
}

EVERY_CPU void kernels_series_stops(
  const double *high, const double *low, long rows, kernels_stop *state, double *answers) {
  const double step = state->step, limit = state->limit;
  double stop = state->stop, top = state->top, bottom = state->bottom, speed = state->speed;
  int64_t rises = state->rises;
  const int64_t tells_side = state->tells_side;
  long row = 0;
  while (row < rows) {
    while (row < rows && rises) {
      stop = fma(speed, top - stop, stop);
      if (low[row] >= stop) {
        if (high[row] > top) {
          top = high[row];
          speed = speed + step < limit ? speed + step : limit;
        }
        // Never inside the last two bars.
        if (low[row - 2] < stop) stop = low[row - 2];
        else if (low[row - 1] < stop) stop = low[row - 1];
      } else {
        stop = top;
        bottom = low[row];
        speed = step;
        rises = 0;
      }
      answers[row++] = tells_side ? (double)rises : stop;
    }
    while (row < rows && !rises) {
      stop = fma(speed, bottom - stop, stop);
      if (high[row] <= stop) {
        if (low[row] < bottom) {
          bottom = low[row];
          speed = speed + step < limit ? speed + step : limit;
        }
        if (high[row - 2] > stop) stop = high[row - 2];
        else if (high[row - 1] > stop) stop = high[row - 1];
      } else {
        stop = bottom;
        top = high[row];
        speed = step;
        rises = 1;
      }
      answers[row++] = tells_side ? (double)rises : stop;
    }
  }
  *state = (kernels_stop){
    .step = step, .limit = limit, .stop = stop, .top = top, .bottom = bottom, .speed = speed, .rises = rises,
    .tells_side = tells_side};
}
