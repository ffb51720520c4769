extension Vocabulary {
  /// Indicators that are formulas over the words above.
  static let classics = [
    Function.typical, .plusDirection, .minusDirection, .directionIndex, .channelIndex, .moneyFlow,
    .volumeIndex, .accumulation, .onBalance, .aroonUp, .aroonDown, .kaufman, .parabolicStop,
    .parabolicSide, .bodyPart, .trendCycle,
  ]
}
