/// Why a command stopped, in words for the person at the terminal; module errors become one of these at assembly.
public struct Failure: Error, Equatable, Sendable {
  public let exitCode: ExitCode
  /// One problem a line, each with its place and what was expected.
  public let problems: [String]
  /// What to do about it, if there is something to do.
  public let remedy: String?

  public init(_ exitCode: ExitCode, _ problems: [String], remedy: String? = nil) {
    self.exitCode = exitCode
    self.problems = problems
    self.remedy = remedy
  }

  public init(_ exitCode: ExitCode, _ problem: String, remedy: String? = nil) {
    self.init(exitCode, [problem], remedy: remedy)
  }
}
