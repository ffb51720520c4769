public import Console

extension Command {
  /// `config check|show|schema`, the same in every program.
  public static let config = Command(
    group: "config", "Check, show and describe settings",
    about: """
      Settings come from a flag, else the environment (AUSPEX_STRATEGY__ENTER for \
      strategy.enter), else the file, else the shipped default. The file is --config, else \
      $AUSPEX_CONFIG, else config/auspex.yaml.
      """,
    commands: [check, show, schema])

  private static let check = Command(
    "check", "Read files of settings or market rules, tell every mistake",
    about: """
      Every mistake of every file is told at once, with line and column. A file with the key \
      `exchange` is read as market rules, one with `name` and `features` as a recipe, one with \
      `columns` as a mapping, any other as settings.
      """,
    operands: [Operand("FILE", "Files to check.", count: .oneOrMore, accepts: .file)],
    examples: [Example("config check config/auspex.yaml", "Check the shipped settings")]
  ) { invocation in
    let files = invocation.operands("FILE")
    let problems = files.flatMap(problems(inFile:))
    guard problems.isEmpty else { throw Failure(.usage, problems) }
    if invocation.terminal.isJSON {
      invocation.terminal.print(["checked": JSON(files), "problems": []])
    } else {
      for file in files { invocation.terminal.print("\(file): good\n") }
    }
    return .ok
  }

  /// A file's kind is told by its keys.
  private static func problems(inFile path: String) -> [String] {
    let document = YamlDocument.read(path: path)
    let keys: [String] =
      if case .mapping(let pairs) = document.root.content { pairs.map(\.key) } else { [] }
    do {
      if keys.contains("exchange") {
        _ = try MarketFile.read(path: path)
      } else if keys.contains("features"), keys.contains("name") {
        _ = try RecipeFile.compile(document)
      } else if keys.contains("columns") {
        return Schema.mapping.problems(in: document).map(\.message)
      } else {
        return Schema.work.problems(in: document).map(\.message)
      }
      return []
    } catch { return error.problems }
  }

  private static let show = Command(
    "show", "Print every setting and where it comes from",
    examples: [
      Example("config show", "All settings"),
      Example("config show --set strategy.lots=3 --json", "The same as JSON, one changed"),
    ]
  ) { invocation in
    let rows = try WorkSettings.load(invocation).settings.rows
    if invocation.terminal.isJSON {
      invocation.terminal.print(
        .list(
          rows.map {
            ["key": .text($0.key), "value": .text($0.value), "origin": .text($0.origin)]
          }))
      return .ok
    }
    var table = Table(.text("setting"), .text("value"), .text("from"))
    for row in rows { table.add(row.key, row.value, row.origin) }
    invocation.terminal.print(table)
    return .ok
  }

  private static let schema = Command(
    "schema", "Print all settings with their defaults and meaning",
    about: "As commented YAML, which is itself a good file; with --json as a JSON Schema.",
    examples: [Example("config schema > my.yaml", "Start a file of your own")]
  ) { invocation in
    invocation.terminal.print(invocation.terminal.isJSON ? Schema.work.json : Schema.work.yaml)
    return .ok
  }
}
