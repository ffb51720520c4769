internal import Bytes

/// The lines of another program's text, each a name and what stands behind it.
struct LineReader {
  /// A line in its parts; `number` counts from one.
  struct Line {
    let name: String
    let rest: Range<Int>
    let number: Int
  }

  private let bytes: [UInt8]
  private let separator: UInt8
  private var place = 0
  private(set) var number = 0

  init(_ bytes: [UInt8], separator: Character) {
    self.bytes = bytes
    self.separator = separator.asciiValue ?? 32
  }

  /// The next line; blank ones have no name. `nil` at the end.
  mutating func next() -> Line? {
    guard place < bytes.count else { return nil }
    let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    var line = place..<end
    if line.last.map({ bytes[$0] == UInt8(ascii: "\r") }) ?? false { line = place..<end - 1 }
    place = end + 1
    number += 1
    let middle = bytes[line].firstIndex(of: separator) ?? line.upperBound
    return Line(
      name: text(line.lowerBound..<middle),
      rest: min(middle + 1, line.upperBound)..<line.upperBound,
      number: number)
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// The words of a line, at most so many.
  func words(_ line: Line, most: Int) throws(ModelsError) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = line.rest.lowerBound
    while start < line.rest.upperBound {
      let end = bytes[start..<line.rest.upperBound].firstIndex(of: 32) ?? line.rest.upperBound
      if end > start {
        guard found.count < most else {
          throw bad(line, "more than \(most) values", "\(most)")
        }
        found.append(start..<end)
      }
      start = end + 1
    }
    return found
  }

  /// Exactly so many numbers of a line, each made of a double by `make`.
  func numbers<Value>(
    _ line: Line, count: Int, isInfiniteTaken: Bool = false, _ make: (Double) -> Value?
  ) throws(ModelsError) -> [Value] {
    // What is left in the line bounds what can be there before memory is asked for.
    guard count <= (line.rest.count + 1) / 2 else {
      throw bad(line, "too few values of \(line.name)", "\(count)")
    }
    var found: [Value] = []
    found.reserveCapacity(count)
    var start = line.rest.lowerBound
    while start < line.rest.upperBound {
      let end = bytes[start..<line.rest.upperBound].firstIndex(of: 32) ?? line.rest.upperBound
      defer { start = end + 1 }
      guard end > start else { continue }
      let number =
        isInfiniteTaken && bytes[start..<end].elementsEqual("inf".utf8)
        ? Double.infinity : try double(line, start..<end)
      guard found.count < count, let value = make(number) else {
        throw bad(
          line, text(start..<min(end, start + 30)), "\(count) fitting values of \(line.name)")
      }
      found.append(value)
    }
    guard found.count == count else {
      throw bad(line, "\(found.count) values of \(line.name)", "\(count)")
    }
    return found
  }

  func double(_ line: Line, _ word: Range<Int>) throws(ModelsError) -> Double {
    do throws(BytesError) {
      return try DoubleText.parse(bytes.span.extracting(word))
    } catch {
      let word = text(word.lowerBound..<min(word.upperBound, word.lowerBound + 30))
      throw bad(line, "\"\(word)\"", "a number")
    }
  }

  func bad(_ line: Line, _ found: String, _ expected: String) -> ModelsError {
    .foreignLine(line: line.number, found: found, expected: expected)
  }
}

/// What the plain texts of scripts have in common: every line has its place and its name.
extension LineReader {
  /// `auspex FORM`, then the `names` of the features, each another.
  mutating func plainHeading(_ form: String) throws(ModelsError) -> [String] {
    let first = try line("auspex")
    guard text(first.rest) == form else {
      throw bad(first, text(first.rest.prefix(30)), "auspex \(form)")
    }
    let heading = try line("names")
    let names = try words(heading, most: 100_000).map { text($0) }
    guard !names.isEmpty, Set(names).count == names.count else {
      throw bad(heading, "\(names.count) names", "different ones, at least one")
    }
    return names
  }

  /// The next line, which must have the name.
  mutating func line(_ name: String) throws(ModelsError) -> Line {
    guard let line = next() else {
      throw .foreignLine(line: number + 1, found: "the end", expected: name)
    }
    guard line.name == name else { throw bad(line, String(line.name.prefix(30)), name) }
    return line
  }

  /// A line of one whole number, at least one.
  mutating func whole(_ name: String, most: Int) throws(ModelsError) -> Int {
    try numbers(try line(name), count: 1) { value in
      Int(exactly: value).flatMap { 1...most ~= $0 ? $0 : nil }
    }[0]
  }

  /// Nothing but blank lines may be left.
  mutating func end() throws(ModelsError) {
    while let line = next() {
      guard line.name.isEmpty else { throw bad(line, line.name, "the end") }
    }
  }
}
