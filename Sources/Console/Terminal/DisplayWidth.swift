/// The columns a text takes on a terminal, which is not the number of its characters.
public func displayWidth(_ text: String) -> Int {
  // Plain ASCII, the common case, needs no look-up.
  if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return text.utf8.count }
  return text.reduce(0) { $0 + displayWidth($1) }
}

/// 0 for marks and controls, 2 for Chinese, Japanese, Korean, full-width forms and emoji, else 1.
func displayWidth(_ character: Character) -> Int {
  var width = 0
  for scalar in character.unicodeScalars {
    // Variation selector 16 asks for the emoji picture of a scalar that is narrow as text.
    if scalar.value == 0xFE0F, width == 1 { return 2 }
    width = max(width, scalarWidth(scalar))
  }
  return width
}

private func scalarWidth(_ scalar: Unicode.Scalar) -> Int {
  switch scalar.properties.generalCategory {
  case .control, .format, .nonspacingMark, .enclosingMark, .lineSeparator, .paragraphSeparator:
    return 0
  default:
    break
  }
  // Vowels and final consonants of Hangul join the syllable before them.
  if (0x1160...0x11FF).contains(scalar.value) { return 0 }
  if scalar.properties.isEmojiPresentation { return 2 }
  return wideBlocks.contains { $0.contains(scalar.value) } ? 2 : 1
}

/// Blocks whose East Asian Width is W or F (Unicode annex 11); emoji are asked for apart.
private let wideBlocks: [ClosedRange<UInt32>] = [
  0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF,
  0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B,
  0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x3FFFD,
]

/// Whether a scalar would steer a terminal or reorder a line instead of being shown.
func isSteering(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x00...0x1F, 0x7F...0x9F, 0x2028...0x2029: true
  case 0x061C, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: true
  default: false
  }
}

/// One line of text that cannot steer a terminal: line breaks and tabs become spaces, the rest
/// goes.
public func printable(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isSteering) else { return text }
  var kept = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    if !isSteering(scalar) {
      kept.append(scalar)
    } else if scalar.properties.isWhitespace {
      kept.append(" ")
    }
  }
  return String(kept)
}

/// The text itself, or as much of its start as fits before an ellipsis.
func elided(_ text: String, to width: Int) -> String {
  guard displayWidth(text) > width else { return text }
  guard width > 0 else { return "" }
  return prefix(of: text, columns: width - 1) + "…"
}

/// The longest start of a text that takes no more than the given columns.
func prefix(of text: some StringProtocol, columns: Int) -> String {
  var used = 0
  return String(
    text.prefix { character in
      used += displayWidth(character)
      return used <= columns
    })
}
