# Rscript apiclus1.R data.csv numbers.csv: R's own example of calibration, and the errors of some domains.
suppressMessages(library(survey))
files <- commandArgs(trailingOnly = TRUE)
data(api)
design <- svydesign(id = ~dnum, weights = ~pw, data = apiclus1)
totals <- c(`(Intercept)` = 6194, stypeH = 755, stypeM = 1018, api99 = 3914069)
numbers <- list()
record <- function(method, domain, line) {
  numbers[[length(numbers) + 1]] <<- data.frame(method, domain, number = sprintf("%.17g", eval(parse(text = line))), line)
}
for (method in c("linear", "raking")) {
  calibrated <- calibrate(design, ~stype + api99, totals, calfun = method, epsilon = 1e-10)
  record(method, "weights", "sum(weights(calibrated)^2)")
  for (domain in c("stype != 'none'", "stype == 'H'", "comp.imp == 'No'", "awards == 'Yes'")) {
    record(method, domain, sprintf("SE(svytotal(~enroll, subset(calibrated, %s)))", domain))
  }
}
columns <- c("dnum", "snum", "pw", "stype", "api99", "enroll", "comp.imp", "awards")
write.csv(apiclus1[columns], files[1], row.names = FALSE)
write.csv(do.call(rbind, numbers), files[2], row.names = FALSE)
