/// How a program ends, so that a script can tell a bad file from a refused order.
public enum ExitCode: Int32, CaseIterable, Sendable {
  case ok = 0
  case failed = 1
  case usage = 2
  case data = 3
  case store = 4
  case refused = 5
  case tryAgain = 75
  case interrupted = 130
  case terminated = 143
}
