#!/usr/bin/env python3
"""Writes a forest of scikit-learn as the plain text that `train adopt FILE --format sklearn` reads.

From Python, with this folder on the path:

    import export_sklearn
    export_sklearn.write(forest, names, "forest.txt")

or, for a model kept by joblib (which runs what the file says: only your own files),

    python3 scripts/export_sklearn.py forest.joblib --out forest.txt --names close,volume

RandomForestRegressor, ExtraTreesRegressor and DecisionTreeRegressor of one output are taken. The names must be
those of a recipe's features (config/recipes); by default they are the model's own, which it knows when it was
fitted on a data frame.

The text, a line each: `auspex trees 1`, `names` and the features, `trees` and their number; then for every tree
`tree` and its number of nodes, and for every part of a node its name and one value per node: `feature` (-1 in a
leaf), `threshold` (values up to it go left; in a leaf its value), `left`, `right` (numbers of nodes), `missing_left`
(1 where absent values go left), `weight` of the training rows that came by, `gain` (what the split took off the
weighted impurity). The forecast is the mean of the trees.
"""
import argparse


def trees_of(model):
    estimators = getattr(model, "estimators_", None)
    return [model] if estimators is None else list(estimators)


def lines_of(tree):
    tree = tree.tree_
    if tree.n_outputs != 1:
        raise SystemExit("export_sklearn: one output is expected, found %d" % tree.n_outputs)
    left, right, weight, impurity = tree.children_left, tree.children_right, tree.weighted_n_node_samples, tree.impurity
    missing = getattr(tree, "missing_go_to_left", None)
    yield "tree", [tree.node_count]
    leaf = left < 0
    yield "feature", [-1 if leaf[i] else int(tree.feature[i]) for i in range(tree.node_count)]
    yield "threshold", [float(tree.value[i, 0, 0] if leaf[i] else tree.threshold[i]) for i in range(tree.node_count)]
    yield "left", [max(0, int(i)) for i in left]
    yield "right", [max(0, int(i)) for i in right]
    yield "missing_left", [int(missing[i]) if missing is not None and not leaf[i] else 0 for i in range(tree.node_count)]
    yield "weight", [float(w) for w in weight]
    yield "gain", [0.0 if leaf[i] else max(0.0, float(
        weight[i] * impurity[i] - weight[left[i]] * impurity[left[i]] - weight[right[i]] * impurity[right[i]]))
        for i in range(tree.node_count)]


def write(model, names, path):
    trees = trees_of(model)
    if len(names) != model.n_features_in_:
        raise SystemExit("export_sklearn: %d names for %d features" % (len(names), model.n_features_in_))
    with open(path, "w", encoding="ascii") as file:
        file.write("auspex trees 1\nnames %s\ntrees %d\n" % (" ".join(names), len(trees)))
        for tree in trees:
            for name, values in lines_of(tree):
                file.write("%s %s\n" % (name, " ".join(map(repr, values))))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", help="a file of joblib.dump")
    parser.add_argument("--out", required=True, metavar="FILE")
    parser.add_argument("--names", metavar="NAME,NAME", help="the features, in the order of the columns")
    chosen = parser.parse_args()
    import joblib
    model = joblib.load(chosen.model)
    names = chosen.names.split(",") if chosen.names else [str(name) for name in getattr(model, "feature_names_in_", [])]
    write(model, names, chosen.out)


if __name__ == "__main__":
    main()
