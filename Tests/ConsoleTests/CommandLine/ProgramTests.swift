import Testing

@testable import Console
@testable import specimen

@Suite struct ProgramTests {
  @Test func theSampleTableHasNoFaults() {
    #expect(sampleProgram.faults == [])
  }

  @Test func faultsOfATableAreFound() {
    let broken = Program(
      "broken", "Ends with a stop.",
      commands: [
        Command(
          "a", "",
          flags: [
            Flag("json", "Taken."), Flag("x", letter: "h", "Taken."),
            Flag("y", "A switch with choices.", accepts: .oneOf(["1"])),
          ],
          operands: [Operand("A", "a", count: .anyNumber), Operand("B", "b")]
        ) { _ in .ok },
        Command("a", String(repeating: "long", count: 20)) { _ in .ok },
      ])
    #expect(
      broken.faults == [
        "broken: the summary ends with a full stop", "broken: a appears twice",
        "broken a: the summary is empty", "broken a: --json appears twice",
        "broken a: -h appears twice",
        "broken a: only the last arguments may be optional or repeat",
        "broken a: --y is a switch, yet it describes a value",
        "broken a: the summary is over 60 columns",
      ])
  }
}
