internal import Features
public import Market
internal import ModelStore
internal import Models
public import Training

/// What a version says of itself: which rows each fold learned from and forecast, how it scaled them, and
/// what it forecast.
public struct VersionClaim: Sendable {
  public struct FoldClaim: Hashable, Sendable {
    public let number: Int
    public let trainFrom: Instant
    public let trainTo: Instant
    public let trainRows: Int
    public let testFrom: Instant
    public let testTo: Instant
    public let testRows: Int
    /// The scaler as text; `nil` where it was not kept.
    public let scaler: String?

    public init(
      number: Int, trainFrom: Instant, trainTo: Instant, trainRows: Int, testFrom: Instant,
      testTo: Instant, testRows: Int, scaler: String?
    ) {
      self.number = number
      self.trainFrom = trainFrom
      self.trainTo = trainTo
      self.trainRows = trainRows
      self.testFrom = testFrom
      self.testTo = testTo
      self.testRows = testRows
      self.scaler = scaler
    }
  }

  public let folds: [FoldClaim]
  public let evidence: Evidence
  /// The program that made it; another may round otherwise.
  public let build: String

  public init(folds: [FoldClaim], evidence: Evidence, build: String) {
    self.folds = folds
    self.evidence = evidence
    self.build = build
  }

  /// What a walk says of itself.
  public init(_ walk: Walk, names: [String], build: String) {
    self.init(
      folds: walk.fits.map { FoldClaim($0, names) }, evidence: walk.evidence, build: build)
  }

  /// What a stored version says.
  public init(_ model: ProvenModel, scalerText: String) {
    let origin = model.version.manifest.origin
    let scalers = ScalerPages(reading: scalerText)
    var folds: [FoldClaim] = []
    for number in 1...max(1, origin.windows.count) {
      guard let train = origin.windows.first(where: { $0.name == "fold-\(number)-train" }),
        let test = origin.windows.first(where: { $0.name == "fold-\(number)-test" })
      else { break }
      folds.append(
        FoldClaim(
          number: number, trainFrom: train.from, trainTo: train.to, trainRows: train.rows,
          testFrom: test.from, testTo: test.to, testRows: test.rows,
          scaler: scalers.page("fold \(number)")))
    }
    self.init(folds: folds, evidence: model.evidence, build: origin.build)
  }
}

extension VersionClaim.FoldClaim {
  init(_ fit: FoldFit, _ names: [String]) {
    self.init(
      number: fit.fold.number, trainFrom: fit.fold.trainFrom, trainTo: fit.fold.trainTo,
      trainRows: fit.trainRows, testFrom: fit.fold.testFrom, testTo: fit.fold.testTo,
      testRows: fit.testRows,
      scaler: fit.scaler.text(names: fit.columns.map { names[$0] }))
  }
}

/// The scalers of a version one after the other, each under a heading.
struct ScalerPages {
  private var pages: [(name: String, text: String)] = []

  init(reading text: String) {
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("# ") {
        pages.append((String(line.dropFirst(2)), ""))
      } else if !pages.isEmpty, !line.isEmpty {
        pages[pages.count - 1].text += line + "\n"
      }
    }
  }

  func page(_ name: String) -> String? { pages.first { $0.name == name }?.text }
}
