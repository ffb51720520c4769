import Bytes
public import Market
public import Reporting
public import Research
public import Training

/// What there is to see of out-of-sample forecasts, whoever made them: the blocks of a page.
public struct EvidenceView: Sendable {
  public let evidence: Evidence
  public let scores: Scores
  /// What forecast them.
  public let model: String
  private let names: [String]
  private let zone: Zone

  /// A fold as a page tells it.
  public struct Span: Sendable {
    public let number: Int
    /// First and last instant of either part.
    public let learned: ClosedRange<Instant>
    public let tested: ClosedRange<Instant>

    public init(_ number: Int, learned: ClosedRange<Instant>, tested: ClosedRange<Instant>) {
      self.number = number
      self.learned = learned
      self.tested = tested
    }
  }

  public init(_ evidence: Evidence, model: String, names: [String], zone: Zone) {
    self.evidence = evidence
    self.model = model
    self.names = names
    self.zone = zone
    scores = Scores(evidence)
  }

  /// The tiles a reader looks at first, beside the forecast of nothing.
  public func tiles(_ zero: Comparison) -> Block {
    let interval = { (range: ClosedRange<Double>?, text: (Double) -> String) in
      range.map {
        "\(Self.confidence): \(text($0.lowerBound)) … \(text($0.upperBound))"
      } ?? ""
    }
    return .tiles([
      Tile(
        "R² against zero", NumberText.percent(scores.r2Zero),
        note: interval(zero.r2Interval) { NumberText.percent($0) }),
      Tile(
        "Rank IC", NumberText.fixed(scores.rankIC, decimals: 4),
        note: "its t \(NumberText.fixed(scores.rankICT, decimals: 1)), "
          + "Clark–West t \(NumberText.fixed(scores.clarkWest, decimals: 1))"),
      Tile(
        "Hit rate", NumberText.percent(scores.hitRate, decimals: 1),
        note: "\(NumberText.percent(scores.baseRate, decimals: 1)) by always the same"),
      Tile(
        "RMSE better than zero", NumberText.basisPoints(zero.rmseGain, decimals: 3),
        note: interval(zero.rmseInterval) { NumberText.basisPoints($0, decimals: 3) }),
    ])
  }

  private static let confidence = NumberText.percent(Comparison.confidence, decimals: 0)

  /// How skill grew over time, beside what luck reaches, and month by month.
  public var skill: [Block] {
    guard let path = SkillPath(evidence) else {
      return [.paragraphs(["The forecasts do not vary: there is no correlation to show."])]
    }
    let chart = LineChart(
      "Correlation of forecast and outcome, grown row by row",
      axis: .instants(evidence.instants, zone),
      series: [
        .init(model, path.values), .init("luck stays below, 95 %", path.luck),
        .init("and above", path.luck.map { -$0 }),
      ])
    let months = parts(.month)
    let monthly = BarChart(
      "Rank IC by month", axis: .names(months.map(\.name)),
      values: months.map { Scores($0.evidence).rankIC ?? .nan }, height: 0.6)
    return [.lines(chart), .bars(monthly)]
  }

  /// Tenths of forecasts beside what came of them.
  public var calibration: [Block] {
    guard let calibration = Calibration(evidence) else {
      return [.paragraphs(["There are too few different forecasts to part them into tenths."])]
    }
    let parts = calibration.parts
    let chart = LineChart(
      "Tenths of forecasts: what was forecast, what came, in basis points",
      axis: .names(parts.indices.map { "\($0 + 1)" }),
      series: [
        .init("came", parts.map { $0.outcome * 10_000 }),
        .init("forecast", parts.map { $0.forecast * 10_000 }),
        .init("came + 2 errors", parts.map { ($0.outcome + 2 * $0.error) * 10_000 }),
        .init("came − 2 errors", parts.map { ($0.outcome - 2 * $0.error) * 10_000 }),
      ])
    var words =
      "Outcome on forecast has the slope "
      + "\(NumberText.fixed(calibration.slope, decimals: 2)); 1 is to be taken at one's word."
    if let width = ConformalWidth(evidence) {
      words +=
        " 90 % of outcomes lay within \(NumberText.basisPoints(width.width)) of the forecast; "
        + "the earlier half's width held \(NumberText.percent(width.coverage, decimals: 1)) of the "
        + "later half."
    }
    return [.lines(chart), .paragraphs([words])]
  }

  /// Costs of a way in and out that people may compare their own with.
  private static let costs = [0.0, 0.5, 1, 2, 5, 10]

  /// What entries of some size earned, by what in and out cost.
  public var entries: Block {
    let rows = EntryFigures.all(evidence).map { one in
      [
        NumberText.percent(1 - one.passedShare, decimals: 0),
        NumberText.basisPoints(one.threshold), NumberText.count(one.count),
        NumberText.fixed(one.error * 10_000, decimals: 2),
      ] + Self.costs.map { NumberText.fixed(one.gain * 10_000 - $0, decimals: 2) }
    }
    let columns: [Table.Column] =
      ["largest", "from", "entries", "± bp"].map { .init($0) }
      + Self.costs.map { .init("\(NumberText.fixed($0, decimals: 1)) bp") }
    return .table(
      Table(
        "Mean of an entry in the forecast's direction, in basis points, by what in and out cost",
        columns: columns, rows: rows,
        note: "Each row by itself at the label's horizon; evaluate backtest trades them with "
          + "dated fees, slippage and holding."))
  }
}

// MARK: - Tables of scores

extension EvidenceView {
  /// Forecasts of the same rows, each with its scores.
  public static func compared(_ others: [(name: String, evidence: Evidence)]) -> Table {
    Table(columns: columns("Forecast"), rows: others.map { cells($0.name, $0.evidence) })
  }

  /// Each fold with its exact days; `more` says something else of each.
  public func folds(
    _ spans: [Span], more: (head: String, cell: (Span) -> String)? = nil
  ) -> Table {
    Table(
      "Folds",
      columns: Self.columns("Fold") + [.words("Learned from"), .words("Forecast")]
        + (more.map { [.init($0.head)] } ?? []),
      rows: spans.map { span in
        Self.cells("\(span.number)", evidence.fold(span.number))
          + [days(span.learned), days(span.tested)] + (more.map { [$0.cell(span)] } ?? [])
      })
  }

  /// The scores by hour, month or instrument.
  public func scores(by kind: Breakdown, _ head: String) -> Table {
    Table(
      head, columns: Self.columns(head), rows: parts(kind).map { Self.cells($0.name, $0.evidence) })
  }

  private func parts(_ kind: Breakdown) -> [(name: String, evidence: Evidence)] {
    kind.parts(of: evidence, names: names) { zone.offsetSeconds(at: $0) }
  }

  public func days(_ range: ClosedRange<Instant>) -> String {
    "\(clockText(range.lowerBound, zone).prefix(10)) … "
      + "\(clockText(range.upperBound, zone).prefix(10))"
  }

  private static func columns(_ head: String) -> [Table.Column] {
    [.words(head)]
      + ["Rows", "RMSE bp", "R² zero", "Rank IC", "t", "Hit", "Base"].map { .init($0) }
  }

  private static func cells(_ name: String, _ evidence: Evidence) -> [String] {
    let scores = Scores(evidence)
    // A volatility is no return: its size says nothing.
    let isReturn = name != "−volatility"
    return [
      name, NumberText.count(scores.count),
      NumberText.fixed(isReturn ? scores.rmse * 10_000 : nil, decimals: 3),
      NumberText.percent(isReturn ? scores.r2Zero : nil),
      NumberText.fixed(scores.rankIC, decimals: 4), NumberText.fixed(scores.rankICT, decimals: 1),
      NumberText.percent(scores.hitRate, decimals: 1),
      NumberText.percent(scores.baseRate, decimals: 1),
    ]
  }
}

extension TrialVerdict {
  /// What the ledger makes of it, as a page tells it.
  public var blocks: [Block] {
    [
      .paragraphs([looksText + "."]),
      .table(
        Reporting.Table(
          columns: [.init("Figure", .sentence), .init("Value")],
          rows: told.map { [$0.words, $0.value] })),
    ]
  }
}
