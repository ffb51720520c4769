/// The candidate a mistyped word most likely meant; nil when nothing is near enough to be a help.
public func suggestion(for word: String, among candidates: [String]) -> String? {
  let length = word.unicodeScalars.prefix(65).count
  guard length <= 64 else { return nil }
  let limit = max(1, length / 3)
  var best: (candidate: String, distance: Int)?
  for candidate in candidates {
    let distance = editDistance(word, candidate)
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  // A word left off in the middle is further from its end than the limit allows.
  return best?.candidate ?? (length >= 3 ? candidates.first { $0.hasPrefix(word) } : nil)
}

/// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
func editDistance(_ left: String, _ right: String) -> Int {
  let left = Array(left.unicodeScalars)
  let right = Array(right.unicodeScalars)
  var beforeLast = [Int]()
  var last = Array(0...right.count)
  for row in left.indices {
    var current = [row + 1]
    current.reserveCapacity(right.count + 1)
    for column in right.indices {
      let isSame = left[row] == right[column]
      var cost = min(
        last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
        cost = min(cost, beforeLast[column - 1] + 1)
      }
      current.append(cost)
    }
    (beforeLast, last) = (last, current)
  }
  return last[right.count]
}
