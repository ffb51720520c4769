// swift-tools-version: 6.3
import PackageDescription

/// Every module compiles under the same rules; Documentation/STYLE.md says why.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// The rooms and what each may import: Documentation/ARCHITECTURE.md draws them, TidyTests holds them.
let modules: [(name: String, imports: [Target.Dependency])] = [
  ("Bytes", []),
  ("Market", ["Bytes"]),
  ("Trading", ["Market"]),
  ("VenuePaper", ["Market", "Trading"]),
  ("Engine", ["Bytes", "Market", "Trading"]),
  ("Journal", ["Bytes", "Engine", "Market", "Trading"]),
  ("Live", ["Engine", "Journal", "Market", "Trading"]),
  ("Console", ["CYAML"]),
]

let programs: [(name: String, imports: [Target.Dependency])] = [
  ("data", ["Console"]),
  ("train", ["Console"]),
  ("evaluate", ["Console"]),
  ("run", ["Console"]),
]

let tests: [(name: String, imports: [Target.Dependency])] = [
  ("BytesTests", ["Bytes"]),
  ("ConsoleTests", ["Console"]),
  ("EngineTests", ["Bytes", "Engine", "Fixtures", "Market", "Trading", "VenuePaper"]),
  ("JournalTests", ["Bytes", "Engine", "Fixtures", "Journal", "Market", "Trading", "VenuePaper"]),
  ("LiveTests", ["Engine", "Fixtures", "Journal", "Live", "Market", "Trading", "VenuePaper"]),
  ("TidyTests", []),
]

let package = Package(
  name: "auspex",
  products: programs.map { .executable(name: $0.name, targets: [$0.name]) },
  targets: [
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])])
  ]
    + modules.map { .target(name: $0.name, dependencies: $0.imports, swiftSettings: strict) }
    + programs.map {
      .executableTarget(name: $0.name, dependencies: $0.imports, swiftSettings: strict)
    }
    + [
      .target(
        name: "Fixtures", dependencies: ["Engine", "Market", "Trading", "VenuePaper"],
        path: "Tests/Fixtures", swiftSettings: strict),
      .executableTarget(
        name: "bench",
        dependencies: [
          "Console", "Engine", "Fixtures", "Journal", "Market", "Trading", "VenuePaper",
        ],
        path: "Benchmarks", exclude: ["peers"], swiftSettings: strict),
    ]
    + tests.map { .testTarget(name: $0.name, dependencies: $0.imports, swiftSettings: strict) },
  swiftLanguageModes: [.v6]
)
