# Rscript examples.R folder: R's own example data as CSV, and figures of theirs with the line that made each. The folder
# holds signs.csv, the Hadamard matrix to take.
suppressMessages(library(survey))
folder <- commandArgs(trailingOnly = TRUE)[1]
signs <- unname(as.matrix(read.csv(file.path(folder, "signs.csv"))))
data(api)
data(scd)
data(mu284)
data(nhanes)
scd$weight <- 1
# As if the first district had no more than its two ambulances, which were then sure to be in, and each other one twenty.
scd$ambulances <- ifelse(scd$ESA == 1, 2, 20)
nhanes$high <- nhanes$HI_CHOL
mu284$weight <- mu284$n1 / 5 * mu284$n2 / 3
for (name in c("apiclus1", "apiclus2", "apistrat", "scd", "mu284", "nhanes")) {
  table <- get(name)
  write.csv(table[!sapply(table, is.list)], file.path(folder, paste0(name, ".csv")), row.names = FALSE, na = "")
}
options(digits = 17, survey.lonely.psu = "adjust")
clus2 <- svydesign(~dnum + snum, fpc = ~fpc1 + fpc2, weights = ~pw, data = apiclus2)
strat <- svydesign(~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = apistrat)
mu <- svydesign(~id1 + id2, fpc = ~n1 + n2, data = mu284)
pairs <- svydesign(~ambulance, strata = ~ESA, weights = ~weight, data = scd, nest = TRUE)
sure <- svydesign(~ambulance, strata = ~ESA, weights = ~weight, fpc = ~ambulances, data = scd, nest = TRUE)
exam <- svydesign(~SDMVPSU, strata = ~SDMVSTRA, weights = ~WTMEC2YR, nest = TRUE, data = nhanes)
lines <- c(
  "svytotal(~enroll, subset(clus2, !is.na(enroll)))", "svymean(~api00, clus2)",
  "svymean(~api00, subset(clus2, stype == 'H'))",
  "svytotal(~enroll, strat)", "svymean(~api00, strat)", "svyratio(~api.stu, ~enroll, strat)",
  "svytotal(~y1, mu)", "svymean(~y1, mu)",
  "svyratio(~alive, ~arrests, pairs)", "svyratio(~alive, ~arrests, sure)", "svytotal(~alive, sure)",
  "svyratio(~alive, ~arrests, as.svrepdesign(pairs, type = 'JKn', mse = TRUE))",
  "svyratio(~alive, ~arrests, as.svrepdesign(pairs, type = 'BRR', hadamard.matrix = signs, mse = TRUE))",
  "svymean(~high, subset(exam, !is.na(high)))", "svymean(~high, subset(exam, !is.na(high) & RIAGENDR == 2))"
)
figures <- do.call(rbind, lapply(lines, function(line) {
  found <- eval(parse(text = line))
  data.frame(line, value = sprintf("%.17g", as.numeric(coef(found))), se = sprintf("%.17g", as.numeric(SE(found))))
}))
write.csv(figures, file.path(folder, "figures.csv"), row.names = FALSE)
