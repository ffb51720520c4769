/// Colour for one stream; when off, every word passes unchanged.
public struct Paint: Sendable {
  public enum Tint: Int, Sendable {
    case bold = 1
    case faint = 2
    case red = 31
    case green = 32
    case yellow = 33
  }

  public let isOn: Bool

  public init(isOn: Bool) { self.isOn = isOn }

  public func callAsFunction(_ tint: Tint, _ text: String) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(tint.rawValue)m\(text)\u{1B}[0m" : text
  }
}
