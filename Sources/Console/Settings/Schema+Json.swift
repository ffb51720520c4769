/// JSON whose objects keep their order, so that the same schema is always the same bytes.
indirect enum Json {
  case text(String)
  case bare(String)
  case array([Json])
  case object([(String, Json)])

  func written(indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .text(let text): return jsonText(text)
    case .bare(let text): return text
    case .array(let items):
      return "[" + items.map { $0.written(indent: inner) }.joined(separator: ", ") + "]"
    case .object(let members):
      guard !members.isEmpty else { return "{}" }
      let lines = members.map { "\(inner)\(jsonText($0)): \($1.written(indent: inner))" }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    }
  }
}

extension Schema {
  /// JSON Schema 2020-12, by which editors complete and check a settings file.
  public var json: String {
    let head: [(String, Json)] = [
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
      ("description", .text(help)),
    ]
    return Json.object(head + members(of: settings)).written() + "\n"
  }
}

private func members(of settings: [Setting]) -> [(String, Json)] {
  let needed = settings.filter { if case .leaf(_, nil) = $0.content { true } else { false } }
  let required: [(String, Json)] =
    needed.isEmpty ? [] : [("required", .array(needed.map { .text($0.name) }))]
  return [
    ("type", .text("object")),
    ("additionalProperties", .bare("false")),
    ("properties", .object(settings.map { ($0.name, json($0)) })),
  ] + required
}

private func json(_ setting: Setting) -> Json {
  switch setting.content {
  case .section(let inner):
    return .object([("description", .text(setting.help))] + members(of: inner))
  case .leaf(let kind, let shipped):
    let limits = kind.limits.map { ", " + $0 } ?? ""
    let help = "\(setting.help) (\(kind.form)\(limits))"
    let shippedJson = shipped.flatMap { json($0, kind) }
    return .object(
      [("description", .text(help))] + members(of: kind)
        + (shippedJson.map { [("default", $0)] } ?? []))
  }
}

/// A scalar's shipped default, as the type that YAML reads it as.
private func json(_ shipped: String, _ kind: Kind) -> Json? {
  switch kind {
  case .optional where shipped == "null": .bare(shipped)
  case .optional(let kind): json(shipped, kind)
  case .flag, .integer, .number: kind.scalar(shipped).map { .bare($0.text(as: kind)) }
  default: kind.isScalar ? .text(shipped) : nil
  }
}

private func members(of kind: Kind) -> [(String, Json)] {
  switch kind {
  case .text: [("type", .text("string"))]
  case .flag: [("type", .text("boolean"))]
  case .integer(let range):
    [
      ("type", .array([.text("integer"), .text("string")])), ("pattern", .text("^[+-]?[0-9_]+$")),
      ("minimum", .bare("\(range.lowerBound)")), ("maximum", .bare("\(range.upperBound)")),
    ]
  case .number(let range):
    [
      ("type", .text("number")), ("minimum", .bare("\(range.lowerBound)")),
      ("maximum", .bare("\(range.upperBound)")),
    ]
  case .ratio: quantity("^[+-]?[0-9_]+(\\.[0-9]+)?(%|bp)?$")
  case .duration: [("type", .text("string")), ("pattern", .text("^[0-9_]+(ns|us|ms|s|m|h|d)$"))]
  case .ticks: [("type", .text("string")), ("pattern", .text("^[0-9_]+ ticks?$"))]
  case .money(let currency, _): quantity("^[+-]?[0-9_,]+(\\.[0-9]{1,2})?( \(currency))?$")
  case .date: [("type", .text("string")), ("pattern", .text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
  case .timeOfDay:
    [("type", .text("string")), ("pattern", .text("^[0-9]{2}:[0-9]{2}(:[0-9]{2})?$"))]
  case .choice(let names): [("enum", .array(names.map { .text($0) }))]
  case .optional(let kind):
    [("anyOf", .array([.object(members(of: kind)), .object([("type", .text("null"))])]))]
  case .list(let kind): [("type", .text("array")), ("items", .object(members(of: kind)))]
  case .table(let kind):
    [("type", .text("object")), ("additionalProperties", .object(members(of: kind)))]
  case .section(let settings): members(of: settings)
  }
}

/// What YAML reads as a number without its unit, and as text with it.
private func quantity(_ pattern: String) -> [(String, Json)] {
  [("type", .array([.text("number"), .text("string")])), ("pattern", .text(pattern))]
}
