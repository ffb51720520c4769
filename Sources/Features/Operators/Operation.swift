/// What a recipe can read of a bar.
public enum Input: String, CaseIterable, Hashable, Sendable {
  case open
  case high
  case low
  case close
  case volume
  case turnover
  case openInterest = "openinterest"
}

/// One step of a compiled recipe, without its state: what is done to which kind of past.
enum Operation: Hashable, Sendable {
  case input(Input)
  case constant(Double)
  case negation
  case magnitude
  case sign
  case logarithm
  case squareRoot
  case clip(Double, Double)
  case plus
  case minus
  case times
  case over
  case ratio(Double)
  case larger
  case smaller
  case ref(Int)
  case delta(Int)
  case sum(Int)
  case mean(Int)
  case deviation(Int)
  case score(Int)
  case highest(Int)
  case lowest(Int)
  case ema(Int)
  case wilder(Int)
  case strength(Int)
  case trueRange

  /// How many bars back an operator reads its inputs.
  var reach: Int {
    switch self {
    case .ref(let bars), .delta(let bars): bars
    case .sum(let count), .mean(let count), .deviation(let count), .score(let count): count
    case .highest(let count), .lowest(let count): count - 1
    case .strength, .trueRange: 1
    default: 0
    }
  }

  /// How many values of scratch memory an operator needs.
  var scratch: Int {
    switch self {
    case .highest(let count), .lowest(let count): count
    default: 0
    }
  }

  /// How many bars an operator stays silent after its inputs speak.
  var silence: Int {
    switch self {
    case .ref(let bars), .delta(let bars): bars
    case .sum(let count), .mean(let count), .deviation(let count), .score(let count): count - 1
    case .highest(let count), .lowest(let count), .ema(let count), .wilder(let count): count - 1
    case .strength(let count): count
    case .trueRange: 1
    default: 0
    }
  }

  /// How many bars after its inputs an operator has forgotten where it started, to a ten-millionth.
  var memory: Int {
    switch self {
    case .ema(let count): silence + Self.fading(keep: 1 - 2 / Double(count + 1))
    case .wilder(let count), .strength(let count):
      silence + Self.fading(keep: 1 - 1 / Double(count))
    default: silence
    }
  }

  private static func fading(keep: Double) -> Int {
    var weight = 1.0
    var bars = 0
    while weight > 1e-7 {
      weight *= keep
      bars += 1
    }
    return bars
  }
}
