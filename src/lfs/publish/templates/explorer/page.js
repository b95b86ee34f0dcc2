// The page itself: controls that write the address, and an address from which everything is drawn.

const at = (id) => document.getElementById(id);

async function begin() {
  if (!("DecompressionStream" in window)) {
    at("old").hidden = false;
    return;
  }
  const [content, words] = await Promise.all([unpacked("figures"), unpacked("vocabulary"), document.fonts.load(`${SIZE}px Plex`)]);
  const figures = readFigures(content);
  const vocabulary = JSON.parse(new TextDecoder().decode(words));
  const page = { figures, vocabulary, view: firstView(figures, vocabulary), width: 0 };
  makeControls(page);
  const follow = () => {
    // A jump within the page is no view.
    if (location.hash && !location.hash.includes("=")) return;
    page.view = viewOf(location.hash, figures, vocabulary, location.hash ? page.view : firstView(figures, vocabulary));
    show(page);
  };
  window.addEventListener("hashchange", follow);
  at("main").hidden = false;
  follow();
  new ResizeObserver(() => {
    if (Math.floor(at("chart").clientWidth) !== page.width) drawChart(page);
  }).observe(at("chart"));
}

function firstView(figures, vocabulary) {
  const indicator = figures.index.indicators.findIndex(([name]) => name === vocabulary.start.indicator);
  const rounds = vocabulary.start.rounds.map((name) => figures.index.rounds.indexOf(name));
  const standard = figures.index.main_standards[indicator];
  return possible({ language: firstLanguage(vocabulary), indicator, breakdown: -1, standard, rounds, kind: "dots" }, figures);
}

// Controls are made once and keep the keyboard's focus; only their words and choices change.
function makeControls(page) {
  const { index } = page.figures;
  const choose = (part) => {
    location.hash = addressOf(possible({ ...page.view, ...part }, page.figures), page.figures, page.vocabulary);
  };
  page.vocabulary.languages.forEach((words, language) => {
    const button = element("button", { type: "button", lang: words.language, dir: words.direction }, words.name);
    button.addEventListener("click", () => choose({ language }));
    at("languages").append(button);
  });
  at("languages").hidden = page.vocabulary.languages.length < 2;
  for (const name of ["indicator", "breakdown", "standard"]) {
    at(name).addEventListener("change", () => choose({ [name]: Number(at(name).value) }));
  }
  index.rounds.forEach((_, round) => {
    const box = element("input", { type: "checkbox", value: round });
    box.addEventListener("change", () => {
      const chosen = [...at("rounds").querySelectorAll("input:checked")].map((each) => Number(each.value));
      if (chosen.length) choose({ rounds: chosen });
      else {
        box.checked = true;
        at("status").textContent = page.vocabulary.languages[page.view.language].text.one_period;
      }
    });
    at("rounds").append(element("label", {}, box, element("span", {})));
  });
  const all = element("button", { type: "button", id: "all-rounds" });
  all.addEventListener("click", () => choose({ rounds: index.rounds.map((_, round) => round) }));
  at("rounds").append(all);
  for (const kind of KINDS) {
    const dot = element("input", { type: "radio", name: "kind", value: kind });
    // One round is no trend.
    const every = () => index.rounds.map((_, round) => round);
    dot.addEventListener("change", () => choose(kind === "trend" && page.view.rounds.length < 2 ? { kind, rounds: every() } : { kind }));
    at("kinds").append(element("label", {}, dot, element("span", {})));
  }
  at("choice").addEventListener("submit", (event) => event.preventDefault());
  at("skip").addEventListener("click", (event) => {
    event.preventDefault();
    at("shown").focus();
  });
  at("save-table").addEventListener("click", () => save(`${page.content.key}.csv`, "text/csv;charset=utf-8", csvOf(page.content)));
  at("save-chart").addEventListener("click", () => save(`${page.content.key}.svg`, "image/svg+xml", svgOf(page.content)));
}

function show(page) {
  page.content = contentOf(page.view, page.figures, page.vocabulary);
  showLanguage(page);
  showChoices(page);
  const { content } = page;
  const { words } = content;
  const rounds = listed(words, content.rounds.map((round) => round.long));
  at("shown-title").textContent = content.title;
  at("shown-rounds").textContent = rounds;
  drawChart(page);
  fillTable(content);
  paragraphs("notes", tableNotes(content));
  const [name, , definition, reference] = words.indicators[page.view.indicator];
  const standard = words.standards[page.view.standard];
  at("about").replaceChildren(...[`${name}. ${definition}`, reference, `${standard[0]}. ${standard[1]}`].filter(Boolean).map((text) => element("p", {}, text)));
  at("link").setAttribute("href", addressOf(page.view, page.figures, page.vocabulary));
  at("status").textContent = fill(words.text.now, { title: content.title, rounds });
}

function showLanguage({ content: { words }, vocabulary }) {
  document.documentElement.lang = words.language;
  document.documentElement.dir = words.direction;
  const title = `${words.survey}: ${words.text.title}`;
  document.title = words.banner ? `${title} – ${words.text.invented}` : title;
  const texts = {
    title, publisher: words.publisher, intro: words.text.intro, skip: words.text.skip, banner: words.banner, unedited: words.unedited,
    "choice-title": words.text.choose, "save-table": words.text.save_table, "save-chart": words.text.save_chart, link: words.text.link,
    "about-title": words.text.about, "marks-title": words.text.marks, "all-rounds": words.text.all_periods,
  };
  for (const [id, text] of Object.entries(texts)) at(id).textContent = text;
  at("banner").hidden = !words.banner;
  at("unedited").hidden = !words.unedited;
  at("languages").setAttribute("aria-label", words.text.language);
  [...at("languages").children].forEach((button, place) => button.setAttribute("aria-pressed", vocabulary.languages[place] === words));
  for (const name of ["indicator", "breakdown", "standard"]) {
    document.querySelector(`label[for=${name}]`).textContent = name === "standard" ? words.text.column_standard : words.text[name];
  }
  at("rounds").querySelector("legend").textContent = words.text.periods;
  at("kinds").querySelector("legend").textContent = words.text.kind;
  at("marks").replaceChildren(...Object.values(words.marks).flatMap(([short, meaning]) => [
    element("dt", {}, element("bdi", {}, short)), element("dd", {}, meaning),
  ]));
  paragraphs("rules", [...words.mark_rules, ...words.remarks]);
}

function showChoices({ content: { words }, view, figures }) {
  const { index } = figures;
  const option = (value, text) => element("option", { value }, text);
  at("indicator").replaceChildren(...index.subjects.map((indicators, subject) => element(
    "optgroup", { label: words.subjects[subject] }, ...indicators.map((indicator) => option(indicator, words.indicators[indicator][0])))));
  at("breakdown").replaceChildren(...breakdownsOf(figures, view.indicator).map((breakdown) => option(breakdown, breakdownName(words, index, breakdown))));
  const standards = standardsOf(figures, view.indicator, view.breakdown);
  at("standard").replaceChildren(...standards.map((standard) => option(standard, words.standards[standard][0])));
  for (const name of ["indicator", "breakdown", "standard"]) at(name).value = view[name];
  at("standard").parentElement.hidden = standards.length < 2;
  const available = roundsOf(figures, view.indicator, view.standard, view.breakdown);
  at("rounds").querySelectorAll("label").forEach((label, round) => {
    label.hidden = !available.includes(round);
    label.querySelector("input").checked = view.rounds.includes(round);
    label.querySelector("span").textContent = words.rounds[round][0];
  });
  at("all-rounds").hidden = available.length < 3;
  at("kinds").querySelectorAll("label").forEach((label, place) => {
    const dot = label.querySelector("input");
    dot.checked = KINDS[place] === view.kind;
    label.hidden = KINDS[place] === "trend" && available.length < 2;
    label.querySelector("span").textContent = words.kinds[KINDS[place]];
  });
}

function breakdownName(words, index, breakdown) {
  const names = index.breakdowns[breakdown][1].map((variable) => words.variables[variable][0]);
  return names.join(" × ") || words.text.whole;
}

function drawChart(page) {
  const { content } = page;
  page.width = Math.floor(at("chart").clientWidth);
  const some = content.rows.some((row) => row.figures.some((figure) => !Number.isNaN(figure.value)));
  at("chart").replaceChildren(some ? chart(content, Math.max(280, page.width), false) : element("p", {}, content.words.text.none_drawn));
  at("save-chart").hidden = !some;
  paragraphs("chart-notes", some ? chartNotes(content) : []);
}

function paragraphs(id, texts) {
  at(id).replaceChildren(...texts.map((text) => element("p", {}, text)));
}

begin();
