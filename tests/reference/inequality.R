# Rscript inequality.R earners.csv golden.csv: Gini and weighted quantiles of the package laeken, and Gini's errors.
suppressMessages(library(survey))
suppressMessages(library(laeken))
files <- commandArgs(trailingOnly = TRUE)
people <- read.csv(files[1], colClasses = c(stratum = "character", psu = "character"))
options(digits = 17, survey.lonely.psu = "adjust", survey.adjust.domain.lonely = FALSE)

golden <- list()
record <- function(design, domain, estimand, statistic, line) {
  numbers <- as.numeric(eval(parse(text = line), globalenv()))
  stopifnot(length(numbers) == length(statistic))
  golden[[length(golden) + 1]] <<- data.frame(
    design, domain, estimand, statistic, number = sprintf("%.17g", numbers), line
  )
}
domains <- c(total = "hours >= 0", male = 'sex == "male"', female = 'sex == "female"', old = 'age == "50+"')
for (domain in names(domains)) {
  d <- sprintf("subset(people, !is.na(pay) & %s)", domains[[domain]])
  record("weights", domain, "gini", "value", sprintf("with(%s, gini(pay, weights = weight)$value / 100)", d))
  for (p in c(0.1, 0.25, 0.5, 0.8)) {
    record("weights", domain, paste0("quantile_", p), "value", sprintf("with(%s, weightedQuantile(pay, weight, %s))", d, p))
  }
  record("weights", domain, "quantile_0.5", "incMedian", sprintf("with(%s, incMedian(pay, weights = weight))", d))
}

# By linearisation: the derivative of the mean absolute difference of two earners over twice the mean, by each weight.
derivative <- function(pay, w) {
  apart <- abs(outer(pay, pay, "-"))
  to_others <- as.numeric(apart %*% w)
  G <- sum(w * to_others) / (2 * sum(w) * sum(w * pay))
  to_others / (sum(w) * sum(w * pay)) - G / sum(w) - G * pay / sum(w * pay)
}
designs <- c(
  replacement = "svydesign(~psu, strata = ~stratum, weights = ~weight, data = people)",
  sizes_2 = "svydesign(~psu + household, strata = ~stratum, weights = ~weight, fpc = ~size1 + size2, data = people)",
  opened = paste0(
    "svydesign(~ifelse(certainty == 1, paste(psu, household), psu), ",
    "strata = ~ifelse(certainty == 1, paste(stratum, psu), stratum), weights = ~weight, data = people)"
  )
)
for (name in names(designs)) {
  for (domain in names(domains)) {
    inside <- with(people, !is.na(pay) & eval(parse(text = domains[[domain]])))
    people$z <- 0
    people$z[inside] <- derivative(people$pay[inside], people$weight[inside])
    design <- eval(parse(text = designs[[name]]))
    record(name, domain, "gini", "se", "SE(svytotal(~z, subset(design, inside)))")
  }
}

# By leaving PSUs out, laeken's own function doing the work.
people$z <- NULL
jackknife <- as.svrepdesign(
  svydesign(~psu, strata = ~collapsed, weights = ~weight, data = people), type = "JKn", mse = TRUE
)
of_laeken <- function(w, data) gini(data$pay, weights = w)$value / 100
for (domain in names(domains)) {
  d <- sprintf("subset(jackknife, !is.na(pay) & %s)", domains[[domain]])
  record("jackknife", domain, "gini", c("value", "se"), sprintf("c(coef(withReplicates(%1$s, of_laeken)), SE(withReplicates(%1$s, of_laeken)))", d))
}
write.csv(do.call(rbind, golden), files[2], row.names = FALSE)
