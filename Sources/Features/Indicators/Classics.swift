extension Vocabulary {
  /// Indicators that are formulas over the words above.
  static let classics =
    [
      Function.typical, .plusMove, .minusMove, .plusDirection, .minusDirection, .directionIndex,
      .channelIndex, .moneyFlow, .volumeIndex, .accumulation, .onBalance, .aroonUp, .aroonDown,
      .kaufman, .parabolicStop, .parabolicSide, .bodyPart, .trendCycle, .hull,
      .verticalFilter,
    ] + overlap + cycles + momentum + statistics + wilderStops + futures + frames
}
