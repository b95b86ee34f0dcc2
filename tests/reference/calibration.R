# Rscript calibration.R households.csv controls.csv golden.csv: weights by every method, with the line that made them.
suppressMessages(library(survey))
files <- commandArgs(trailingOnly = TRUE)
people <- read.csv(files[1], stringsAsFactors = TRUE)
people$one <- 1
controls <- read.csv(files[2])
options(digits = 17)

# Totals by margin, in the order of R's columns.
margin <- function(name) {
  rows <- controls[controls$margin == name, ]
  categories <- do.call(rbind, strsplit(rows$categories, " x "))
  table <- setNames(as.data.frame(categories, stringsAsFactors = TRUE), strsplit(rows$variables[1], " x ")[[1]])
  cbind(table, Freq = rows$total)
}
region_sex <- margin("region x sex")
age <- margin("age")
region_area <- margin("region x area")
camp <- sum(region_area$Freq[region_area$area == "camp"])
# One column a category, so that nothing hangs on R's contrasts; columns that repeat others are left out by hand.
indicator <- function(what) as.numeric(what)
columns <- c()
totals <- c()
for (i in seq_len(nrow(region_sex))) {
  name <- paste0("rs", i)
  people[[name]] <- indicator(people$region == region_sex$region[i] & people$sex == region_sex$sex[i])
  columns <- c(columns, name)
  totals <- c(totals, region_sex$Freq[i])
}
for (i in seq_len(nrow(age))[-1]) {
  name <- paste0("a", i)
  people[[name]] <- indicator(people$age == age$age[i])
  columns <- c(columns, name)
  totals <- c(totals, age$Freq[i])
}
people$camp <- indicator(people$area == "camp")
columns <- c(columns, "camp")
totals <- c(totals, camp)
names(totals) <- columns
formula <- as.formula(paste("~", paste(columns, collapse = "+"), "- 1"))
person <- svydesign(~psu, strata = ~stratum, weights = ~weight, data = people)
household <- svydesign(~psu + household, strata = ~stratum, weights = ~weight, data = people)
tight <- list(maxit = 500, epsilon = 1e-10)

lines <- c(
  person_linear = "calibrate(person, formula, totals, calfun = 'linear')",
  person_raking = "calibrate(person, formula, totals, calfun = 'raking', epsilon = 1e-10)",
  person_truncated_linear = "calibrate(person, formula, totals, calfun = cal.linear, bounds = c(0.7, 1.35), epsilon = 1e-10)",
  person_bounded_raking = "calibrate(person, formula, totals, calfun = cal.raking, bounds = c(0.75, 1.4), epsilon = 1e-10)",
  person_logit = "calibrate(person, formula, totals, calfun = 'logit', bounds = c(0.7, 1.35), epsilon = 1e-10)",
  household_linear = "calibrate(household, formula, totals, calfun = 'linear', aggregate.stage = 2)",
  household_raking = "calibrate(household, formula, totals, calfun = 'raking', aggregate.stage = 2, epsilon = 1e-10)",
  household_truncated_linear = "calibrate(household, formula, totals, calfun = cal.linear, bounds = c(0.6, 1.4), aggregate.stage = 2, epsilon = 1e-10)",
  household_logit = "calibrate(household, formula, totals, calfun = 'logit', bounds = c(0.6, 1.45), aggregate.stage = 2, epsilon = 1e-10)",
  rake = "rake(person, list(~region + sex, ~age), list(region_sex, age), control = tight)",
  poststratification = "postStratify(person, ~region + sex, region_sex)"
)
golden <- list()
record <- function(method, domain, statistic, numbers, line) {
  golden[[length(golden) + 1]] <<- data.frame(
    design = method, domain, estimand = "weights", statistic, number = sprintf("%.17g", as.numeric(numbers)), line
  )
}
some <- seq(1, nrow(people), by = 20)
options(survey.lonely.psu = "adjust")
for (method in names(lines)) {
  line <- lines[[method]]
  d <- eval(parse(text = line))
  w <- weights(d)
  record(method, "total", "sum_of_squares", sum(w^2), sprintf("sum(weights(%s)^2)", line))
  record(method, as.character(people$person[some]), "weight", w[some], sprintf("weights(%s)", line))
  for (domain in c("working_age <= 1", "sex == \"male\"", "area == \"camp\"")) {
    for (what in c("svytotal(~unemployed, %s)", "svyratio(~unemployed, ~labour_force, %s)", "svytotal(~one, %s)")) {
      call <- sprintf(paste0("SE(", what, ")"), sprintf("subset(d, %s)", domain))
      record(method, domain, what, eval(parse(text = call)), paste("d <-", line, ";", call))
    }
  }
}
fitted <- glm(answered ~ sex + region, family = binomial, data = people, control = list(epsilon = 1e-14, maxit = 50))
record("propensity", as.character(people$person[some]), "propensity", fitted(fitted)[some],
       "fitted(glm(answered ~ sex + region, family = binomial, data = people))")
write.csv(do.call(rbind, golden), files[3], row.names = FALSE)
