// swift-tools-version: 6.3
import PackageDescription

/// Every module compiles under the same rules; Documentation/STYLE.md says why.
let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Modules that touch memory the compiler cannot check say so at every place.
let facingC: Set<String> = ["Numerics"]

func settings(_ module: String) -> [SwiftSetting] {
  facingC.contains(module) ? strict + [.strictMemorySafety()] : strict
}

/// C libraries and the Debian packages that bring them; Documentation/decisions/0001 says why these.
let libraries: [(name: String, packages: [String])] = [
  ("COpenBLAS", ["libopenblas-dev", "liblapacke-dev"]),
  ("CSQLite", ["libsqlite3-dev"]),
  ("CYAML", ["libyaml-dev"]),
]

/// The rooms and what each may import: Documentation/ARCHITECTURE.md draws them, TidyTests holds them.
let modules: [(name: String, imports: [Target.Dependency])] = [
  ("Bytes", []),
  ("Numerics", ["CKernels", "COpenBLAS"]),
  ("Market", ["Bytes"]),
  ("Bars", ["Market", "Numerics"]),
  ("Features", ["Market", "Numerics"]),
  ("Models", ["Bytes", "Features", "Market", "Numerics"]),
  ("Training", ["Bytes", "Features", "Market", "Models", "Numerics"]),
  ("Trading", ["Market"]),
  ("VenuePaper", ["Market", "Trading"]),
  ("Engine", ["Bytes", "Market", "Trading"]),
  ("Reporting", ["Bytes", "Engine", "Market", "Numerics", "Trading"]),
  ("Archive", ["Bars", "Bytes", "CSQLite", "Market"]),
  ("ModelStore", ["Bytes", "Market"]),
  ("Journal", ["Bytes", "Engine", "Market", "Trading"]),
  ("Live", ["Engine", "Journal", "Market", "Trading"]),
  (
    "Research",
    [
      "Bytes", "Engine", "Features", "Market", "ModelStore", "Models", "Numerics", "Trading",
      "Training", "VenuePaper",
    ]
  ),
  ("Console", ["CYAML"]),
  (
    "Workbench",
    [
      "Archive", "Bars", "Bytes", "Console", "Engine", "Features", "Journal", "Market",
      "ModelStore", "Models", "Reporting", "Research", "Trading", "Training", "VenuePaper",
    ]
  ),
]

let programs: [(name: String, imports: [Target.Dependency])] = [
  ("data", ["Archive", "Bars", "Bytes", "Console", "Market", "Workbench"]),
  (
    "train",
    [
      "Bytes", "Console", "Features", "Market", "ModelStore", "Models", "Numerics", "Reporting",
      "Research", "Training", "Workbench",
    ]
  ),
  (
    "evaluate",
    [
      "Bytes", "Console", "Engine", "Features", "Market", "ModelStore", "Models", "Numerics",
      "Reporting", "Research", "Training", "Workbench",
    ]
  ),
  (
    "run",
    [
      "Bytes", "Console", "Engine", "Journal", "Live", "Market", "ModelStore", "Reporting",
      "Research", "Trading", "VenuePaper", "Workbench",
    ]
  ),
]

/// What tests and benchmarks share, below `Tests`.
let fixtures: [(name: String, imports: [Target.Dependency])] = [
  ("Fixtures", ["Engine", "Market", "Trading", "VenuePaper"]),
  (
    "Trials",
    [
      "Archive", "Bars", "Bytes", "Console", "Engine", "Features", "Market", "Models", "Numerics",
      "Reporting", "Research", "Trading", "Training", "Workbench",
    ]
  ),
  ("CsvOracle", ["Archive", "Market", "Numerics"]),
  ("ModelOracle", ["Models", "Numerics"]),
  ("YamlOracle", ["Console"]),
]

let tests: [(name: String, imports: [Target.Dependency])] = [
  (
    "ArchiveTests",
    ["Archive", "Bars", "Bytes", "CSQLite", "CsvOracle", "Market", "Numerics"]
  ),
  ("BarsTests", ["Bars", "Market", "Numerics"]),
  ("BytesTests", ["Bytes"]),
  ("ConsoleTests", ["Console", "Fixtures", "YamlOracle", "specimen"]),
  ("EngineTests", ["Bytes", "Engine", "Fixtures", "Market", "Trading", "VenuePaper"]),
  ("FeaturesTests", ["Features", "Market", "Numerics"]),
  (
    "JournalTests",
    ["Bytes", "Engine", "Fixtures", "Journal", "Market", "Trading", "VenuePaper"]
  ),
  (
    "LiveTests",
    ["Engine", "Fixtures", "Journal", "Live", "Market", "Trading", "VenuePaper"]
  ),
  ("MarketTests", ["Market"]),
  ("ModelStoreTests", ["Bytes", "Market", "ModelStore", "Numerics"]),
  ("ModelsTests", ["Bytes", "Features", "Market", "ModelOracle", "Models", "Numerics"]),
  ("NumericsTests", ["Numerics"]),
  (
    "ReportingTests",
    ["Bytes", "Engine", "Market", "Numerics", "Reporting", "Trading", "VenuePaper"]
  ),
  (
    "ScenarioTests",
    [
      "Bars", "Bytes", "Engine", "Features", "Fixtures", "Journal", "Live", "Market", "Models",
      "Numerics", "Research", "Trading", "Training", "Trials", "VenuePaper", "Workbench",
      "bench", "data", "evaluate", "run", "train",
    ]
  ),
  (
    "ResearchTests",
    ["Bytes", "Features", "Market", "ModelStore", "Models", "Numerics", "Research", "Training"]
  ),
  ("TradingTests", ["Market", "Trading"]),
  ("TrainingTests", ["Bytes", "Features", "Market", "Models", "Numerics", "Training"]),
  ("VenuePaperTests", ["Market", "Trading", "VenuePaper"]),
  (
    "WorkbenchTests",
    [
      "Archive", "Bars", "Bytes", "Console", "Features", "Market", "Research", "Training",
      "Workbench",
    ]
  ),
  ("TidyTests", []),
]

let package = Package(
  name: "auspex",
  products: programs.map { .executable(name: $0.name, targets: [$0.name]) },
  targets: libraries.map { .systemLibrary(name: $0.name, providers: [.apt($0.packages)]) }
    + [.target(name: "CKernels"), .target(name: "CAllocations", path: "Tests/CAllocations")]
    + modules.map {
      .target(name: $0.name, dependencies: $0.imports, swiftSettings: settings($0.name))
    }
    + programs.map {
      .executableTarget(name: $0.name, dependencies: $0.imports, swiftSettings: strict)
    }
    + fixtures.map {
      .target(
        name: $0.name, dependencies: $0.imports, path: "Tests/\($0.name)", swiftSettings: strict)
    }
    + [
      .executableTarget(
        name: "bench",
        dependencies: [
          "Archive", "Bytes", "CAllocations", "Console", "CsvOracle", "Engine", "Features",
          "Fixtures", "Journal", "Market", "ModelOracle", "Models", "Numerics", "Research",
          "Trading", "Training", "Trials", "VenuePaper", "Workbench", "YamlOracle",
        ], path: "Benchmarks",
        exclude: ["README.md", "compare", "kernels", "peers"], swiftSettings: strict),
      .executableTarget(
        name: "learning-curve",
        dependencies: [
          "Archive", "Bars", "Bytes", "Console", "Features", "Market", "Models", "Research",
          "Training", "Workbench",
        ], path: "notebooks-as-scripts", exclude: ["README.md"], swiftSettings: strict),
      .executableTarget(
        name: "specimen", dependencies: ["Console"], path: "Tests/Specimen", swiftSettings: strict),
    ]
    + tests.map { .testTarget(name: $0.name, dependencies: $0.imports, swiftSettings: strict) },
  swiftLanguageModes: [.v6]
)
