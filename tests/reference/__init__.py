"""Golden numbers from R's survey package: `python -m tests.reference` writes them again and shows what changed.

frame.py makes the data (a fixed seed, nobody's microdata); survey.R computes; golden.csv keeps each number with the R
line that made it. The same for earners.py (pay and hours, further stages, replicates): earners.R, golden_earners.csv;
and for calibrated weights: household_frame.py, calibration.R, golden_calibration.csv. examples.R estimates from R's own
example data, live only. Ordinary tests read the golden numbers only; those marked `full` run R again.
"""
