/// Shapley values of trees (Lundberg's polynomial-time recursion).
///
/// On the way to a leaf each different feature stands in a path with the share of rows that go on without
/// knowing it (`zero`) and whether the row itself goes on (`one`). `weight` at place i is the share of
/// feature sets of size i among those of the path that lead this way.
struct Shapley {
  private struct Step {
    var feature: Int
    var zero: Double
    var one: Double
    var weight: Double
  }

  private(set) var contributions: [Double]
  /// The paths of all depths, one behind the other.
  private var steps: [Step]

  init(columns: Int, depth: Int) {
    contributions = [Double](repeating: 0, count: columns)
    let none = Step(feature: -1, zero: 0, one: 0, weight: 0)
    steps = [Step](repeating: none, count: (depth + 2) * (depth + 3) / 2)
  }

  mutating func add(_ trees: TreeEnsemble, root: Int, _ row: [Float]) {
    let first = Step(feature: -1, zero: 1, one: 1, weight: 0)
    descend(trees, root, row, from: 0, length: 0, adding: first)
  }

  /// Adds a step to the path of `length` steps that begins at `start`, then goes on below the node.
  private mutating func descend(
    _ trees: TreeEnsemble, _ place: Int, _ row: [Float], from start: Int, length: Int,
    adding step: Step
  ) {
    extend(start, length, step)
    let node = trees.nodes[place]
    guard !node.isLeaf else {
      conclude(start, length, Double(node.cut))
      return
    }
    let feature = Int(node.feature)
    // The children's paths are copies behind this one.
    let next = start + length + 1
    for index in 0...length { steps[next + index] = steps[start + index] }
    var (count, zero, one) = (length + 1, 1.0, 1.0)
    // A feature asked for again: its earlier step is taken out and multiplied in.
    if let known = (1..<max(1, count)).first(where: { steps[next + $0].feature == feature }) {
      (zero, one) = (steps[next + known].zero, steps[next + known].one)
      unwind(next, length, known)
      count -= 1
    }
    let kept = Array(steps[next..<next + count])
    let goesLeft = trees.goesLeft(row[feature], node)
    let share = trees.leftShare(place)
    for isLeft in [true, false] {
      steps.replaceSubrange(next..<next + count, with: kept)
      let child = Step(
        feature: feature, zero: zero * (isLeft ? share : 1 - share),
        one: isLeft == goesLeft ? one : 0, weight: 0)
      descend(
        trees, Int(node.left) + (isLeft ? 0 : 1), row, from: next, length: count, adding: child)
    }
  }

  private mutating func extend(_ start: Int, _ length: Int, _ step: Step) {
    steps[start + length] = step
    steps[start + length].weight = length == 0 ? 1 : 0
    let all = Double(length + 1)
    for index in stride(from: length - 1, through: 0, by: -1) {
      let weight = steps[start + index].weight
      steps[start + index + 1].weight += step.one * weight * Double(index + 1) / all
      steps[start + index].weight = step.zero * weight * Double(length - index) / all
    }
  }

  /// Takes a step out of a path whose last step is at `last`.
  private mutating func unwind(_ start: Int, _ last: Int, _ taken: Int) {
    let (zero, one) = (steps[start + taken].zero, steps[start + taken].one)
    let all = Double(last + 1)
    var next = steps[start + last].weight
    for index in stride(from: last - 1, through: 0, by: -1) {
      let weight = steps[start + index].weight
      if one != 0 {
        steps[start + index].weight = next * all / (Double(index + 1) * one)
        next = weight - steps[start + index].weight * zero * Double(last - index) / all
      } else {
        steps[start + index].weight = weight * all / (zero * Double(last - index))
      }
    }
    for index in taken..<last {
      let weight = steps[start + index].weight
      steps[start + index] = steps[start + index + 1]
      steps[start + index].weight = weight
    }
  }

  /// At a leaf, each feature of the path earns by how much more of the sets lead here with it than without.
  private mutating func conclude(_ start: Int, _ last: Int, _ value: Double) {
    for taken in stride(from: 1, through: last, by: 1) {
      let step = steps[start + taken]
      contributions[step.feature] +=
        weightWithout(start, last, step) * (step.one - step.zero) * value
    }
  }

  /// The sum of the weights that unwinding a step would leave.
  private func weightWithout(_ start: Int, _ last: Int, _ step: Step) -> Double {
    let all = Double(last + 1)
    var (total, next) = (0.0, steps[start + last].weight)
    for index in stride(from: last - 1, through: 0, by: -1) {
      let weight = steps[start + index].weight
      if step.one != 0 {
        let part = next * all / (Double(index + 1) * step.one)
        total += part
        next = weight - part * step.zero * Double(last - index) / all
      } else {
        total += weight * all / (step.zero * Double(last - index))
      }
    }
    return total
  }
}
