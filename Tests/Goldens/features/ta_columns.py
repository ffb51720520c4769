"""The 86 columns of ta 0.11.0 (pandas 2.3.3) on 3,000 ruled bars: python ta_columns.py > ta.json"""

import json
import warnings

import ruled
from ta import add_all_ta_features

warnings.simplefilter("ignore")
frame = ruled.bars()
inputs = list(frame.columns)
made = add_all_ta_features(frame, "open", "high", "low", "close", "volume")
made = made.drop(columns=inputs)
assert len(made.columns) == 86
rows = [5, 20] + list(range(1000, 3000, 87)) + [2999]
print(json.dumps(ruled.golden(made, rows)))
