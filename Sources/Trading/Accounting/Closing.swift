public import Market

extension ClosingRule {
  /// The lots that a close of `lots` takes out of a leg; where a bucket is short the other one gives, since
  /// the trade has happened.
  public func taken(_ lots: Int64, from leg: Leg, _ offset: Offset) -> Lots {
    let todayFirst =
      switch taking {
      case .byFlag: offset == .closeToday
      case .yesterdayFirst: false
      case .todayFirst: true
      }
    if todayFirst {
      let today = min(lots, leg.today)
      return Lots(today: today, yesterday: min(lots - today, leg.yesterday))
    }
    let yesterday = min(lots, leg.yesterday)
    return Lots(today: min(lots - yesterday, leg.today), yesterday: yesterday)
  }

  /// The lots a working close order lays a hand on, of those that are free.
  func frozen(_ lots: Int64, of leg: Leg, _ offset: Offset) -> Lots {
    taken(lots, from: .holding(leg.freeLots), offset)
  }

  /// How many of the closed lots pay today's rate.
  func chargedAsToday(_ taken: Lots, leg: Leg) -> Int64 {
    switch charging {
    case .byLot: taken.today
    case .todayFirst: min(taken.total, leg.today)
    }
  }
}
