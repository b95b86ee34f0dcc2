"""Golden numbers from R's survey package: `python -m tests.reference` writes them again and shows what changed.

frame.py makes the data (a fixed seed, nobody's microdata); survey.R computes; golden.csv keeps each number with the R
line that made it. The same for calibrated weights: household_frame.py, calibration.R, golden_calibration.csv. Ordinary
tests read the golden numbers only; those marked `full` run R again.
"""
