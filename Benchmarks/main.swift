import Console
import Glibc

let words = CommandLine.arguments.dropFirst()
switch words.first {
case "backtest":
  let figures = try LoopBench.backtest(days: 2_000)
  print(
    figures.bars, "bars,", figures.records, "records,", Int(figures.barsPerSecond),
    "bars per processor second")
case "journal":
  let folder = words.dropFirst().first ?? "/tmp"
  let path = "\(folder)/auspex-bench-\(getpid())"
  let commits = try JournalBench.commits(path + ".commits", count: 5_000)
  print(
    "commit: median", Int(commits.medianMicros), "µs, 99 %",
    Int(commits.slowestPercentMicros), "µs")
  let rates = try JournalBench.rates(path + ".rates", days: 1_000)
  print(
    rates.records, "records: written", Int(rates.written), "read", Int(rates.read), "resumed",
    Int(rates.resumed), "per second")
  for name in [".commits", ".rates", ".rates.other"] { unlink(path + name) }
default: print("usage: bench backtest | journal [folder]")
}
