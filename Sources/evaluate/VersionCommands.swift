import Bytes
import Console
import Features
import Market
import ModelStore
import Models
import Research
import Workbench

extension Flag {
  static let models = Flag(
    "models", value: "FOLDER", "The model store.", setting: "paths.models")
  static let alias = Flag(
    "alias", value: "NAME", "The alias that moves.", shownDefault: "champion")
  static let reason = Flag("reason", value: "TEXT", "Why, for the audit trail.")
}

/// Runs something of the store's and turns its error into a program's ending.
func withStore<Value>(_ work: () throws(StoreError) -> Value) throws(Failure) -> Value {
  do { return try work() } catch { throw Failure(.store, "\(error)") }
}

extension Command {
  static let list = Command(
    "list", "Print the versions of the model store",
    flags: [.models],
    examples: [Example("list", "Every version with its scores and aliases")]
  ) { invocation in
    let store = try WorkSettings.load(invocation).store
    let listing = try withStore { () throws(StoreError) in try store.list() }
    let aliases = try withStore { () throws(StoreError) in try store.aliases() }
    for damage in listing.damaged { invocation.terminal.warn("\(damage)") }
    let named = { (version: Version) in
      aliases.filter { $0.version.id == version.id }.map(\.alias).joined(separator: " ")
    }
    if invocation.terminal.isJSON {
      invocation.terminal.print(.list(listing.versions.map { json($0, named($0)) }))
    } else {
      var table = Table(
        .number("no."), .text("name"), .text("id"), .text("knows until"), .number("R² zero"),
        .number("rank IC"), .number("t"), .text("alias"))
      for version in listing.versions {
        table.add(
          "\(version.number)", version.name, "\(version.model)",
          clockText(version.manifest.origin.knownUntil, .shanghai),
          percent(version.metric("r2-zero")), number(version.metric("rank-ic"), 4),
          number(version.metric("rank-ic-t"), 1), named(version))
      }
      invocation.terminal.print(table)
      if listing.versions.isEmpty {
        invocation.terminal.say("No versions yet; train fit makes one.")
      }
    }
    return listing.damaged.isEmpty ? .ok : .store
  }

  private static func json(_ version: Version, _ aliases: String) -> JSON {
    [
      "number": .integer(version.number), "name": .text(version.name),
      "id": .text(version.id.hex),
      "known_until": .text(utcText(version.manifest.origin.knownUntil)),
      "sealed_at": .text(utcText(version.sealedAt)),
      "data": .text(version.manifest.origin.data.hex),
      "parent": version.manifest.origin.parent.map { .text($0.hex) } ?? .null,
      "aliases": JSON(aliases.split(separator: " ").map(String.init)),
      "metrics": .object(
        version.manifest.origin.metrics.map { JSON.Member($0.name, .number($0.value)) }),
    ]
  }

  static let show = Command(
    "show", "Print everything a version says about itself",
    flags: [.models],
    operands: [Operand("VERSION", "An alias, a number, or seven digits of its id.")],
    examples: [Example("show champion", "What trades now")]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let model = try work.proven(invocation.operand("VERSION") ?? "")
    let origin = model.version.manifest.origin
    if invocation.terminal.isJSON {
      invocation.terminal.print(json(model.version, ""))
      return .ok
    }
    var table = Table(.text(""), .prose(""))
    table.add("version", "\(model.version.number) \(model.version.name)")
    table.add("id", model.version.id.hex)
    table.add("sealed", clockText(model.version.sealedAt, .shanghai))
    table.add("knows until", clockText(origin.knownUntil, .shanghai))
    table.add("data", origin.data.hex)
    if let parent = origin.parent { table.add("parent", parent.hex) }
    table.add("label", origin.label)
    table.add("build", origin.build)
    table.add("BLAS", origin.blas)
    for window in origin.windows {
      table.add(
        window.name,
        "\(clockText(window.from, .shanghai)) … \(clockText(window.to, .shanghai)), "
          + "\(window.rows) rows")
    }
    for metric in origin.metrics { table.add(metric.name, number(metric.value, 6)) }
    for (name, formula) in zip(model.trained.recipe.names, model.trained.recipe.formulas) {
      table.add(name, formula)
    }
    invocation.terminal.print(table)
    return .ok
  }

  static let promote = Command(
    "promote", "Let an alias stand for a version",
    about: """
      The version is verified first. The alias moves by one atomic rename: a reader sees the old \
      version or the new one, never a mixture. Who and why go into the audit trail.
      """,
    flags: [.alias, .reason, .models],
    operands: [Operand("VERSION", "A number, or seven digits of its id.")],
    examples: [Example("promote 3 --reason \"better on the last fold\"", "Trade by version 3")]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let model = try work.proven(invocation.operand("VERSION") ?? "")
    let alias = invocation.text("alias") ?? "champion"
    try withStore { () throws(StoreError) in
      try work.store.promote(
        alias, to: model.version, by: userName(), at: wallClock(),
        because: invocation.text("reason") ?? "no reason given")
    }
    tell(invocation, alias, model.version)
    return .ok
  }

  static let rollback = Command(
    "rollback", "Let an alias stand for the version before",
    flags: [.alias, .reason, .models],
    examples: [Example("rollback --reason \"odd forecasts\"", "One step back")]
  ) { invocation in
    let work = try WorkSettings.load(invocation)
    let alias = invocation.text("alias") ?? "champion"
    let version = try withStore { () throws(StoreError) in
      try work.store.rollback(
        alias, by: userName(), at: wallClock(),
        because: invocation.text("reason") ?? "no reason given")
    }
    tell(invocation, alias, version)
    return .ok
  }

  private static func tell(_ invocation: Invocation, _ alias: String, _ version: Version) {
    if invocation.terminal.isJSON {
      invocation.terminal.print([
        "alias": .text(alias), "number": .integer(version.number), "id": .text(version.id.hex),
      ])
    } else {
      invocation.terminal.print(
        "\(alias) → version \(version.number) \(version.name) \(version.model)\n")
    }
  }
}

extension Version {
  fileprivate func metric(_ name: String) -> Double? {
    manifest.origin.metrics.first { $0.name == name }?.value
  }
}

private func number(_ value: Double?, _ decimals: Int) -> String {
  value.map { DoubleText.fixed($0, decimals: decimals) } ?? "–"
}

private func percent(_ value: Double?) -> String {
  value.map { DoubleText.fixed($0 * 100, decimals: 2) + " %" } ?? "–"
}
