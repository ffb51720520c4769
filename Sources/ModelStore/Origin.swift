public import Bytes
public import Market

/// Where a version comes from, in full: what `evaluate show` prints and what a judge compares.
public struct Origin: Equatable, Sendable {
  /// A name for people: lower-case letters, digits and `-`, 40 at most.
  public var name: String
  /// The last instant whose prices it has learned from. When it was sealed stands beside the content and not in it,
  /// so that the same content has the same name whenever it is made.
  public var knownUntil: Instant
  /// The version this one was trained to follow.
  public var parent: Digest?
  /// The fingerprint of the bars it saw.
  public var data: Digest
  public var seed: UInt64
  /// The program that made it: version and the hash of its executable.
  public var build: String
  /// Library, core type and threads of the linear algebra, as these decide the last bits.
  public var blas: String
  /// The label's definition in words.
  public var label: String
  public var windows: [Window]
  public var metrics: [Metric]

  /// A span of rows with its first and last instant.
  public struct Window: Equatable, Sendable {
    public let name: String
    public let from: Instant
    public let to: Instant
    public let rows: Int

    public init(name: String, from: Instant, to: Instant, rows: Int) {
      self.name = name
      self.from = from
      self.to = to
      self.rows = rows
    }
  }

  /// A figure of the evaluation; one that does not exist is left out.
  public struct Metric: Equatable, Sendable {
    public let name: String
    public let value: Double

    public init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  public init(
    name: String, knownUntil: Instant, parent: Digest? = nil, data: Digest, seed: UInt64,
    build: String, blas: String, label: String, windows: [Window] = [], metrics: [Metric] = []
  ) {
    self.name = name
    self.knownUntil = knownUntil
    self.parent = parent
    self.data = data
    self.seed = seed
    self.build = build
    self.blas = blas
    self.label = label
    self.windows = windows
    self.metrics = metrics
  }
}

extension Origin {
  /// Everything a line of text can hold, and a name that can be part of a folder's.
  func check() throws(StoreError) {
    guard Origin.isName(name) else {
      throw .badField(name: "name", found: name, expected: "1 to 40 of a-z, 0-9 and -")
    }
    for (field, text) in [("build", build), ("blas", blas), ("label", label)] {
      try Origin.check(line: text, field)
    }
    for window in windows { try Origin.check(word: window.name, "window") }
    for metric in metrics {
      try Origin.check(word: metric.name, "metric")
      guard metric.value.isFinite else {
        throw .badField(name: metric.name, found: "\(metric.value)", expected: "a finite number")
      }
    }
  }

  static func isName(_ text: String) -> Bool {
    (1...40).contains(text.utf8.count)
      && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
  }

  /// One line: no control characters, 500 bytes at most, no blanks at its ends.
  static func check(line text: String, _ field: String) throws(StoreError) {
    let bytes = text.utf8
    guard (1...500).contains(bytes.count), bytes.allSatisfy({ $0 >= 32 && $0 != 127 }),
      bytes.first != 32, bytes.last != 32
    else { throw .badField(name: field, found: text, expected: "one line of 1 to 500 bytes") }
  }

  private static func check(word text: String, _ field: String) throws(StoreError) {
    try check(line: text, field)
    guard !text.utf8.contains(32) else {
      throw .badField(name: field, found: text, expected: "a single word")
    }
  }
}
