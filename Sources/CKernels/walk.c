#include "CKernels.h"

#include <math.h>

// Eight ways down are gone side by side, all of them so many steps as the longest needs: nothing is guessed
// wrong, and while one waits for memory the others go on.
enum { lanes = 8 };

/// A step down; an absent value is not below any cut. A leaf asks for the row's last number, which is below
/// all, and so stays where it is.
static inline const kernels_walk_node *below(const kernels_walk_node *node, const float *numbers) {
  return node + node->step + !(numbers[node->column] <= node->cut);
}

void kernels_spread_row(const float *restrict row, long columns, float *restrict spread) {
  for (long column = 0; column < columns; column++) {
    float value = row[column];
    spread[column] = value;
    spread[columns + column] = value != value ? -INFINITY : value;
  }
  spread[2 * columns] = -INFINITY;
}

void kernels_spread_rows(
  const float *restrict values, long stride, long columns, long rows, float *restrict spread) {
  long width = 2 * columns + 1;
  for (long column = 0; column < columns; column++) {
    for (long row = 0; row < rows; row++) {
      float value = values[stride * column + row];
      spread[width * row + column] = value;
      spread[width * row + columns + column] = value != value ? -INFINITY : value;
    }
  }
  for (long row = 0; row < rows; row++) spread[width * row + 2 * columns] = -INFINITY;
}

void kernels_walk_trees(
  const kernels_walk_node *nodes, const int32_t *restrict trees, long count,
  const float *restrict spread, float *restrict leaves) {
  for (long first = 0; first < count; first += lanes) {
    const int32_t *group = trees + 3 * first;
    const kernels_walk_node *place[lanes];
    for (int lane = 0; lane < lanes; lane++) place[lane] = nodes + group[3 * lane];
    // They come by depth: the last of a group is its deepest.
    int32_t steps = group[3 * (lanes - 1) + 1];
    for (int32_t step = 0; step < steps; step++) {
      _Pragma("clang loop unroll(full)") for (int lane = 0; lane < lanes; lane++)
        place[lane] = below(place[lane], spread);
    }
    for (int lane = 0; lane < lanes; lane++) leaves[group[3 * lane + 2]] = place[lane]->cut;
  }
}

void kernels_walk_rows(
  const kernels_walk_node *root, int32_t steps, const float *restrict spread, long width,
  long rows, double *restrict sums) {
  for (long first = 0; first < rows; first += lanes) {
    const kernels_walk_node *place[lanes];
    const float *row = spread + width * first;
    for (int lane = 0; lane < lanes; lane++) place[lane] = root;
    for (int32_t step = 0; step < steps; step++) {
      _Pragma("clang loop unroll(full)") for (int lane = 0; lane < lanes; lane++)
        place[lane] = below(place[lane], row + width * lane);
    }
    for (int lane = 0; lane < lanes; lane++) sums[first + lane] += (double)place[lane]->cut;
  }
}
