# Rscript weighting.R households.csv controls.csv golden.csv: non-response, trimming, g-weights by another package,
# calibrated replicates, and comparisons under calibrated weights, each number with the line that made it.
suppressMessages(library(survey))
suppressMessages(library(sampling))
files <- commandArgs(trailingOnly = TRUE)
people <- read.csv(files[1], stringsAsFactors = TRUE)
controls <- read.csv(files[2])
options(digits = 17, survey.lonely.psu = "adjust")

# One column a control, those that repeat others left out.
region_sex <- model.matrix(~ region:sex - 1, people)
age <- model.matrix(~age, people)[, -1]
x <- cbind(region_sex, age, camp = as.numeric(people$area == "camp"))
categories <- c(gsub("region|sex", "", sub(":", " x ", colnames(region_sex))), sub("^age", "", colnames(age)), "camp")
margins <- rep(c("region x sex", "age", "camp"), c(ncol(region_sex), ncol(age), 1))
totals <- controls$total[match(paste(margins, categories), paste(controls$margin, controls$categories))]
colnames(x) <- names(totals) <- paste0("x", seq_along(totals))
people <- cbind(people, x)
formula <- as.formula(paste("~", paste(names(totals), collapse = "+"), "- 1"))

golden <- list()
record <- function(design, estimand, domain, statistic, numbers, line) {
  stopifnot(length(numbers) == max(length(domain), length(statistic)))
  golden[[length(golden) + 1]] <<- data.frame(
    design, domain = as.character(domain), estimand, statistic, number = sprintf("%.17g", as.numeric(numbers)), line
  )
}
some <- seq(1, nrow(people), by = 15)
# Weights of some persons, and what no weight can escape: the sum of all squares.
weights_are <- function(design, line) {
  w <- as.numeric(eval(parse(text = line), globalenv()))
  stopifnot(length(w) == nrow(people), is.finite(w))
  record(design, "weights", people$person[some], "weight", w[some], line)
  record(design, "weights", "total", "sum_of_squares", sum(w^2), paste0("sum((", line, ")^2)"))
}

# Non-response: weights of those who answered, over cells and by the inverse of a propensity.
answered <- people$complete <- people$result == "complete"
eligible <- people$result != "vacant"
known <- people$result != "absent"
share <- function(of, among, cell, w) ave(w * among, cell, FUN = sum) / ave(w * of, cell, FUN = sum)
weights_are("cell_stratum", "people$weight * answered * share(answered, eligible, people$stratum, people$weight)")
weights_are("cell_classes", "people$weight * answered * share(answered, eligible, paste(people$region, people$sex), people$weight)")
weights_are("eligibility", "people$weight * known * share(known, TRUE, people$stratum, people$weight)")
model <- "glm(complete ~ sex + region + size, binomial, people, subset = eligible, control = list(epsilon = 1e-14, maxit = 50))"
propensity <- rep(1, nrow(people))
propensity[eligible] <- fitted(eval(parse(text = model)))
weights_are("propensity", "people$weight * answered / propensity")
record("propensity", "propensity", people$person[some], "propensity", propensity[some], sprintf("fitted(%s)", model))
edges <- unique(quantile(propensity[eligible], 1:4 / 5))
class <- ifelse(eligible, findInterval(propensity, edges, left.open = TRUE), -1)
weights_are("propensity_classes", "ifelse(answered, people$weight * share(answered, eligible, class, people$weight), 0)")

# Trimming. trimWeights shares what is cut equally among the others, not in proportion: the same where these are alike.
people$even <- ifelse(people$weight > 500, people$weight, 200)
even <- svydesign(~psu, strata = ~stratum, weights = ~even, data = people)
weights_are("trim", "weights(trimWeights(even, upper = 500))")
# And calibrated again with the limits kept, which are then bounds on each weight.
household <- svydesign(~ psu + household, strata = ~stratum, weights = ~weight, data = people)
raked <- calibrate(household, formula, totals, aggregate.stage = 2, calfun = "raking", epsilon = 1e-12)
low <- 0.4 * median(weights(raked))
high <- 2 * median(weights(raked))
people$cut <- pmin(pmax(weights(raked), low), high)
cut <- svydesign(~ psu + household, strata = ~stratum, weights = ~cut, data = people)
record("trim_calibrated", "limits", "total", c("lowest", "highest"), c(low, high), "c(0.4, 2) * median(weights(raked))")
weights_are("trim_calibrated", paste(
  "weights(calibrate(cut, formula, totals, aggregate.stage = 2, calfun = cal.linear,",
  "bounds = list(lower = rep(low, nrow(people)), upper = rep(high, nrow(people))), bounds.const = TRUE, epsilon = 1e-12))"
))

# The package sampling, whose calib stops at 1e-6 of a total: the same code, told to go on.
calib_on <- calib
body(calib_on) <- parse(text = sub("EPS1 = 1e-06", "EPS1 = 1e-11", deparse(body(calib)), fixed = TRUE))[[1]]
g_weights <- c(
  sampling_linear = 'people$weight * calib_on(x, people$weight, totals, method = "linear")',
  sampling_raking = 'people$weight * calib_on(x, people$weight, totals, method = "raking")',
  sampling_truncated_linear = 'people$weight * calib_on(x, people$weight, totals, method = "truncated", bounds = c(0.7, 1.35))',
  sampling_logit = 'people$weight * calib_on(x, people$weight, totals, method = "logit", bounds = c(0.7, 1.35))',
  sampling_household_linear = '(first$weight * calib_on(sums, first$weight, totals, 1 / size, "linear"))[people$household]',
  sampling_household_raking = '(first$weight * calib_on(sums, first$weight, totals, 1 / size, "raking"))[people$household]'
)
first <- people[match(levels(people$household), people$household), ]
size <- as.numeric(table(people$household))
sums <- rowsum(x, people$household)
for (design in names(g_weights)) weights_are(design, g_weights[[design]])

# Of that package too: a ratio's error by Taylor under simple random sampling, and a total over strata.
n <- 60
N <- 240
taken <- people[people$labour_force == 1, ][1:n, ]
pairs <- matrix(n * (n - 1) / (N * (N - 1)), n, n)
diag(pairs) <- n / N
record("simple", "unemployment_rate", "total", "se", sqrt(vartaylor_ratio(taken$unemployed, taken$labour_force, pairs)$estvar),
       "sqrt(vartaylor_ratio(taken$unemployed, taken$labour_force, pairs)$estvar)")
record("as_drawn", "labour_force", "total", "value",
       HTstrata(people$labour_force, 1 / people$weight, as.integer(people$stratum)),
       "HTstrata(people$labour_force, 1 / people$weight, as.integer(people$stratum))")

# Errors under calibrated weights: rates of men and women compared, and rake's own.
for (sex in c("male", "female")) {
  people[[paste0("unemployed_", sex)]] <- people$unemployed * (people$sex == sex)
  people[[paste0("active_", sex)]] <- people$labour_force * (people$sex == sex)
}
person <- svydesign(~psu, strata = ~stratum, weights = ~weight, data = people)
household <- svydesign(~ psu + household, strata = ~stratum, weights = ~weight, data = people)
calibrated <- c(
  household_raking = "calibrate(household, formula, totals, aggregate.stage = 2, calfun = 'raking', epsilon = 1e-10)",
  person_logit = "calibrate(person, formula, totals, calfun = 'logit', bounds = c(0.7, 1.35), epsilon = 1e-10)",
  person_linear = "calibrate(person, formula, totals, calfun = 'linear')"
)
for (design in names(calibrated)) {
  d <- eval(parse(text = calibrated[[design]]))
  sides <- "svytotal(~ unemployed_male + active_male + unemployed_female + active_female, d)"
  for (estimand in c("difference", "quotient")) {
    sign <- c(difference = "-", quotient = "/")[[estimand]]
    line <- sprintf("svycontrast(%s, quote((unemployed_male / active_male) %s (unemployed_female / active_female)))", sides, sign)
    found <- eval(parse(text = line))
    record(design, estimand, "male:female", c("value", "se"), c(coef(found), SE(found)), paste("d <-", calibrated[[design]], ";", line))
  }
}

# Replicates, each of them calibrated.
people$collapsed <- sub("s11", "s10", people$stratum)
jackknife <- as.svrepdesign(
  svydesign(~psu, strata = ~collapsed, weights = ~weight, data = people), type = "JKn", mse = TRUE, compress = FALSE
)
replicated <- c(
  replicates_linear = "calibrate(jackknife, formula, totals, compress = FALSE, calfun = 'linear')",
  replicates_raking = "calibrate(jackknife, formula, totals, compress = FALSE, calfun = 'raking', epsilon = 1e-11)",
  replicates_logit = "calibrate(jackknife, formula, totals, compress = FALSE, calfun = 'logit', bounds = c(0.3, 3), epsilon = 1e-11)",
  replicates_household = "calibrate(jackknife, formula, totals, compress = FALSE, aggregate.index = ~household, calfun = 'raking', epsilon = 1e-11)"
)
for (design in names(replicated)) {
  d <- eval(parse(text = replicated[[design]]))
  for (line in c("svytotal(~unemployed, d)", "svyratio(~unemployed, ~labour_force, d)", "svytotal(~x1, d)")) {
    found <- eval(parse(text = line))
    estimand <- c(svyt = "unemployed", svyr = "unemployment_rate")[[substr(line, 1, 4)]]
    if (grepl("x1", line)) estimand <- "control"
    record(design, estimand, "total", c("value", "se"), c(coef(found), SE(found)), paste("d <-", replicated[[design]], ";", line))
  }
}
write.csv(do.call(rbind, golden), files[3], row.names = FALSE)
