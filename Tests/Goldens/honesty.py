"""References for the tests of forecasts, Sharpe ratios and selections, from the formulas with numpy and scipy.

Usage: honesty.py golden_stats.json > honesty.json
The argument holds the series that the honesty checklist was measured on and what its own script found on them; every
figure here is computed anew and must agree with it.
"""
import itertools
import json
import math
import sys

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests

given = json.load(open(sys.argv[1]))


def same(mine, theirs, tolerance=1e-9):
    mine, theirs = np.asarray(mine, float), np.asarray(theirs, float)
    assert np.allclose(mine, theirs, rtol=tolerance, atol=tolerance), (mine, theirs)


def autocovariances(x, lags):
    d = x - x.mean()
    return [float(d[k:] @ d[: len(d) - k]) / len(d) for k in range(lags + 1)]


# Ratios of reward to risk: Bailey and Lopez de Prado 2012 and 2014, Lo 2002.
r = np.array(given["returns_block"]["returns"])
block = given["returns_block"]
n = len(r)
ratio = r.mean() / r.std(ddof=1)
skew, kurtosis = stats.skew(r), stats.kurtosis(r, fisher=False)


def spread(ratio):
    return 1 - skew * ratio + (kurtosis - 1) / 4 * ratio**2


def probability(threshold):
    return float(stats.norm.cdf((ratio - threshold) * math.sqrt((n - 1) / spread(ratio))))


def greatest(trials):
    euler = 0.5772156649015329
    upper = stats.norm.ppf([1 - 1 / trials, 1 - 1 / (trials * math.e)])
    return float((1 - euler) * upper[0] + euler * upper[1])


def annualisation(periods):
    g = autocovariances(r, periods - 1)
    overlap = sum((periods - k) * g[k] / g[0] for k in range(1, periods))
    return periods / math.sqrt(periods + 2 * overlap)


length = spread(ratio) * (stats.norm.ppf(0.95) / ratio) ** 2 + 1
variance = block["trials_var"]
deflated = [[N, variance, probability(math.sqrt(variance) * greatest(N))] for N in (20, 100)]
same(probability(0), block["psr0"])
same(probability(0.02), block["psr_star_0p02"])
same(length, block["min_trl_0p05"])
same([row[2] for row in deflated], [block["dsr_N20"], block["dsr_N100"]])
same([greatest(int(N)) for N in block["e_max_z"]], list(block["e_max_z"].values()))
same([annualisation(5), annualisation(21)], [block["lo_eta_q5"], block["lo_eta_q21"]])


# Combinatorially symmetric cross-validation, by the definition: the rows themselves, no sums of blocks.
def symmetric(matrix, parts):
    rows, trials = matrix.shape
    blocks = np.split(matrix[: rows - rows % parts], parts)
    logits, inside, outside = [], [], []
    for chosen in itertools.combinations(range(parts), parts // 2):
        learned = np.concatenate([blocks[k] for k in chosen])
        unseen = np.concatenate([blocks[k] for k in range(parts) if k not in chosen])
        first = learned.mean(0) / learned.std(0, ddof=1)
        second = unseen.mean(0) / unseen.std(0, ddof=1)
        best = int(np.argmax(first))
        place = stats.rankdata(second)[best] / (trials + 1)
        logits.append(math.log(place / (1 - place)))
        inside.append(first[best])
        outside.append(second[best])
    logits, outside = np.array(logits), np.array(outside)
    return {"blocks": parts, "combinations": len(logits), "probability": float((logits <= 0).mean()),
            "logit": float(logits.mean()), "slope": float(np.polyfit(inside, outside, 1)[0]),
            "loss": float((outside < 0).mean()), "inside": float(np.mean(inside)),
            "outside": float(outside.mean())}


def agrees(mine, theirs):
    same([mine[key] for key in ("probability", "logit", "slope", "loss", "inside", "outside")],
         [theirs[key] for key in ("pbo", "logit_mean", "slope", "p_loss", "mean_is", "mean_oos")], 1e-8)
    return mine


matrix = np.array(given["cscv"]["M"])
generator = np.random.default_rng(20260101)
generator.standard_t(5, 750)
again = generator.normal(0, 0.01, (480, 20))
again[:, 3] += 0.0006
again[:, 7] += 0.0003
assert np.array_equal(again, matrix)
noise = generator.normal(0, 0.01, (480, 20))
overfit = [agrees(symmetric(matrix, 8), given["cscv"]["S8"]),
           agrees(symmetric(matrix, 16), given["cscv"]["S16"])]
overfit_noise = agrees(symmetric(noise, 16), given["cscv_null_S16"])


# The length of blocks, Politis and White 2004 with the correction of 2009.
def block_lengths(x):
    count = len(x)
    wanted = max(5, int(math.sqrt(math.log10(count))))
    most = math.ceil(math.sqrt(count)) + wanted
    g = np.array(autocovariances(x, most + wanted))
    bound = 2 * math.sqrt(math.log10(count) / count)
    quiet = [lag for lag in range(1, most + 1) if (abs(g[lag:lag + wanted] / g[0]) < bound).all()]
    width = min(2 * max(1, quiet[0]), most) if quiet else most
    lags = np.arange(1, width + 1)
    taper = np.where(lags / width <= 0.5, 1, 2 * (1 - lags / width))
    spectrum = g[0] + 2 * (taper * g[1:width + 1]).sum()
    change = 2 * (taper * lags * g[1:width + 1]).sum()
    limit = math.ceil(min(3 * math.sqrt(count), count / 3))
    return [min(float((2 * change**2 / (scale * spectrum**2) * count) ** (1 / 3)), limit)
            for scale in (2, 4 / 3)]


lengths = block_lengths(r)
same(lengths, [given["optimal_block"]["stationary"], given["optimal_block"]["circular"]])


# White's reality check in Hansen's form, gains measured in their own deviations, what is far below zero judged by
# the long-run error. Draws differ from generator to generator: p within 0.02.
def superior(gains, mean_block, draws, seed):
    random = np.random.default_rng(seed)
    count, rivals = gains.shape
    mean, scale = gains.mean(0), gains.std(0)
    lags = 2 * mean_block
    error = np.empty(rivals)
    for rival in range(rivals):
        g = autocovariances(gains[:, rival], lags)
        error[rival] = math.sqrt((g[0] + 2 * sum((1 - k / (lags + 1)) * g[k] for k in range(1, lags + 1))) / count)
    statistic = max(0, (mean / scale).max())
    bound = -error * math.sqrt(2 * math.log(math.log(count)))
    shifts = [np.maximum(mean, 0), np.where(mean >= bound, mean, 0), mean]
    fresh = random.random((draws, count)) < 1 / mean_block
    starts = random.integers(0, count, (draws, count))
    place, weights = starts[:, 0], np.zeros((draws, count))
    for row in range(count):
        place = np.where(fresh[:, row], starts[:, row], (place + 1) % count)
        weights[np.arange(draws), place] += 1 / count
    drawn = weights @ gains
    return [float((((drawn - shift) / scale).max(1) > statistic).mean()) for shift in shifts]


spa, spa_noise = superior(matrix, 10, 10_000, 1), superior(noise, 10, 10_000, 1)
names = ("lower", "consistent", "upper")
assert np.allclose(spa, [given["spa_p"][name] for name in names], atol=0.02), spa
assert np.allclose(spa_noise, [given["spa_null_p"][name] for name in names], atol=0.02), spa_noise


# Comparisons of forecasts.
y, f = np.array(given["forecast_tests"]["y"]), np.array(given["forecast_tests"]["f2"])


def diebold_mariano(first, second, horizon):
    d = first**2 - second**2
    count = len(d)
    g = autocovariances(d, horizon - 1)
    plain = d.mean() / math.sqrt((g[0] + 2 * sum(g[1:])) / count)
    small = math.sqrt((count + 1 - 2 * horizon + horizon * (horizon - 1) / count) / count)
    return [plain, plain * small, float(2 * stats.t.sf(abs(plain * small), count - 1))]


def pesaran_timmermann(outcomes, forecasts):
    count = len(outcomes)
    up, said = (outcomes > 0).mean(), (forecasts > 0).mean()
    hits = ((outcomes > 0) == (forecasts > 0)).mean()
    chance = up * said + (1 - up) * (1 - said)
    of_hits = chance * (1 - chance) / count
    of_chance = (2 * up - 1) ** 2 * said * (1 - said) / count \
        + (2 * said - 1) ** 2 * up * (1 - up) / count \
        + 4 * up * said * (1 - up) * (1 - said) / count**2
    return float((hits - chance) / math.sqrt(of_hits - of_chance))


dm = [[h, *diebold_mariano(y, y - f, h)] for h in (1, 5)]
same(dm[0][1:], given["forecast_tests"]["dm_hln_h1"])
same(dm[1][1:], given["forecast_tests"]["dm_hln_h5"])
pt = pesaran_timmermann(y, f)
same(pt, given["forecast_tests"]["pesaran_timmermann"])
d = y**2 - ((y - f) ** 2 - f**2)
g = autocovariances(d, 8)
cw = d.mean() / math.sqrt((g[0] + 2 * sum((1 - k / 9) * g[k] for k in range(1, 9))) / len(d))
same(cw, given["forecast_tests"]["clark_west_L8"])

# Drift of a distribution.
a, b = np.array(given["drift"]["a"]), np.array(given["drift"]["b"])
edges = np.quantile(a, np.arange(1, 10) / 10)
shares = [np.maximum(np.bincount(np.searchsorted(edges, v, side="right"), minlength=10) / len(v), 1e-4)
          for v in (a, b)]
stability = float(((shares[1] - shares[0]) * np.log(shares[1] / shares[0])).sum())
ks = stats.ks_2samp(a, b, method="asymp")
distance = float(stats.wasserstein_distance(a, b))
same([stability, ks.statistic, ks.pvalue, distance],
     [given["drift"][key] for key in ("psi10", "ks", "ks_p", "wasserstein")])

# Many tests at once.
p = np.array(given["pvals"])
corrected = {name: multipletests(p, method=method)[1].tolist() for name, method in
             (("bonferroni", "bonferroni"), ("holm", "holm"), ("hochberg", "fdr_bh"), ("yekutieli", "fdr_by"))}
for mine, theirs in (("bonferroni", "bonferroni"), ("holm", "holm"), ("hochberg", "fdr_bh"),
                     ("yekutieli", "fdr_by")):
    same(corrected[mine], given["multitest"][theirs])

# Uniqueness of labels: rows 0..59, each over itself and the five bars behind it, 65 bars in all.
spans = [(row, min(row + 5, 64)) for row in range(60)]
live = np.zeros(65)
for first, last in spans:
    live[first:last + 1] += 1
unique = [float((1 / live[first:last + 1]).mean()) for first, last in spans]
same([unique[0], unique[30], np.mean(unique)],
     [given["uniqueness_h5_n60"][key] for key in ("first", "mid", "mean")])

# Purging: labels of row i over i..i+5, tests 40..59, embargo 3; then six groups of twenty, two at a time.


def purged(rows, tests, horizon, embargo, before=None):
    before = horizon if before is None else before
    keep = np.ones(rows, bool)
    for first, end in tests:
        keep[max(0, first - before):min(rows, end + horizon + embargo)] = False
    return np.flatnonzero(keep).tolist()


assert purged(100, [(40, 60)], 5, 3) == given["purge_example"]["train"]
groups = [(20 * k, 20 * k + 20) for k in range(6)]
sizes = [len(purged(120, [groups[k] for k in pair], 5, 3)) for pair in itertools.combinations(range(6), 2)]
assert sizes == given["cpcv_6_2_p5_e3_T120"]["train_sizes"], sizes
assert len(sizes) == given["cpcv_6_2_p5_e3_T120"]["n_splits"]

print(json.dumps({
    "returns": r.tolist(), "ratio": ratio, "probabilities": [[0, probability(0)], [0.02, probability(0.02)]],
    "length": length, "deflated": deflated, "greatest": [[N, greatest(N)] for N in (2, 5, 10, 45, 100, 1000)],
    "annualisations": [[q, annualisation(q)] for q in (5, 21)],
    "trials": matrix.T.tolist(), "noise": noise.T.tolist(),
    "overfit": overfit, "overfitNoise": overfit_noise, "blockLengths": lengths,
    "superior": [given["spa_p"][name] for name in names],
    "superiorNoise": [given["spa_null_p"][name] for name in names],
    "outcomes": y.tolist(), "forecasts": f.tolist(), "dieboldMariano": dm, "clarkWest": cw,
    "pesaranTimmermann": pt,
    "expected": a.tolist(), "actual": b.tolist(), "stability": stability,
    "kolmogorov": [ks.statistic, ks.pvalue], "wasserstein": distance, "pValues": p.tolist(),
    "corrected": corrected, "interval": given["boot_sr_ci95_b10"],
    "uniqueness": [unique[0], unique[30], float(np.mean(unique))],
    "purgedRows": given["purge_example"]["train"], "combinatorialSizes": sizes,
}))
