import Glibc

switch CommandLine.arguments.dropFirst().first {
case "yaml":
  exit(YamlBench(CommandLine.arguments.dropFirst(2)).run() ? 0 : 1)
default:
  print("usage: bench yaml [--mutations N] [--seed S]")
  exit(2)
}
