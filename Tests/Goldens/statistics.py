"""References for Statistics and the matrix routines of Numerics, from numpy, scipy and statsmodels.

Usage: statistics.py golden_stats.json > statistics.json
The argument holds the return series and correlations that the honesty checklist was measured on.
"""
import json
import sys

import numpy as np
import scipy.stats as st
import statsmodels.api as sm

given = json.load(open(sys.argv[1]))
block = given["returns_block"]
r = np.random.default_rng(7)
x = np.round(r.standard_t(4, 90), 2)
y = np.round(0.3 * x + r.standard_normal(90), 2)


def newey_west_t(values, lags):
    fit = sm.OLS(values, np.ones(len(values))).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": False})
    return float(fit.tvalues[0])


a = r.standard_normal((40, 6))
b = a @ np.array([1.0, -2.0, 0.5, 0.0, 3.0, 0.25]) + 0.1 * r.standard_normal(40)
gram = a.T @ a
penalties = [0.01, 1.0, 100.0]
ridge = []
for penalty in penalties:
    beta = np.linalg.solve(gram + penalty * np.eye(6), a.T @ b)
    hat = a @ np.linalg.solve(gram + penalty * np.eye(6), a.T)
    rss, df = float(np.sum((b - a @ beta) ** 2)), float(np.trace(hat))
    ridge.append({"penalty": penalty, "coefficients": beta.tolist(), "residualSquares": rss,
                  "degrees": df, "crossValidation": 40 * rss / (40 - df) ** 2})

out = {
    "shared": {
        "returns": block["returns"], "mean": block["mean"], "deviation": block["sd"],
        "skew": block["skew"], "kurtosis": block["kurt_raw"],
        "neweyWestT": sorted([int(lags), t] for lags, t in block["nw_t"].items()),
        "automaticLags": block["nw_auto_lag"],
        "x": given["corr"]["x"], "y": given["corr"]["y"], "pearson": given["corr"]["pearson"],
        "spearman": given["corr"]["spearman"], "spearmanP": given["corr"]["spearman_p"],
    },
    "own": {
        "x": x.tolist(), "y": y.tolist(), "variance": x.var(ddof=1), "skew": st.skew(x),
        "kurtosis": st.kurtosis(x, fisher=False), "covariance": np.cov(x, y)[0, 1],
        "pearson": st.pearsonr(x, y).statistic, "pearsonP": st.pearsonr(x, y).pvalue,
        "spearman": st.spearmanr(x, y).statistic, "ranks": st.rankdata(x).tolist(),
        "quantiles": [[q, float(np.quantile(x, q))] for q in (0, 0.05, 0.25, 0.333, 0.5, 0.9, 1)],
        "median": float(np.median(x)), "medianDeviation": float(st.median_abs_deviation(x)),
        "neweyWestT": [[lag, newey_west_t(x, lag)] for lag in (0, 3, 10)],
    },
    "matrix": {
        "a": a.T.flatten().tolist(), "b": b.tolist(), "gram": gram.T.flatten().tolist(),
        "eigenvalues": np.linalg.eigvalsh(gram).tolist(),
        "leastSquares": np.linalg.lstsq(a, b, rcond=None)[0].tolist(),
        "logDeterminant": float(np.linalg.slogdet(gram)[1]), "ridge": ridge,
    },
}
print(json.dumps(out))
