internal import Numerics

/// Library, core type and threads of the linear algebra: the last bits of results hang on them.
public var blasName: String {
  let policy = BlasPolicy.current
  return "\(policy.name) \(policy.coreType) \(policy.threads)"
}
