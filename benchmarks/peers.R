# Rscript peers.R FOLDER: people.csv, rates.csv, breakdowns.csv in; estimates.csv, seconds.json out.
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust", digits = 17, warn = -1)
folder <- commandArgs(trailingOnly = TRUE)
text <- read.csv(file.path(folder, "people.csv"), nrows = 1)
people <- read.csv(file.path(folder, "people.csv"), na.strings = "",
  colClasses = ifelse(sapply(text, is.numeric) & !names(text) %in% c("stratum", "psu"), NA, "character"))
rates <- read.csv(file.path(folder, "rates.csv"))
breakdowns <- read.csv(file.path(folder, "breakdowns.csv"))
# Limits are asked for in these breakdowns only: svyciprop fits a model for each cell.
limits_of <- c("total", "sex", "governorate")
now <- function() proc.time()[["elapsed"]]

results <- list()
begin <- now()
design <- svydesign(~psu, strata = ~stratum, weights = ~weight, data = people)
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
    results[[length(results) + 1]] <- list(i = i, j = j, table = table)
  }
}
svyby_seconds <- now() - begin

# The fastest that R survey can do: per breakdown one matrix of linearised scores, one variance of them all.
begin <- now()
design <- svydesign(~psu, strata = ~stratum, weights = ~weight, data = people)
weight <- people$weight
for (j in seq_len(nrow(breakdowns))) {
  variables <- strsplit(breakdowns$variables[j], "+", fixed = TRUE)[[1]]
  cell <- if (length(variables)) interaction(people[variables], drop = TRUE) else factor(rep("total", nrow(people)))
  scores <- list()
  for (i in seq_len(nrow(rates))) {
    y <- people[[rates$y[i]]]
    x <- people[[rates$x[i]]]
    Y <- rowsum(weight * y, as.integer(cell))[as.character(seq_along(levels(cell))), 1]
    X <- rowsum(weight * x, as.integer(cell))[as.character(seq_along(levels(cell))), 1]
    X[X == 0] <- NA
    z <- weight * (y - (Y / X)[cell] * x) / X[cell]
    z[is.na(z)] <- 0
    column <- matrix(0, nrow(people), nlevels(cell))
    inside <- which(!is.na(cell))
    column[cbind(inside, as.integer(cell)[inside])] <- z[inside]
    scores[[i]] <- column
  }
  se <- sqrt(diag(svyrecvar(do.call(cbind, scores), design$cluster, design$strata, design$fpc)))
}
matrix_seconds <- now() - begin

# Not timed: what svyby does not give.
for (k in seq_along(results)) {
  i <- results[[k]]$i
  j <- results[[k]]$j
  table <- results[[k]]$table
  variables <- strsplit(breakdowns$variables[j], "+", fixed = TRUE)[[1]]
  table$df <- table$lower <- table$upper <- NA
  for (row in seq_len(nrow(table))) {
    inside <- people[[rates$x[i]]] == 1
    for (variable in variables) inside <- inside & people[[variable]] %in% table[row, variable]
    d <- design[inside, ]
    table$df[row] <- degf(d)
    if (breakdowns$breakdown[j] %in% limits_of) {
      # "xlogit" is the logit interval by the delta method; "logit" fits a model that stops at a tolerance of 1e-8.
      ci <- attr(svyciprop(as.formula(paste0("~", rates$y[i])), d, method = "xlogit"), "ci")
      table$lower[row] <- ci[1]
      table$upper[row] <- ci[2]
    }
  }
  for (variable in setdiff(unlist(strsplit(breakdowns$variables, "+", fixed = TRUE)), names(table))) table[[variable]] <- NA
  table$indicator <- rates$rate[i]
  table$breakdown <- breakdowns$breakdown[j]
  results[[k]] <- table[order(names(table))]
}
output <- do.call(rbind, results)
for (name in names(output)) if (is.numeric(output[[name]])) output[[name]] <- sprintf("%.17g", output[[name]])
write.csv(output, file.path(folder, "estimates.csv"), row.names = FALSE, na = "")
writeLines(sprintf('{"svyby_seconds": %f, "matrix_seconds": %f, "limits_of": ["%s"], "r": "%s", "survey": "%s"}',
  svyby_seconds, matrix_seconds, paste(limits_of, collapse = '", "'), getRversion(), packageVersion("survey")),
  file.path(folder, "seconds.json"))
