/// Breaks text into lines of at most `width` columns, between words where that is possible.
func wrapped(_ text: String, to width: Int) -> [String] {
  precondition(width >= 2, "a line holds at least one wide character")
  var lines: [String] = []
  var line = ""
  var used = 0
  for piece in pieces(of: text, width: width) {
    let space = piece.followsSpace && used > 0 ? 1 : 0
    if used > 0, used + space + piece.columns > width {
      lines.append(line)
      (line, used) = (piece.text, piece.columns)
    } else {
      line += (space == 1 ? " " : "") + piece.text
      used += space + piece.columns
    }
  }
  if used > 0 { lines.append(line) }
  return lines
}

/// A part of a text within which a line must not break.
private struct Piece {
  var text: String
  var columns: Int
  let followsSpace: Bool
}

/// Words, and in Chinese or Japanese single characters; a closing mark stays with what it closes.
/// A word longer than a line, such as a path, is cut.
private func pieces(of text: String, width: Int) -> [Piece] {
  var pieces: [Piece] = []
  var followsSpace = true
  var mayJoin = false
  for character in text {
    if character.isWhitespace {
      (followsSpace, mayJoin) = (true, false)
      continue
    }
    let columns = displayWidth(character)
    let isWide = columns == 2
    let closes = isWide && !followsSpace && "，。、；：？！）》」』】〉〕".contains(character)
    if let last = pieces.indices.last, !followsSpace, mayJoin && !isWide || closes,
      pieces[last].columns + columns <= width
    {
      pieces[last].text.append(character)
      pieces[last].columns += columns
    } else {
      pieces.append(
        Piece(text: String(character), columns: columns, followsSpace: followsSpace))
    }
    (followsSpace, mayJoin) = (false, !isWide)
  }
  return pieces
}

/// A list of terms with explanations beside them, as help pages have it.
func definitions(_ entries: [(term: String, text: String)], width: Int) -> [String] {
  let widest = entries.map { displayWidth($0.term) }.filter { $0 <= 26 }.max() ?? 0
  let margin = String(repeating: " ", count: widest + 4)
  return entries.flatMap { term, text -> [String] in
    let lines = wrapped(text, to: width - margin.count).map { margin + $0 }
    guard let first = lines.first else { return ["  " + term] }
    guard displayWidth(term) <= widest else { return ["  " + term] + lines }
    let gap = String(repeating: " ", count: widest - displayWidth(term) + 2)
    return ["  " + term + gap + first.dropFirst(margin.count)] + lines.dropFirst()
  }
}
