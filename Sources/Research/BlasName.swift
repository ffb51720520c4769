internal import Numerics

/// Library, core type and threads of the linear algebra: the last bits of results hang on them.
public var blasName: String {
  let policy = BlasPolicy.current
  return "\(policy.name) \(policy.coreType) \(policy.threads)"
}

/// All that the bits of a forecast hang on: the linear algebra, and the machine code of the networks' kernels.
var arithmeticName: String { "\(blasName), \(RecurrentKernels.chosen.name) kernels" }
