// Asks LightGBM's C interface for one row after the other, by its quickest documented way.
//
//   one_row LIBRARY MODEL ROWS COLUMNS CALLS     (ROWS: a file of floats, one row after the other)
#define _GNU_SOURCE
#include <dlfcn.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef int (*create)(const char *, int *, void **);
typedef int (*begin)(void *, int, int, int, int, int32_t, const char *, void **);
typedef int (*ask)(void *, const void *, int64_t *, double *);

static double micros(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec * 1e6 + (double)now.tv_nsec * 1e-3;
}

static int rising(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

int main(int count, char **words) {
  if (count != 6) return 2;
  void *library = dlopen(words[1], RTLD_NOW);
  if (!library) return fprintf(stderr, "%s\n", dlerror()), 1;
  create load = (create)dlsym(library, "LGBM_BoosterCreateFromModelfile");
  begin prepare = (begin)dlsym(library, "LGBM_BoosterPredictForMatSingleRowFastInit");
  ask predict = (ask)dlsym(library, "LGBM_BoosterPredictForMatSingleRowFast");
  const long columns = atol(words[4]), calls = atol(words[5]);
  FILE *file = fopen(words[3], "rb");
  if (!load || !prepare || !predict || !file) return 1;
  fseek(file, 0, SEEK_END);
  const long numbers = ftell(file) / 4, rows = numbers / columns;
  rewind(file);
  float *values = malloc(4 * (size_t)numbers);
  double *taken = malloc(8 * (size_t)calls);
  if (!values || !taken || fread(values, 4, (size_t)numbers, file) != (size_t)numbers) return 1;
  int trees;
  void *model, *quick;
  if (load(words[2], &trees, &model)) return 1;
  if (prepare(model, 0, 0, -1, 0, (int32_t)columns, "num_threads=1", &quick)) return 1;
  double squares = 0;
  for (long call = 0; call < calls; call++) {
    double answer = 0, start = micros();
    int64_t length;
    if (predict(quick, values + columns * (call % rows), &length, &answer)) return 1;
    taken[call] = micros() - start;
    squares += answer * answer;
  }
  qsort(taken, (size_t)calls, 8, rising);
  printf("%.4f %.4f %.9f\n", taken[calls / 2], taken[calls * 99 / 100], sqrt(squares / (double)calls));
  return 0;
}
