"""Golden numbers from R's packages: `python -m tests.reference` writes them again and shows what changed.

frame.py makes the data (a fixed seed, nobody's microdata); survey.R computes; golden.csv keeps each number with the R
line that made it. The same for

- earners.py (pay and hours, further stages, replicates): earners.R, golden_earners.csv;
- Gini, quantiles and Gini's errors on the same data, with the package laeken: inequality.R, golden_inequality.csv;
- household_frame.py, calibrated weights: calibration.R, golden_calibration.csv;
- non-response, trimming, calibrated replicates and comparisons, with the package sampling as a second oracle of the
  calibration: weighting.R, golden_weighting.csv.

examples.R and apiclus1.R estimate from R's own example data, live only. Ordinary tests read the golden numbers only;
those marked `full` run R again.
"""
