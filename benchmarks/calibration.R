# Rscript calibration.R rows.csv controls.csv weights.csv: seconds of each method of R's survey package, to stdout, and its weights.
# Rows with a column psu are persons of households, each of which is to carry one weight.
suppressMessages(library(survey))
files <- commandArgs(trailingOnly = TRUE)
rows <- read.csv(files[1], stringsAsFactors = TRUE)
controls <- read.csv(files[2])
margins <- unique(controls$margin)
tables <- lapply(margins, function(name) {
  table <- data.frame(factor(controls$category[controls$margin == name], levels = levels(rows[[name]])))
  names(table) <- name
  cbind(table, Freq = controls$total[controls$margin == name])
})
formulas <- lapply(margins, function(name) as.formula(paste("~", name)))
formula <- as.formula(paste("~", paste(margins, collapse = "+"), "- 1"))
# The first margin whole, the others without their first category, which is how R codes them.
totals <- unlist(lapply(seq_along(tables), function(i) {
  t <- setNames(tables[[i]]$Freq, paste0(margins[i], tables[[i]][[1]]))
  if (i == 1) t else t[-1]
}))
totals <- totals[colnames(model.matrix(formula, rows))]
first <- setNames(tables[[1]]$Freq, paste0(margins[1], tables[[1]][[1]]))
weights_of <- list()
timed <- function(method, code) {
  gc()
  seconds <- system.time(made <- code)[["elapsed"]]
  cat(method, seconds, "\n")
  weights_of[[method]] <<- weights(made)
}
if ("psu" %in% names(rows)) {
  design <- svydesign(~ psu + household, weights = ~weight, data = rows)
  timed("household_linear", calibrate(design, formula, totals, calfun = "linear", aggregate.stage = 2))
  timed("household_raking", calibrate(design, formula, totals, calfun = "raking", aggregate.stage = 2, epsilon = 1e-10))
} else {
  design <- svydesign(~1, weights = ~weight, data = rows)
  timed("linear", calibrate(design, formula, totals, calfun = "linear"))
  timed("raking", calibrate(design, formula, totals, calfun = "raking", epsilon = 1e-10))
  timed("truncated_linear", calibrate(design, formula, totals, calfun = cal.linear, bounds = c(0.5, 1.9), epsilon = 1e-10))
  timed("logit", calibrate(design, formula, totals, calfun = "logit", bounds = c(0.4, 2.5), epsilon = 1e-10))
  timed("rake", rake(design, formulas, tables, control = list(maxit = 500, epsilon = 1e-10)))
  timed("poststratification", calibrate(design, as.formula(paste("~", margins[1], "- 1")), first, calfun = "linear"))
  timed("poststratification_alone", postStratify(design, formulas[[1]], tables[[1]]))
}
write.csv(as.data.frame(weights_of), files[3], row.names = FALSE)
