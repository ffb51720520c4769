internal import Bytes
internal import Market

/// One line of the ledger without its hash: a question, or the answer to one.
enum TrialLine: Equatable {
  case begun(number: Int, at: Instant, TrialQuestion)
  case ended(number: Int, of: Int, at: Instant, TrialAnswer)

  var number: Int {
    switch self {
    case .begun(let number, _, _): number
    case .ended(let number, _, _, _): number
    }
  }

  var text: String {
    switch self {
    case .begun(let number, let at, let question):
      return (["\(number)", Self.text(at), "begun"] + Self.fields(question))
        .joined(separator: "\t")
    case .ended(let number, let begun, let at, let answer):
      let metrics = answer.metrics.map { "\($0.name)=\(DoubleText.shortest($0.value))" }
      return [
        "\(number)", Self.text(at), "ended", "\(begun)",
        metrics.isEmpty ? "-" : metrics.joined(separator: " "),
        DoubleText.shortest(answer.cost), answer.daily.text,
      ].joined(separator: "\t")
    }
  }

  /// Only the one spelling of a line is read.
  init?(reading text: String) {
    let fields = text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    guard fields.count > 3, let number = Int(fields[0]), let at = Self.instant(fields[1])
    else { return nil }
    switch fields[2] {
    case "begun":
      guard let question = Self.question(fields.dropFirst(3)) else { return nil }
      self = .begun(number: number, at: at, question)
    case "ended":
      guard fields.count == 7, let begun = Int(fields[3]), let metrics = Self.metrics(fields[4]),
        let cost = try? DoubleText.parse(fields[5]), let daily = DailyReturns(reading: fields[6])
      else { return nil }
      self = .ended(
        number: number, of: begun, at: at,
        TrialAnswer(metrics: metrics, cost: cost, daily: daily))
    default: return nil
    }
    guard self.text == text else { return nil }
  }

  private static func fields(_ question: TrialQuestion) -> [String] {
    [
      question.purpose.rawValue, question.build, question.data.hex, text(question.from),
      text(question.to), text(question.testFrom), text(question.testTo), question.symbols,
      question.interval, question.label, question.recipe.hex, question.model, question.parameters,
      "\(question.seed)", question.folds,
    ]
  }

  private static func question(_ fields: ArraySlice<String>) -> TrialQuestion? {
    let fields = Array(fields)
    guard fields.count == 15, let purpose = TrialQuestion.Purpose(rawValue: fields[0]),
      let data = Digest(hex: fields[2]), let from = instant(fields[3]), let to = instant(fields[4]),
      let testFrom = instant(fields[5]), let testTo = instant(fields[6]),
      let recipe = Digest(hex: fields[10]), let seed = UInt64(fields[13])
    else { return nil }
    return TrialQuestion(
      purpose: purpose, build: fields[1], data: data, from: from, to: to, testFrom: testFrom,
      testTo: testTo, symbols: fields[7], interval: fields[8], label: fields[9], recipe: recipe,
      model: fields[11], parameters: fields[12], seed: seed, folds: fields[14])
  }

  private static func metrics(_ text: String) -> [Origin.Metric]? {
    guard text != "-" else { return [] }
    var metrics: [Origin.Metric] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let parts = word.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count == 2, let value = try? DoubleText.parse(String(parts[1])) else {
        return nil
      }
      metrics.append(Origin.Metric(name: String(parts[0]), value: value))
    }
    return metrics
  }

  private static func text(_ instant: Instant) -> String {
    TimeText.text(nanos: instant.nanoseconds)
  }

  private static func instant(_ text: String) -> Instant? {
    (try? TimeText.parse(text)).map { Instant(nanoseconds: $0) }
  }
}

extension TrialQuestion {
  /// Every field is a line of text that can stand between tabs.
  func check() throws(StoreError) {
    for (name, text) in [
      ("build", build), ("symbols", symbols), ("interval", interval), ("label", label),
      ("model", model), ("folds", folds),
    ] { try Origin.check(line: text, name) }
    let bytes = parameters.utf8
    guard 1...100_000 ~= bytes.count, bytes.allSatisfy({ $0 >= 32 && $0 != 127 }) else {
      throw .badField(name: "parameters", found: parameters, expected: "one line of text")
    }
  }
}

extension TrialAnswer {
  func check() throws(StoreError) {
    for metric in metrics {
      let isWord = metric.name.utf8.allSatisfy { $0 > 32 && $0 != 127 && $0 != 61 }
      guard isWord, !metric.name.isEmpty, metric.value.isFinite else {
        throw .badField(
          name: metric.name, found: "\(metric.value)", expected: "a word with a finite number")
      }
    }
    guard cost.isFinite, cost >= 0 else {
      throw .badField(name: "cost", found: "\(cost)", expected: "a share, not negative")
    }
  }
}
