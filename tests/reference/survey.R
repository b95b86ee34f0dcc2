# Rscript survey.R frame.csv golden.csv: every number with the line that made it.
suppressMessages(library(survey))
files <- commandArgs(trailingOnly = TRUE)
people <- read.csv(files[1], colClasses = c(stratum = "character", psu = "character"))
options(digits = 17, survey.adjust.domain.lonely = FALSE)

# Designs: the option for single-PSU strata, and the line that declares strata, PSUs and weights.
designs <- rbind(
  c("centre", "adjust", "svydesign(~psu, strata = ~stratum, weights = ~weight, data = people)"),
  c("certainty", "certainty", "svydesign(~psu, strata = ~stratum, weights = ~weight, data = people)"),
  c("average", "average", "svydesign(~psu, strata = ~stratum, weights = ~weight, data = people)"),
  c("no_strata", "adjust", "svydesign(~psu, weights = ~weight, data = people)"),
  c("no_psu", "adjust", "svydesign(~1, strata = ~stratum, weights = ~weight, data = people)"),
  c("neither", "adjust", "svydesign(~1, weights = ~weight, data = people)"),
  c("some_zero", "adjust", "svydesign(~psu, strata = ~stratum, weights = ~weight_some_zero, data = people)")
)
domains <- c(
  total = "working_age <= 1", male = 'sex == "male"', female = 'sex == "female"', camp = 'area == "camp"',
  male_young = 'sex == "male" & age == "young"', female_old = 'sex == "female" & age == "old"',
  camp_male_old = 'area == "camp" & sex == "male" & age == "old"'
)
# What is estimated: name, numerator, denominator (none: a total), and the domain it speaks about.
estimands <- rbind(
  c("unemployment_rate", "unemployed", "labour_force", "labour_force == 1"),
  c("participation_rate", "labour_force", "working_age", "working_age == 1"),
  c("outside_per_employed", "outside", "employed", "(outside == 1 | employed == 1)"),
  c("employed", "employed", "", "working_age == 1"),
  c("unemployed", "unemployed", "", "working_age == 1")
)

golden <- list()
lines_of <- function(design, domain, estimand) {
  function(line, names) {
    numbers <- as.numeric(eval(parse(text = line), globalenv()))
    stopifnot(length(numbers) == length(names))
    golden[[length(golden) + 1]] <<- data.frame(
      design, domain, estimand, statistic = names, number = sprintf("%.17g", numbers), line
    )
    numbers
  }
}
# prop.test warns of small samples.
suppress <- function(line) sprintf("suppressWarnings(%s)", line)
both <- function(name) paste0(name, c("_lower", "_upper"))

for (i in seq_len(nrow(designs))) {
  options(survey.lonely.psu = designs[i, 2])
  design <- eval(parse(text = designs[i, 3]))
  for (domain in names(domains)) {
    for (j in seq_len(nrow(estimands))) {
      numerator <- estimands[j, 2]
      denominator <- estimands[j, 3]
      d <- sprintf("subset(design, %s & %s)", estimands[j, 4], domains[[domain]])
      what <- if (denominator == "") {
        sprintf('svytotal(~%s, %s, deff = "replace")', numerator, d)
      } else {
        sprintf('svyratio(~%s, ~%s, %s, deff = "replace")', numerator, denominator, d)
      }
      record <- lines_of(designs[i, 1], domain, estimands[j, 1])
      record(sprintf("coef(%s)", what), "value")
      record(sprintf("SE(%s)", what), "se")
      record(sprintf("deff(%s)", what), "deff")
      df <- record(sprintf("degf(%s)", d), "df")
      if (df < 1) next
      record(sprintf("confint(%s, df = %d)", what, df), both("normal"))
      if (denominator == "") {
        logarithm <- sprintf("svycontrast(svytotal(~%s, %s), quote(log(%s)))", numerator, d, numerator)
        record(sprintf("exp(confint(%s, df = %d))", logarithm, df), both("log"))
      } else if (estimands[j, 4] == paste(denominator, "== 1")) {
        share <- sprintf("svyciprop(~%s, %s", numerator, d)
        record(sprintf('attr(%s, method = "xlogit"), "ci")', share), both("logit"))
        record(sprintf('attr(%s, method = "logit"), "ci")', share), both("glm_logit"))
        # svyciprop counts the rows of the domain, those of weight zero too; we count respondents.
        if (designs[i, 1] == "some_zero") share <- sub(")$", " & weight_some_zero > 0)", share)
        record(sprintf('attr(%s, method = "beta"), "ci")', share), both("korn_graubard"))
        # The package has no Wilson limits: R's own, of the effective sample size, with Student's t in the normal's place.
        # With one degree of freedom t is so large that prop.test cannot be told of it.
        m <- sprintf("(coef(%1$s) * (1 - coef(%1$s)) / SE(%1$s)^2)", what)
        if (df > 1 && is.finite(eval(parse(text = m)))) {
          line <- "prop.test(coef(%1$s) * %2$s, %2$s, conf.level = 2 * pnorm(qt(0.975, %3$d)) - 1, correct = FALSE)$conf.int"
          record(suppress(sprintf(line, what, m, df)), both("wilson"))
        }
      }
    }
  }
  record <- lines_of(designs[i, 1], "sex x age", "unemployment_rate")
  line <- "svyby(~unemployed, ~sex + age, subset(design, labour_force == 1), svyratio, denominator = ~labour_force)"
  cells <- eval(parse(text = line))
  record(sprintf("coef(%s)", line), paste("value", cells$sex, cells$age))
  record(sprintf("SE(%s)", line), paste("se", cells$sex, cells$age))
}
write.csv(do.call(rbind, golden), files[2], row.names = FALSE)
