// What is shown: language, indicator, breakdown, standard, rounds, kind of chart. It stands in the address after '#',
// by codes, so that a link, the back button and a bookmark bring it back.

const KINDS = ["dots", "bars", "trend"];

// The view that the address names, each part that it lacks or that does not exist replaced by the nearest that does.
function viewOf(address, figures, vocabulary, before) {
  const { index } = figures;
  const asked = Object.fromEntries(new URLSearchParams(address.replace(/^#/, "")));
  const named = (list, name) => list.findIndex((each) => (Array.isArray(each) ? each[0] : each) === name);
  const view = { ...before };
  const language = vocabulary.languages.findIndex((each) => each.language === asked.language);
  if (language >= 0) view.language = language;
  const indicator = named(index.indicators, asked.indicator);
  if (indicator >= 0) view.indicator = indicator;
  const breakdown = named(index.breakdowns, asked.by);
  if (breakdown >= 0) view.breakdown = breakdown;
  const standard = named(index.standards, asked.standard);
  view.standard = standard >= 0 ? standard : index.main_standards[view.indicator];
  const rounds = (asked.rounds ?? "").split(",").map((name) => index.rounds.indexOf(name)).filter((round) => round >= 0);
  if (rounds.length) view.rounds = [...new Set(rounds)].sort((a, b) => a - b);
  if (KINDS.includes(asked.chart)) view.kind = asked.chart;
  return possible(view, figures);
}

// The view itself where there is something to show for it, or else the nearest that there is.
function possible(view, figures) {
  const { index } = figures;
  const made = { ...view };
  const breakdowns = breakdownsOf(figures, made.indicator);
  if (!breakdowns.includes(made.breakdown)) {
    const bySex = index.breakdowns.findIndex(([name]) => name === "sex");
    made.breakdown = breakdowns.includes(bySex) ? bySex : breakdowns[0];
  }
  const standards = standardsOf(figures, made.indicator, made.breakdown);
  if (!standards.includes(made.standard)) {
    const main = index.main_standards[made.indicator];
    made.standard = standards.includes(main) ? main : standards[0];
  }
  const rounds = roundsOf(figures, made.indicator, made.standard, made.breakdown);
  const kept = made.rounds.filter((round) => rounds.includes(round));
  made.rounds = kept.length ? kept : rounds.slice(-2);
  if (made.kind === "trend" && rounds.length < 2) made.kind = "dots";
  return made;
}

function addressOf(view, figures, vocabulary) {
  const { index } = figures;
  const parts = {
    language: vocabulary.languages[view.language].language,
    indicator: index.indicators[view.indicator][0],
    by: index.breakdowns[view.breakdown][0],
    standard: index.standards[view.standard],
    rounds: view.rounds.map((round) => index.rounds[round]).join(","),
    chart: view.kind,
  };
  return "#" + Object.entries(parts).map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll("%2C", ",")}`).join("&");
}

// The language of the browser where the page has it, else the first.
function firstLanguage(vocabulary) {
  const known = vocabulary.languages.map((each) => each.language);
  const wanted = (navigator.languages ?? []).map((name) => known.indexOf(name.split("-")[0]));
  return Math.max(0, wanted.find((place) => place >= 0) ?? 0);
}

// Everything that a view is drawn, tabulated and told from.
function contentOf(view, figures, vocabulary) {
  const { index } = figures;
  const words = vocabulary.languages[view.language];
  const [name, variables] = index.breakdowns[view.breakdown];
  const [indicator, unit] = index.indicators[view.indicator];
  const label = words.indicators[view.indicator][0];
  const several = standardsOf(figures, view.indicator, view.breakdown).length > 1;
  const named = several || view.standard !== index.main_standards[view.indicator]
    ? fill(words.text.by_standard, { indicator: label, standard: words.standards[view.standard][0] }) : label;
  const breaks = breaksOf(view, figures, words);
  return {
    view, words, variables, breaks, unit,
    key: name === "total" ? indicator : `${indicator}_by_${name}`,
    digits: index.units[unit],
    indicator: named,
    title: variables.length ? fill(words.text.by, { indicator: named, breakdown: words.by[view.breakdown] }) : named,
    rounds: view.rounds.map((round, place) => ({
      short: words.rounds[round][0] + (breaks[place].length ? ` ${words.marks.b[0]}` : ""),
      long: words.rounds[round][1],
      broken: breaks[place].length > 0,
    })),
    invented: view.rounds.some((round) => words.invented[round]) ? words.text.invented : "",
    source: sourcesOf(words, view.rounds),
    unstated: variables.map((variable) => index.variables[variable][1].indexOf("not_stated")),
    rows: rowsOf(figures, view.indicator, view.standard, view.breakdown, view.rounds),
  };
}

// The surveys that the rounds come from, a sentence each, and whom the rounds do not cover.
function sourcesOf(words, rounds) {
  const named = new Map();
  for (const [, long, source] of rounds.map((round) => words.rounds[round])) named.set(source, [...(named.get(source) ?? []), long]);
  const told = [...named].map(([source, of]) => fill(words.text.source_of, { source, rounds: listed(words, of) }));
  return [...told, ...rounds.map((round) => words.rounds[round][3]).filter(Boolean)].join(" ");
}

// For each round that is shown: why it is not to be compared with the one shown before it. At the first round a break is
// told only where the survey has nothing before it.
function breaksOf(view, figures, words) {
  const { index } = figures;
  const indicator = index.indicators[view.indicator][0];
  return view.rounds.map((round, place) => {
    const at = index.every_round.indexOf(index.rounds[round]);
    const before = place ? index.every_round.indexOf(index.rounds[view.rounds[place - 1]]) : at - 1;
    if (!place && at > 0) return [];
    const reasons = index.breaks.filter(([name, of]) => {
      const broken = index.every_round.indexOf(name);
      return (of === "*" || of === indicator) && broken > before && broken <= at;
    });
    return [...new Set(reasons.map(([name, , reason]) => fill(words.text.break, {
      mark: words.marks.b[0],
      round: words.every_round[index.every_round.indexOf(name)],
      reason: words.breaks[reason],
    })))];
  });
}
