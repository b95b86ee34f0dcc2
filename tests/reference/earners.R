# Rscript earners.R earners.csv signs.csv golden.csv: further stages, replicates, and estimates of numbers.
suppressMessages(library(survey))
files <- commandArgs(trailingOnly = TRUE)
people <- read.csv(files[1], colClasses = c(stratum = "character", psu = "character"))
two <- subset(people, stratum != "s1")
signs <- as.matrix(read.csv(files[2]))
dimnames(signs) <- NULL
options(digits = 17, survey.adjust.domain.lonely = FALSE)

golden <- list()
record <- function(design, domain, estimand, statistic, line) {
  numbers <- as.numeric(eval(parse(text = line), globalenv()))
  stopifnot(length(numbers) == length(statistic))
  golden[[length(golden) + 1]] <<- data.frame(
    design, domain, estimand, statistic, number = sprintf("%.17g", numbers), line
  )
}

# Designs: the option for single-PSU strata, and the line that declares the design.
designs <- rbind(
  c("replacement", "adjust", "svydesign(~psu, strata = ~stratum, weights = ~weight, data = people)"),
  c("sizes_1", "adjust", "svydesign(~psu, strata = ~stratum, weights = ~weight, fpc = ~size1, data = people)"),
  c("sizes_2", "adjust", "svydesign(~psu + household, strata = ~stratum, weights = ~weight, fpc = ~size1 + size2, data = people)"),
  c("fractions_2", "certainty", "svydesign(~psu + household, strata = ~stratum, weights = ~weight, fpc = ~fraction1 + fraction2, data = people)"),
  c("average_2", "average", "svydesign(~psu + household, strata = ~stratum, weights = ~weight, fpc = ~fraction1 + fraction2, data = people)"),
  c("collapsed", "fail", "svydesign(~psu, strata = ~collapsed, weights = ~weight, data = people)"),
  c("opened", "adjust", paste0(
    "svydesign(~ifelse(certainty == 1, paste(psu, household), psu), ",
    "strata = ~ifelse(certainty == 1, paste(stratum, psu), stratum), weights = ~weight, data = people)"
  ))
)
# Woodruff's limits around the share that is asked for: the quantiles at share -+ t SE(svymean(~I(pay <= q))).
woodruff <- function(d, share) {
  q <- svyquantile(~pay, d, share)$pay[1, 1]
  d <- update(d, below = as.numeric(pay <= q), least = as.numeric(pay == min(pay)))
  t <- qt(0.975, degf(d))
  # Below the share of the least number, survey 4.1 takes the second one.
  first <- coef(svymean(~least, d))
  least <- min(model.frame(d)$pay)
  at <- function(p) if (p <= 0 || p >= 1) NA else if (p <= first) least else svyquantile(~pay, d, p)$pay[1, 1]
  limits <- sapply(share + c(-1, 1) * t * SE(svymean(~below, d)), at)
  c(q, diff(limits) / (2 * t), limits)
}
domains <- c(total = "hours >= 0", male = 'sex == "male"', female = 'sex == "female"', old = 'age == "50+"')
for (i in seq_len(nrow(designs))) {
  options(survey.lonely.psu = designs[i, 2])
  design <- eval(parse(text = designs[i, 3]))
  name <- designs[i, 1]
  for (domain in names(domains)) {
    d <- sprintf("subset(design, !is.na(pay) & %s)", domains[[domain]])
    add <- function(estimand, statistic, line) record(name, domain, estimand, statistic, line)
    for (what in c("svytotal", "svymean")) {
      estimand <- paste0(sub("svy", "", what), "_pay")
      add(estimand, "value", sprintf("coef(%s(~pay, %s))", what, d))
      add(estimand, "se", sprintf("SE(%s(~pay, %s))", what, d))
      add(estimand, "deff", sprintf('deff(%s(~pay, %s, deff = "replace"))', what, d))
      add(estimand, "deff_without", sprintf("deff(%s(~pay, %s, deff = TRUE))", what, d))
    }
    add("mean_pay", "df", sprintf("degf(%s)", d))
    add("pay_by_hours", "value", sprintf("coef(svyratio(~pay, ~hours, %s))", d))
    add("pay_by_hours", "se", sprintf("SE(svyratio(~pay, ~hours, %s))", d))
    for (share in c(0.1, 0.5, 0.9)) {
      line <- sprintf("svyquantile(~pay, %s, %s)$pay[1, c(1, 4, 2, 3)]", d, share)
      add(paste0("quantile_", share), c("value", "se", "lower", "upper"), line)
      line <- sprintf("woodruff(%s, %s)", d, share)
      add(paste0("around_share_", share), c("value", "se", "lower", "upper"), line)
    }
  }
  by <- "svyby(~pay, ~sex, subset(design, !is.na(pay)), svymean, covmat = TRUE)"
  contrasts <- c(
    difference = sprintf("svycontrast(%s, c(male = 1, female = -1))", by),
    quotient = sprintf("svycontrast(%s, quote(male / female))", by)
  )
  for (estimand in names(contrasts)) {
    record(name, "male:female", estimand, "value", sprintf("coef(%s)", contrasts[[estimand]]))
    record(name, "male:female", estimand, "se", sprintf("SE(%s)", contrasts[[estimand]]))
  }
  for (sex in c("male", "female")) {
    rate <- sprintf(
      'svymean(~employed, svystandardize(subset(design, sex == "%s"), ~age, population = c(50, 30, 20)))', sex
    )
    record(name, sex, "standardised", "value", sprintf("coef(%s)", rate))
    # Standardised as a whole and then cut down, as the PSUs without a case of the domain count.
    rate <- sprintf(
      'svymean(~employed, subset(svystandardize(design, ~age, over = ~sex, population = c(50, 30, 20)), sex == "%s"))', sex
    )
    record(name, sex, "standardised", "se", sprintf("SE(%s)", rate))
  }
  shares <- "svymean(~age, subset(design, employed == 1))"
  record(name, "total", "share_of_age", paste("value", c("15-29", "30-49", "50+")), sprintf("coef(%s)", shares))
  record(name, "total", "share_of_age", paste("se", c("15-29", "30-49", "50+")), sprintf("SE(%s)", shares))
}

# Calibrated weights: residuals on the calibration variables, in and outside the domain.
options(survey.lonely.psu = "adjust")
# A calibrated design keeps its rows in a subset, so that numbers must not be missing outside it.
people$earned <- ifelse(is.na(people$pay), 0, people$pay)
for (sex in c("male", "female")) {
  people[[paste0(sex, "_pay")]] <- people$earned * (people$sex == sex)
  people[[paste0(sex, "_earner")]] <- as.numeric(!is.na(people$pay) & people$sex == sex)
}
x <- model.matrix(~ sex + age, people)
known <- colSums(x * people$weight * ifelse(people$sex == "female", 1.2, 0.9))
calibrated <- c(
  calibrated = "calibrate(svydesign(~psu, strata = ~stratum, weights = ~weight, data = people), ~ sex + age, known, epsilon = 1e-12)",
  calibrated_2 = "calibrate(svydesign(~psu + household, strata = ~stratum, weights = ~weight, fpc = ~fraction1 + fraction2, data = people), ~ sex + age, known, epsilon = 1e-12)"
)
for (name in names(calibrated)) {
  design <- eval(parse(text = calibrated[[name]]))
  for (domain in names(domains)) {
    d <- sprintf("subset(design, !is.na(pay) & %s)", domains[[domain]])
    record(name, domain, "total_pay", c("value", "se"), sprintf("c(coef(svytotal(~earned, %1$s)), SE(svytotal(~earned, %1$s)))", d))
    record(name, domain, "mean_pay", c("value", "se"), sprintf("c(coef(svymean(~earned, %1$s)), SE(svymean(~earned, %1$s)))", d))
    record(name, domain, "pay_by_hours", "se", sprintf("SE(svyratio(~earned, ~hours, %s))", d))
    record(name, domain, "quantile_0.5", c("value", "se", "lower", "upper"), sprintf("svyquantile(~earned, %s, 0.5)$earned[1, c(1, 4, 2, 3)]", d))
  }
  # svyby(covmat = TRUE) cannot do it with calibrated weights; totals and the delta method can.
  totals <- "svytotal(~male_pay + female_pay + male_earner + female_earner, design)"
  line <- sprintf("SE(svycontrast(%s, quote(male_pay / male_earner - female_pay / female_earner)))", totals)
  record(name, "male:female", "difference", "se", line)
}

# Replicates: name, and the line that makes the design.
columns <- 'repweights = "^replicate"'
replicates <- c(
  jackknife = "as.svrepdesign(svydesign(~psu, strata = ~collapsed, weights = ~weight, data = people), type = \"JKn\", mse = TRUE)",
  # With fpc in svydesign, survey 4.1.1 loses track of the strata taken whole once the replicates are subset.
  jackknife_fpc = "as.svrepdesign(svydesign(~psu, strata = ~stratum, weights = ~weight, data = two), type = \"JKn\", mse = TRUE, fpc = tapply(two$size1, two$stratum, max), fpctype = \"population\")",
  jackknife_1 = "as.svrepdesign(svydesign(~psu, weights = ~weight, data = people), type = \"JK1\", mse = TRUE)",
  balanced = "as.svrepdesign(svydesign(~half, strata = ~stratum, weights = ~weight, data = two), type = \"BRR\", hadamard.matrix = signs, mse = TRUE)",
  fay = "as.svrepdesign(svydesign(~half, strata = ~stratum, weights = ~weight, data = two), type = \"Fay\", fay.rho = 0.3, hadamard.matrix = signs, mse = TRUE)",
  delivered = sprintf("svrepdesign(%s, weights = ~weight, data = people, type = \"bootstrap\", mse = TRUE)", columns),
  around_mean = sprintf("svrepdesign(%s, weights = ~weight, data = people, type = \"bootstrap\", mse = FALSE)", columns),
  successive = sprintf("svrepdesign(%s, weights = ~weight, data = people, type = \"successive-difference\", mse = TRUE)", columns),
  rscales = sprintf("svrepdesign(%s, weights = ~weight, data = people, type = \"other\", scale = 0.5, rscales = (1:12) / 12, mse = TRUE)", columns)
)
# Half the mean distance of two earners over the mean: the definition, no sorting.
gini <- function(w, data) sum(outer(w, w) * abs(outer(data$pay, data$pay, "-"))) / (2 * sum(w) * sum(w * data$pay))
options(survey.lonely.psu = "fail")
for (name in names(replicates)) {
  design <- suppressWarnings(eval(parse(text = replicates[[name]])))
  for (domain in names(domains)) {
    d <- sprintf("subset(design, !is.na(pay) & %s)", domains[[domain]])
    record(name, domain, "total_pay", "se", sprintf("SE(svytotal(~pay, %s))", d))
    record(name, domain, "mean_pay", "se", sprintf("SE(svymean(~pay, %s))", d))
    record(name, domain, "pay_by_hours", "se", sprintf("SE(svyratio(~pay, ~hours, %s))", d))
    record(name, domain, "gini_pay", "value", sprintf("coef(withReplicates(%s, gini))", d))
    record(name, domain, "gini_pay", "se", sprintf("SE(withReplicates(%s, gini))", d))
    record(name, domain, "employment_rate", "se", sprintf("SE(svymean(~employed, subset(design, %s)))", domains[[domain]]))
  }
}
write.csv(do.call(rbind, golden), files[3], row.names = FALSE)
