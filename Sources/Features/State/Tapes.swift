/// The memory of a running recipe, in one allocation: a tape per step, then the operators' scratch and
/// their states.
///
/// A tape is `reach` values of the past followed by `room` bars; every step's value for one bar
/// stands at the same place of its tape, and a window is always one contiguous piece of memory.
/// When the room is used up the last `reach` values move to the front. Before the first bar lies
/// NaN.
struct Tapes: Sendable {
  private(set) var values: [Double]
  /// Where each step's tape has its first bar.
  let starts: [Int]
  let scratches: [Int]
  private let reaches: [Int]
  /// Bars that fit between two moves to the front.
  let room: Int
  /// Bars written since the last move.
  private(set) var used = 0

  init(plan: Plan, room: Int) {
    precondition(room > 0, "a tape has room for a bar")
    reaches = plan.reaches
    self.room = room
    var size = 0
    var starts: [Int] = []
    for reach in reaches {
      starts.append(size + reach)
      size += reach + room
    }
    let tapesEnd = size
    var scratches: [Int] = []
    for step in plan.steps {
      scratches.append(size)
      size += step.operation.scratch
    }
    self.starts = starts
    self.scratches = scratches
    values = Array(repeating: .nan, count: size)
    for index in tapesEnd..<size { values[index] = 0 }
    for (step, start) in zip(plan.steps, starts) {
      guard let value = step.operation.constant else { continue }
      for row in 0..<room { values[start + row] = value }
    }
  }

  /// Makes room for states of so many numbers each, and for no more.
  mutating func reserve(_ words: [Int]) {
    values.reserveCapacity(values.count + words.reduce(0, +))
  }

  /// Lays a state behind all else and says where.
  mutating func place(_ state: some Operator) -> Int {
    let start = values.count
    values.append(contentsOf: repeatElement(0, count: type(of: state).words))
    values.withUnsafeMutableBufferPointer { state.store(at: $0.baseAddress! + start) }
    return start
  }

  /// How many bars fit before the next move; makes room when none do.
  mutating func freeRows() -> Int {
    if used == room { rewind() }
    return room - used
  }

  /// Lets `body` write the next `rows` bars of every tape.
  @inline(__always)
  mutating func advance(
    _ rows: Int, _ body: (_ memory: UnsafeMutablePointer<Double>, _ used: Int) -> Void
  ) {
    let used = self.used
    values.withUnsafeMutableBufferPointer { buffer in
      // Every recipe has at least one step, so there is memory.
      body(buffer.baseAddress!, used)
    }
    self.used = used + rows
  }

  private mutating func rewind() {
    values.withUnsafeMutableBufferPointer { buffer in
      guard let memory = buffer.baseAddress else { return }
      for (start, reach) in zip(starts, reaches) where reach > 0 {
        let front = memory + (start - reach)
        front.update(from: front + room, count: reach)
      }
    }
    used = 0
  }
}
