// The table under the chart: the same figures, one row a category and round.

function fillTable(content) {
  const { words } = content;
  const table = document.querySelector("table");
  table.caption.replaceChildren(element("span", {}, [content.title, content.invented].filter(Boolean).join(". ")));
  const head = element("tr", {});
  for (const variable of content.variables) head.append(element("th", { scope: "col" }, words.variables[variable][0]));
  head.append(element("th", { scope: "col" }, words.text.column_round));
  for (const name of ["estimate", "se", "interval", "n"]) head.append(element("th", { scope: "col", class: `number ${name === "estimate" ? "value" : name}` }, words.text[`column_${name}`]));
  table.tHead.replaceChildren(head);
  table.tBodies[0].replaceChildren(...content.rows.flatMap((row) => row.figures.map((figure, place) => tableRow(content, row, figure, place))));
}

function tableRow(content, row, figure, place) {
  const { words } = content;
  const made = element("tr", { class: [place ? "" : "first", row.margin ? "margin" : ""].join(" ").trim() });
  content.variables.forEach((variable, at) => made.append(element("th", { scope: "row" }, category(words, variable, row.codes[at]))));
  made.append(element("th", { scope: "row", class: "when" }, content.rounds[place].short));
  for (const column of ["value", "se", "interval", "n"]) {
    const written = cell(words, figure, column, content.digits);
    // A range with words in it is read as text is.
    const own = words.direction === "rtl" && /[\u0621-\u064a\u066e-\u06d5]/.test(written) ? "rtl" : words.number_direction;
    const text = element("bdi", { dir: own }, written);
    const shown = element("td", { class: `number ${column}` }, text);
    if (column === "value" && figure.mark && !Number.isNaN(figure.value)) {
      const [short, meaning] = words.marks[figure.mark];
      shown.append(" ", element("span", { class: "mark", title: meaning }, short));
    }
    made.append(shown);
  }
  return made;
}

// What has to be said under the table, as under the tables of the report.
function tableNotes(content) {
  const { words, view } = content;
  const found = new Set(content.rows.flatMap((row) => row.figures.flatMap(marksOf)));
  const [, universe] = words.indicators[view.indicator];
  return [
    ...content.breaks.flat(),
    ...Object.entries(words.marks).filter(([mark]) => found.has(mark)).map(([, [short, meaning]]) => `${short} ${meaning}`),
    `${words.units[content.unit][1]} ${universe}`,
    [content.source, content.invented].filter(Boolean).join(" "),
  ];
}

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== "") made.setAttribute(key, value);
  made.append(...children);
  return made;
}
