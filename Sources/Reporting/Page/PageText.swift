import Bytes

extension Page {
  /// The page as one HTML file: no script, no network, no inline style. Its policy lets nothing but the one style
  /// sheet through, so that even a name that slipped past escaping could not run.
  public func html() -> String {
    var text = HtmlText()
    text.raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
    let hash = Base64.text(Sha256.digest(StyleSheet.text).bytes)
    text.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ")
    text.raw("style-src 'sha256-\(hash)'; base-uri 'none'; form-action 'none'\">\n")
    text.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
    text.raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
    text.element("title", title)
    text.raw("\n<style>\(StyleSheet.text)</style>\n</head>\n<body>\n<main>\n<header>\n")
    text.element("h1", title)
    if !subtitle.isEmpty { text.element("p", kind: "subtitle", subtitle) }
    text.raw("\n</header>\n")
    for section in sections { text.section(section) }
    text.raw("</main>\n</body>\n</html>\n")
    return text.text
  }
}

/// HTML under way; whatever is not markup goes through `Escaping`.
struct HtmlText {
  private(set) var text = ""

  mutating func raw(_ markup: String) {
    text += markup
  }

  mutating func element(_ name: String, kind: String = "", _ content: String) {
    text += kind.isEmpty ? "<\(name)>" : "<\(name) class=\"\(kind)\">"
    text += Escaping.text(content)
    text += "</\(name)>"
  }

  mutating func section(_ section: Section) {
    raw("<section>\n")
    if let heading = section.heading { element("h2", heading) }
    for block in section.blocks { self.block(block) }
    raw("</section>\n")
  }

  private mutating func block(_ block: Block) {
    switch block {
    case .tiles(let tiles): self.tiles(tiles)
    case .lines(let chart):
      let names = chart.series.map(\.name)
      figure(chart.title, legend: names.count > 1 ? names : [], chart.svg)
    case .bars(let chart): figure(chart.title, legend: [], chart.svg)
    case .ranks(let list): figure(list.title, legend: [], list.svg)
    case .heat(let map): figure(map.title, legend: [], map.svg)
    case .table(let table): self.table(table)
    case .pairs(let pairs): self.pairs(pairs)
    case .paragraphs(let paragraphs):
      for paragraph in paragraphs { element("p", paragraph) }
    case .remarks(let remarks): self.remarks(remarks)
    }
    raw("\n")
  }
}

// MARK: - Blocks

extension HtmlText {
  private mutating func tiles(_ tiles: [Tile]) {
    raw("<dl class=\"tiles\">\n")
    for tile in tiles {
      raw("<div>")
      element("dt", tile.name)
      element("dd", kind: Self.tone(tile.value), tile.value)
      if !tile.note.isEmpty { element("dd", kind: "note", tile.note) }
      raw("</div>\n")
    }
    raw("</dl>")
  }

  /// A chart drawn for wide screens and paper and once more for phones; the style sheet shows one.
  private mutating func figure(
    _ title: String, legend: [String], _ draw: (Frame, String) -> String
  ) {
    raw("<figure>\n<figcaption>")
    element("span", kind: "name", title)
    for (index, name) in legend.enumerated() {
      element("span", kind: "key k\(index % LineChart.tones)", name)
    }
    raw("</figcaption>\n")
    raw(draw(.wide, "wide"))
    raw("\n")
    raw(draw(.narrow, "narrow"))
    raw("\n</figure>")
  }

  private mutating func table(_ table: Table) {
    let isTold = table.columns.contains { $0.kind == .sentence }
    raw("<div class=\"scroll\"><table\(isTold ? " class=\"told\"" : "")>\n")
    if !table.caption.isEmpty { element("caption", table.caption) }
    raw("<thead><tr>")
    for column in table.columns {
      raw("<th scope=\"col\"\(column.kind == .number ? " class=\"number\"" : "")>")
      raw(Escaping.text(column.name) + "</th>")
    }
    raw("</tr></thead>\n<tbody>\n")
    for row in table.rows {
      raw("<tr>")
      for (cell, column) in zip(row, table.columns) {
        element("td", kind: column.kind == .number ? Self.tone(cell, "number") : "", cell)
      }
      raw("</tr>\n")
    }
    raw("</tbody>\n</table></div>")
    if !table.note.isEmpty { element("p", kind: "note", table.note) }
  }

  private mutating func pairs(_ pairs: [Pair]) {
    raw("<dl class=\"pairs\">\n")
    for pair in pairs {
      raw("<div>")
      element("dt", pair.name)
      element("dd", pair.value)
      raw("</div>\n")
    }
    raw("</dl>")
  }

  private mutating func remarks(_ remarks: [String]) {
    raw("<ul class=\"remarks\">\n")
    for remark in remarks {
      element("li", remark)
      raw("\n")
    }
    raw("</ul>")
  }

  /// The classes of a figure: a negative one is marked.
  private static func tone(_ value: String, _ kind: String = "") -> String {
    [kind, value.hasPrefix("−") && !value.contains(" ") ? "below" : ""].filter { !$0.isEmpty }
      .joined(separator: " ")
  }
}
