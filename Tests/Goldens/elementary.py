"""High-precision references for the elementary and special functions of Numerics.

Usage: elementary.py goldens > elementary.json
       elementary.py coefficients > ../../Sources/Numerics/Elementary/Coefficients.swift
Needs mpmath. Each golden is [argument…, value, rest]; value + rest is true to about 32 digits.
"""
import json
import random
import sys

import mpmath as m

m.mp.dps = 50


def chebyshev(f, low, high, degree):
    n = degree + 1
    nodes = [m.cos(m.pi * (k + m.mpf(1) / 2) / n) for k in range(n)]
    values = [f((high - low) / 2 * x + (low + high) / 2) for x in nodes]
    return [
        (2 if j else 1) / m.mpf(n)
        * sum(values[k] * m.cos(m.pi * j * (k + m.mpf(1) / 2) / n) for k in range(n))
        for j in range(n)
    ]


def scaled_erfc(w):
    x = 1 / w - 4
    if x > 200:
        term, total = m.mpf(1), m.mpf(1)
        for k in range(1, 30):
            term *= -(2 * k - 1) / (2 * x * x)
            total += term
        return (1 + 1 / x) * total / m.sqrt(m.pi)
    return (x + 1) * m.erfc(x) * m.exp(x * x)


def erf_ratio(u):
    return m.erf(m.sqrt(u)) / m.sqrt(u)


def gamma_ratio(x):
    return m.loggamma(x) / ((x - 1) * (x - 2))


def coefficients():
    print("/// Chebyshev coefficients made by Tests/Goldens/elementary.py; lowest order first.")
    print("enum Coefficients {")
    for comment, name, table in [
        ("erf(√u) / √u for u in 0...0.25.", "erf",
         chebyshev(erf_ratio, m.mpf(0), m.mpf(1) / 4, 10)),
        ("(x + 1) · erfc(x) · exp(x²) in w = 1 / (x + 4) in 0...1/4.5.", "erfc",
         chebyshev(scaled_erfc, m.mpf(0), 1 / m.mpf("4.5"), 24)),
        ("logGamma(x) / ((x − 1) · (x − 2)) for x in 1...2.", "logGamma",
         chebyshev(gamma_ratio, m.mpf(1), m.mpf(2), 20)),
    ]:
        print(f"  /// {comment}\n  static let {name}: [Double] = [")
        for value in table:
            print(f"    {float(value)!r},")
        print("  ]")
    print("}")


def both(value):
    high = float(value)
    return [high, float(value - m.mpf(high))]


def quantile(p):
    start = -m.sqrt(-2 * m.log(p)) if p < 0.2 else 0
    return m.findroot(lambda z: m.log(m.ncdf(z)) - m.log(p), start)


def student(t, df):
    tail = m.betainc(df / 2, m.mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2
    return tail if t < 0 else 1 - tail


def goldens():
    r = random.Random(20260101)
    u = lambda a, b: r.uniform(a, b)
    out = {}

    def one(name, points, f):
        out[name] = [[x] + both(f(m.mpf(x))) for x in points]

    def many(name, points, f):
        out[name] = [list(x) + both(f(*map(m.mpf, x))) for x in points]

    near = lambda n, c, s: [c + r.choice([-1, 1]) * s * 2 ** u(-40, 0) for _ in range(n)]
    def mix(n, low, high, k, low2, high2, near_points=()):
        wide = [u(low, high) for _ in range(n)]
        return wide + [u(low2, high2) for _ in range(k)] + list(near_points)

    one("exp", mix(80, -708, 709, 60, -2, 2, near(40, 0, 1)), m.exp)
    one("expm1", mix(60, -40, 700, 80, -2, 2, near(60, 0, 1)), m.expm1)
    powers = [2 ** u(-1070, 1023) for _ in range(60)]
    one("log", powers + mix(80, 0.4, 2.5, 0, 0, 0, near(60, 1, 0.1)), m.log)
    powers = [2 ** u(-60, 1000) for _ in range(60)]
    one("log1p", powers + mix(80, -0.99, 2, 0, 0, 0, near(60, 0, 0.1)), m.log1p)
    one("tanh", mix(60, -20, 20, 80, -1, 1, near(60, 0, 1)), m.tanh)
    one("erf", mix(60, -6, 6, 60, -0.7, 0.7, near(20, 0, 1)), m.erf)
    one("erfc", mix(100, -6, 26, 60, -1, 3), m.erfc)
    one("normalCdf", mix(100, -37, 8, 60, -3, 3), m.ncdf)
    tails = [10 ** u(-300, -1) for _ in range(40)]
    one("normalQuantile", tails + mix(60, 0.001, 0.999, 0, 0, 0), quantile)
    large = [10 ** u(0, 8) for _ in range(40)] + near(20, 1, 0.1) + near(20, 2, 0.1)
    one("logGamma", mix(60, 0.01, 4, 0, 0, 0, large), m.loggamma)
    many("pow", [(2 ** u(-3, 3), u(-2, 2)) for _ in range(60)]
         + [(2 ** u(-60, 60), u(-15, 15)) for _ in range(60)], m.power)
    many("betaIncomplete",
         [(10 ** u(-1, 3), 10 ** u(-1, 3), u(0.001, 0.999)) for _ in range(100)],
         lambda a, b, x: m.betainc(a, b, 0, x, regularized=True))
    many("studentTCdf", [(u(-12, 12), float(r.randint(1, 2000))) for _ in range(80)]
         + [(u(-40, 0), u(1, 30)) for _ in range(30)], student)
    degrees = [float(r.randint(1, 400)) for _ in range(80)]
    many("chiSquareCdf", [(d * 10 ** u(-1, 0.7), d) for d in degrees],
         lambda x, d: m.gammainc(d / 2, 0, x / 2, regularized=True))
    for name in out:
        out[name] = [row for row in out[name] if abs(row[-2]) > 1e-300 and abs(row[-2]) < 1e308]
    print("{")
    print(",\n".join(f'"{name}": {json.dumps(rows)}' for name, rows in out.items()))
    print("}")


{"goldens": goldens, "coefficients": coefficients}[sys.argv[1]]()
