/// An operation with its running state, small enough to copy in and out of an array.
enum Kernel: Sendable {
  /// Written by whoever feeds the bars.
  case input
  /// Written once.
  case constant
  case negation(Negation)
  case magnitude(Magnitude)
  case sign(Sign)
  case logarithm(Logarithm)
  case squareRoot(SquareRoot)
  case clip(Clip)
  case plus(Plus)
  case minus(Minus)
  case times(Times)
  case over(Over)
  case ratio(Ratio)
  case larger(Larger)
  case smaller(Smaller)
  case ref(Ref)
  case delta(Delta)
  case sum(Sum)
  case mean(Mean)
  case deviation(Deviation)
  case score(Score)
  case extreme(WindowExtreme)
  case smoothing(Smoothing)
  case strength(StrengthIndex)
  case trueRange(TrueRange)

  init(_ operation: Operation) {
    switch operation {
    case .input: self = .input
    case .constant: self = .constant
    case .negation: self = .negation(Negation())
    case .magnitude: self = .magnitude(Magnitude())
    case .sign: self = .sign(Sign())
    case .logarithm: self = .logarithm(Logarithm())
    case .squareRoot: self = .squareRoot(SquareRoot())
    case .clip(let low, let high): self = .clip(Clip(low: low, high: high))
    case .plus: self = .plus(Plus())
    case .minus: self = .minus(Minus())
    case .times: self = .times(Times())
    case .over: self = .over(Over())
    case .ratio(let otherwise): self = .ratio(Ratio(otherwise: otherwise))
    case .larger: self = .larger(Larger())
    case .smaller: self = .smaller(Smaller())
    case .ref(let bars): self = .ref(Ref(bars: bars))
    case .delta(let bars): self = .delta(Delta(bars: bars))
    case .sum(let count): self = .sum(Sum(count: count))
    case .mean(let count): self = .mean(Mean(count: count))
    case .deviation(let count): self = .deviation(Deviation(count: count))
    case .score(let count): self = .score(Score(count: count))
    case .highest(let count): self = .extreme(WindowExtreme(count: count, sign: 1))
    case .lowest(let count): self = .extreme(WindowExtreme(count: count, sign: -1))
    case .ema(let count):
      self = .smoothing(Smoothing(count: count, weight: 2 / Double(count + 1)))
    case .wilder(let count):
      self = .smoothing(Smoothing(count: count, weight: 1 / Double(count)))
    case .strength(let count): self = .strength(StrengthIndex(count: count))
    case .trueRange: self = .trueRange(TrueRange())
    }
  }
}
