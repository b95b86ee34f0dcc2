# Rscript calibrated.R people.csv golden.csv: every kind of estimate of the one pass, under calibrated designs.
suppressMessages(library(survey))
files <- commandArgs(trailingOnly = TRUE)
people <- read.csv(files[1], stringsAsFactors = TRUE)
options(digits = 17)
# The controls are columns; their totals are those of other weights of the same people.
columns <- grep("^control_", names(people), value = TRUE)
of <- function(names) setNames(sapply(names, function(name) sum(people$true_weight * people[[name]])), names)
formula_of <- function(names) as.formula(paste("~", paste(names, collapse = "+"), "- 1"))
every <- grep("^control_(sex_region|age)", columns, value = TRUE)
some <- grep("^control_camp", columns, value = TRUE)
person <- svydesign(~psu, strata = ~stratum, weights = ~weight, data = people)
household <- svydesign(~psu + household, strata = ~stratum, weights = ~weight, data = people)
stages <- svydesign(~psu + household, strata = ~stratum, weights = ~weight, fpc = ~fraction1 + fraction2, data = people)
designs <- c(
  person_linear = "calibrate(person, formula_of(every), of(every), epsilon = 1e-12)",
  person_raking = "calibrate(person, formula_of(every), of(every), calfun = 'raking', epsilon = 1e-12)",
  household_linear = "calibrate(household, formula_of(every), of(every), aggregate.stage = 2, epsilon = 1e-12)",
  household_raking = "calibrate(household, formula_of(every), of(every), calfun = 'raking', aggregate.stage = 2, epsilon = 1e-12)",
  incomplete = "calibrate(household, formula_of(some), of(some), aggregate.stage = 2, epsilon = 1e-12)",
  stages = "calibrate(stages, formula_of(every), of(every), aggregate.stage = 2, epsilon = 1e-12)",
  certainty = "calibrate(household, formula_of(every), of(every), aggregate.stage = 2, epsilon = 1e-12)",
  average = "calibrate(household, formula_of(every), of(every), aggregate.stage = 2, epsilon = 1e-12)"
)
# A ratio is asked for among those whom it speaks about, which the design effect counts.
estimands <- c(
  employed = "svyby(~employed, ~%s, d, svytotal, deff = 'replace')",
  unemployment_rate = "svyby(~unemployed, ~%s, subset(d, labour_force == 1), svyratio, denominator = ~labour_force, deff = 'replace')",
  outside_per_employed = "svyby(~outside, ~%s, subset(d, outside + employed == 1), svyratio, denominator = ~employed, deff = 'replace')"
)
golden <- list()
for (name in names(designs)) {
  options(survey.lonely.psu = if (name %in% c("certainty", "average")) name else "adjust")
  d <- eval(parse(text = designs[[name]]))
  for (estimand in names(estimands)) {
    for (by in c("everyone", "sex", "age", "area", "sex + age", "region + area")) {
      line <- sprintf(estimands[[estimand]], by)
      found <- as.data.frame(eval(parse(text = line)))
      keys <- strsplit(by, " + ", fixed = TRUE)[[1]]
      cell <- apply(found[keys], 1, paste, collapse = " x ")
      numbers <- found[ncol(found) - 2:0]
      for (i in 1:3) {
        golden[[length(golden) + 1]] <- data.frame(
          design = name, domain = paste(by, cell, sep = ": "), estimand, statistic = c("value", "se", "deff")[i],
          number = sprintf("%.17g", numbers[[i]]), line = paste("d <-", designs[[name]], ";", line)
        )
      }
    }
  }
}
write.csv(do.call(rbind, golden), files[2], row.names = FALSE)
