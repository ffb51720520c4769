internal import Bytes
internal import Market

extension Manifest {
  /// The one text this manifest has; reading accepts no other, so equal bytes and equal meaning are one.
  public var text: String {
    var lines = [
      Manifest.heading, "name: \(origin.name)",
      "known-until: \(TimeText.text(nanos: origin.knownUntil.nanoseconds))",
      "parent: \(origin.parent?.hex ?? "none")", "data: \(origin.data.hex)",
      "seed: \(origin.seed)", "build: \(origin.build)", "blas: \(origin.blas)",
      "label: \(origin.label)",
    ]
    for window in origin.windows {
      let from = TimeText.text(nanos: window.from.nanoseconds)
      let to = TimeText.text(nanos: window.to.nanoseconds)
      lines.append("window: \(window.name) | \(from) | \(to) | \(window.rows)")
    }
    for metric in origin.metrics {
      lines.append("metric: \(metric.name) \(DoubleText.shortest(metric.value))")
    }
    for (part, seal) in zip(Part.allCases, seals) {
      lines.append("part: \(part.rawValue) \(seal.bytes) \(seal.hash.hex)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  static let heading = "auspex model 1"
  /// Far above any real manifest: ten thousand windows fit.
  static let largest = 1 << 20

  /// Reads a manifest's text; `path` is for the error.
  init(reading bytes: [UInt8], path: String) throws(StoreError) {
    var lines = ManifestLines(bytes, path: path)
    try lines.heading()
    let name = try lines.value("name")
    let known = try lines.value("known-until", "a time") { Manifest.instant($0) }
    let parent: Digest? = try lines.value("parent", "a hash or none") { text in
      text == "none" ? .some(nil) : Digest(hex: text).map(Optional.some)
    }
    let data = try lines.value("data", "a hash") { Digest(hex: $0) }
    let seed = try lines.value("seed", "a whole number") { UInt64($0) }
    var origin = Origin(
      name: name, knownUntil: known, parent: parent, data: data, seed: seed,
      build: try lines.value("build"), blas: try lines.value("blas"),
      label: try lines.value("label"))
    while lines.isNext("window") {
      origin.windows.append(
        try lines.value("window", "name | from | to | rows") { Manifest.window($0) })
    }
    while lines.isNext("metric") {
      origin.metrics.append(
        try lines.value("metric", "a name and a number") { Manifest.metric($0) })
    }
    var seals: [Seal] = []
    for part in Part.allCases {
      let expected = "\(part.rawValue) with its size and hash"
      seals.append(try lines.value("part", expected) { Manifest.seal($0, of: part) })
    }
    try origin.check()
    self.init(origin: origin, seals: seals)
    guard Array(text.utf8) == bytes else { throw lines.unlike("the one spelling of this manifest") }
  }

  private static func instant(_ text: String) -> Instant? {
    (try? TimeText.parse(text)).map { Instant(nanoseconds: $0) }
  }

  private static func window(_ text: String) -> Origin.Window? {
    let fields = text.split(separator: "|", omittingEmptySubsequences: false).map(trimmed)
    guard fields.count == 4, let from = instant(fields[1]), let to = instant(fields[2]),
      let rows = Int(fields[3])
    else { return nil }
    return Origin.Window(name: fields[0], from: from, to: to, rows: rows)
  }

  private static func metric(_ text: String) -> Origin.Metric? {
    let fields = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 2, let value = try? DoubleText.parse(fields[1]) else { return nil }
    return Origin.Metric(name: fields[0], value: value)
  }

  private static func seal(_ text: String, of part: Part) -> Seal? {
    let fields = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 3, fields[0] == part.rawValue, let bytes = Int(fields[1]), bytes >= 0,
      let hash = Digest(hex: fields[2])
    else { return nil }
    return Seal(bytes: bytes, hash: hash)
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

/// Walks the lines of a manifest; each must be the one that comes next.
private struct ManifestLines {
  private let lines: [Substring]
  private let path: String
  private var index = 0

  init(_ bytes: [UInt8], path: String) {
    lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    self.path = path
  }

  mutating func heading() throws(StoreError) {
    guard line == Manifest.heading else { throw unlike("\"\(Manifest.heading)\"") }
    index += 1
  }

  func isNext(_ key: String) -> Bool { line.hasPrefix("\(key): ") }

  mutating func value(_ key: String) throws(StoreError) -> String {
    guard isNext(key) else { throw unlike("\"\(key): …\"") }
    defer { index += 1 }
    return String(line.dropFirst(key.count + 2))
  }

  mutating func value<Value>(
    _ key: String, _ expected: String, _ read: (String) -> Value?
  ) throws(StoreError) -> Value {
    let place = index
    guard let value = read(try value(key)) else {
      index = place
      throw unlike(expected)
    }
    return value
  }

  func unlike(_ expected: String) -> StoreError {
    .malformed(
      path: path, line: index + 1, expected: expected, found: String(line.prefix(80)))
  }

  private var line: Substring { index < lines.count ? lines[index] : "" }
}
