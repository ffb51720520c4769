"""Golden scores for TrainingTests: numpy, scipy and statsmodels' HAC errors; writes scores.json beside itself."""
import json
import pathlib

import numpy as np
import statsmodels.api as sm
from scipy import stats


def variance(x, lags, kernel):
    fit = sm.OLS(x, np.ones(len(x))).fit(
        cov_type="HAC", cov_kwds=dict(maxlags=lags, kernel=kernel, use_correction=False))
    return float(fit.cov_params()[0, 0])


def overlap_t(x, horizon):
    """The larger of Newey and West's variance with 2h lags and Hansen and Hodrick's with h - 1."""
    larger = max(variance(x, 2 * horizon, "bartlett"), variance(x, horizon - 1, "uniform"))
    return float(x.mean() / np.sqrt(larger))


def z(x):
    return (x - x.mean()) / x.std()


def scores(y, p, means, horizon):
    squares = ((y - p) ** 2).sum()
    rank_y, rank_p = stats.rankdata(y), stats.rankdata(p)
    moved = (y != 0) & (p != 0)
    hits = ((y > 0) == (p > 0))[moved].astype(float)
    up = (y[moved] > 0).mean()
    base = max(up, 1 - up)
    return {
        "rmse": float(np.sqrt(((y - p) ** 2).mean())),
        "mae": float(np.abs(y - p).mean()),
        "r2-zero": float(1 - squares / (y**2).sum()),
        "r2-mean": float(1 - squares / ((y - means) ** 2).sum()),
        "ic": float(stats.pearsonr(p, y)[0]),
        "ic-t": overlap_t(z(p) * z(y), horizon),
        "rank-ic": float(stats.spearmanr(p, y)[0]),
        "rank-ic-t": overlap_t(z(rank_p) * z(rank_y), horizon),
        "hit-rate": float(hits.mean()),
        "base-rate": float(base),
        "hit-t": overlap_t(hits - base, horizon),
        "clark-west": overlap_t(y**2 - ((y - p) ** 2 - p**2), horizon),
        "slope": float(np.polyfit(p, y, 1)[0]),
        "deviation-ratio": float(p.std() / y.std()),
    }


def case(seed, count, horizon, rounded):
    rng = np.random.default_rng(seed)
    shocks = rng.standard_t(5, count + horizon) * 0.01
    y = np.convolve(shocks, np.ones(horizon), "valid")[:count]
    p = 0.05 * y + rng.normal(0, 0.002, count)
    if rounded:  # ties, zeros
        y, p = np.round(y, 2), np.round(p, 3)
    means = np.concatenate([[0], np.cumsum(y)[:-1] / np.arange(1, count)])
    return {
        "horizon": horizon, "outcomes": y.tolist(), "forecasts": p.tolist(),
        "means": means.tolist(), "scores": scores(y, p, means, horizon)}


cases = [case(1, 300, 1, False), case(2, 400, 5, False), case(3, 400, 5, True)]
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps(cases, indent=0) + "\n")
