/// Where a command speaks: results go to standard output, everything else to standard error.
public struct Terminal: Sendable {
  public let isQuiet: Bool
  public let isJSON: Bool
  /// Colour for results and for talk; the two streams may differ.
  public let paint: Paint
  public let talkPaint: Paint
  private let streams: Streams

  public init(
    _ streams: Streams, isQuiet: Bool = false, isJSON: Bool = false, noColor: Bool = false
  ) {
    let mayColour =
      !noColor && (streams.environment["NO_COLOR"] ?? "").isEmpty
      && streams.environment["TERM"] != "dumb"
    self.isQuiet = isQuiet
    self.isJSON = isJSON
    self.streams = streams
    paint = Paint(isOn: mayColour && streams.outputIsTerminal && !isJSON)
    talkPaint = Paint(isOn: mayColour && streams.talkIsTerminal)
  }

  /// The variables the process was started with.
  public var environment: [String: String] { streams.environment }

  /// Prints results as they are; the caller ends its lines.
  public func print(_ text: String) { streams.output(text) }

  public func print(_ json: JSON) { streams.output(json.line + "\n") }

  public func print(_ table: Table) {
    streams.output(table.text(width: streams.columns, paint: paint))
  }

  /// Tells the person what is going on; silent with `--quiet`.
  public func say(_ line: String) {
    if !isQuiet { streams.talk(line + "\n") }
  }

  /// Tells what deserves attention, even with `--quiet`.
  public func warn(_ line: String) {
    streams.talk("\(talkPaint(.yellow, "warning:")) \(printable(line))\n")
  }

  public func progress(_ title: String, of total: Int?, unit: String) -> Progress {
    let manner: Progress.Manner =
      isQuiet || isJSON ? .silent : streams.talkIsTerminal ? .bar : .lines
    return Progress(
      title, of: total, unit: unit, manner: manner, nanos: streams.nanos, write: streams.talk)
  }

  /// Says why the command stopped: lines for a person, or one object for a program.
  func report(_ failure: Failure) {
    if isJSON {
      print(
        [
          "error": [
            "exitCode": .integer(Int(failure.exitCode.rawValue)),
            "problems": JSON(failure.problems),
            "remedy": JSON(failure.remedy),
          ]
        ])
      return
    }
    let limit = 50
    for problem in failure.problems.prefix(limit) {
      streams.talk("\(talkPaint(.red, "error:")) \(printable(problem))\n")
    }
    if failure.problems.count > limit {
      streams.talk("... and \(grouped(failure.problems.count - limit)) more\n")
    }
    if let remedy = failure.remedy { streams.talk(printable(remedy) + "\n") }
  }
}
