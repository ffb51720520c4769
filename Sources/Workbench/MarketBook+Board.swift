import Market

extension MarketBook {
  /// The board whose codes the symbol's begins with; the longest beginning says most.
  func board(_ symbol: Symbol) -> (file: MarketFile, rules: ProductRules)? {
    var best: (length: Int, file: MarketFile, rules: ProductRules)?
    for file in files where file.exchange == symbol.exchange {
      for product in file.products {
        guard let length = product.rules.board?.match(symbol.code) else { continue }
        if length > best?.length ?? -1 { best = (length, file, product.rules) }
      }
    }
    return best.map { ($0.file, $0.rules) }
  }
}

extension BoardRules {
  /// A user's rules win on the days they hold; their codes are added.
  mutating func override(_ own: BoardRules) {
    codes += own.codes.filter { !codes.contains($0) }
    limits = limits.overridden(by: own.limits)
    cages = cages.overridden(by: own.cages)
    ticks = ticks.overridden(by: own.ticks)
    lots = lots.overridden(by: own.lots)
    lotsByCode = own.lotsByCode + lotsByCode
    uncancellable = uncancellable.overridden(by: own.uncancellable)
    afterHours = afterHours.overridden(by: own.afterHours)
    for history in own.levies {
      if let index = levies.firstIndex(where: { $0.kind == history.kind }) {
        let timeline = levies[index].timeline.overridden(by: history.timeline)
        levies[index] = LevyHistory(kind: history.kind, timeline: timeline)
      } else {
        levies.append(history)
      }
    }
  }
}
