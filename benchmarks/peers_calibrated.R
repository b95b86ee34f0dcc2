# Rscript peers_calibrated.R FOLDER: people.csv, controls.csv, rates.csv, breakdowns.csv in; estimates.csv, seconds.json out.
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust", digits = 17, warn = -1)
folder <- commandArgs(trailingOnly = TRUE)
text <- read.csv(file.path(folder, "people.csv"), nrows = 1)
people <- read.csv(file.path(folder, "people.csv"), na.strings = "",
  colClasses = ifelse(sapply(text, is.numeric) & !names(text) %in% c("stratum", "psu", "household"), NA, "character"))
controls <- read.csv(file.path(folder, "controls.csv"))
rates <- read.csv(file.path(folder, "rates.csv"))
breakdowns <- read.csv(file.path(folder, "breakdowns.csv"))
now <- function() proc.time()[["elapsed"]]

# Each person counts in one category of each margin, or in none of it.
margins <- grep("^margin_", names(people), value = TRUE)
columns <- paste0("control_", controls$control)
for (i in seq_along(columns)) {
  people[[columns[i]]] <- as.numeric(rowSums(people[margins] == controls$control[i], na.rm = TRUE) > 0)
}
totals <- setNames(controls$total, columns)
formula <- as.formula(paste("~", paste(columns, collapse = "+"), "- 1"))
begin <- now()
before <- svydesign(~psu + household, strata = ~stratum, weights = ~base, data = people)
design <- calibrate(before, formula, totals, calfun = "linear", aggregate.stage = 2)
calibrate_seconds <- now() - begin

results <- list()
begin <- now()
for (i in seq_len(nrow(rates))) {
  domain <- design[people[[rates$x[i]]] == 1, ]
  y <- as.formula(paste0("~", rates$y[i]))
  x <- as.formula(paste0("~", rates$x[i]))
  for (j in seq_len(nrow(breakdowns))) {
    if (breakdowns$variables[j] == "") {
      found <- svyratio(y, x, domain, deff = "replace")
      table <- data.frame(value = as.numeric(coef(found)), se = as.numeric(SE(found)), deff = as.numeric(deff(found)))
    } else {
      by <- as.formula(paste0("~", breakdowns$variables[j]))
      found <- svyby(y, by, domain, svyratio, denominator = x, deff = "replace")
      table <- as.data.frame(found)
      names(table)[ncol(table) - 2:0] <- c("value", "se", "deff")
    }
    table$indicator <- rates$rate[i]
    table$breakdown <- breakdowns$breakdown[j]
    results[[length(results) + 1]] <- table
  }
}
svyby_seconds <- now() - begin
every <- unique(unlist(lapply(results, names)))
for (k in seq_along(results)) {
  for (variable in setdiff(every, names(results[[k]]))) results[[k]][[variable]] <- NA
  results[[k]] <- results[[k]][every]
}
output <- do.call(rbind, results)
for (name in names(output)) if (is.numeric(output[[name]])) output[[name]] <- sprintf("%.17g", output[[name]])
write.csv(output, file.path(folder, "estimates.csv"), row.names = FALSE, na = "")
writeLines(sprintf('{"svyby_seconds": %f, "calibrate_seconds": %f}', svyby_seconds, calibrate_seconds),
  file.path(folder, "seconds.json"))
