/// One step of a compiled recipe, without its state: what is done to which kind of past.
///
/// Two operations of one name and the same numbers are the same; each operator declares its own
/// beside its state, so that a new one is one file.
struct Operation: Hashable, Sendable {
  let name: String
  let numbers: [Double]
  /// How many bars back an operator reads its inputs.
  let reach: Int
  /// How many values of scratch memory an operator needs.
  let scratch: Int
  /// How many bars an operator stays silent after its inputs speak.
  let silence: Int
  /// How many bars after its inputs an operator has forgotten where it started, to a
  /// ten-millionth.
  let memory: Int
  /// Whether it never forgets, as a running total does.
  let isEndless: Bool
  /// The operator before its first bar; nil for what is written by others.
  let begin: (@Sendable () -> any Operator)?

  init(
    _ name: String, _ numbers: [Double] = [], reach: Int = 0, scratch: Int = 0, silence: Int = 0,
    fading keep: Double? = nil, memory: Int? = nil, isEndless: Bool = false,
    begin: @escaping @Sendable () -> any Operator
  ) {
    self.name = name
    self.numbers = numbers
    self.reach = reach
    self.scratch = scratch
    self.silence = silence
    let fading = keep.map(Self.fading) ?? 0
    self.memory = memory ?? (silence + fading)
    self.isEndless = isEndless || fading == Self.longestFading
    self.begin = begin
  }

  init(
    written name: String, _ numbers: [Double], silence: Int = 0, isEndless: Bool = false
  ) {
    self.name = name
    self.numbers = numbers
    self.silence = silence
    self.isEndless = isEndless
    (reach, scratch, memory) = (0, 0, silence)
    begin = nil
  }

  /// Written by whoever feeds the bars.
  static func input(_ input: Input) -> Operation { Operation(written: input.rawValue, []) }

  /// Written once.
  static func constant(_ value: Double) -> Operation { Operation(written: "constant", [value]) }

  var input: Input? { begin == nil ? Input(rawValue: name) : nil }

  var constant: Double? { begin == nil && name == "constant" ? numbers.first : nil }

  static func == (left: Operation, right: Operation) -> Bool {
    left.name == right.name && left.numbers == right.numbers
  }

  func hash(into hasher: inout Hasher) {
    name.hash(into: &hasher)
    numbers.hash(into: &hasher)
  }

  /// What remembers longer than this never forgets.
  private static let longestFading = 1_000_000

  /// Bars until a weight that shrinks by `keep` a bar is a ten-millionth: the steps that leave more
  /// are added up from the longest power of two down.
  private static func fading(keep: Double) -> Int {
    guard keep > 0 else { return 1 }
    var powers = [keep]
    while let last = powers.last, last > 1e-7, powers.count < 21 { powers.append(last * last) }
    var (bars, weight) = (0, 1.0)
    for place in powers.indices.reversed() where weight * powers[place] > 1e-7 {
      weight *= powers[place]
      bars += 1 << place
    }
    return min(bars + 1, longestFading)
  }
}
