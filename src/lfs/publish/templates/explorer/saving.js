// What is shown, as files: the table as CSV for spreadsheets and programs, the chart as a picture that stands alone.

// A text that a spreadsheet would take for a formula begins with an apostrophe.
function harmless(text) {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

function quoted(text) {
  return `"${harmless(bare(text)).replaceAll('"', '""')}"`;
}

// The plain number, as programs read it.
function plain(scaled, decimals) {
  return Number.isNaN(scaled) ? "" : (scaled / 10 ** decimals).toFixed(decimals);
}

function csvOf(content) {
  const { words, digits: [decimals, errorDecimals] } = content;
  const columns = ["estimate", "se", "lower", "upper", "n", "mark"].map((name) => words.text[`column_${name}`]);
  const head = [
    words.text.indicator, ...content.variables.map((variable) => words.variables[variable][0]), words.text.column_round,
    ...columns, words.text.unit, words.text.source,
  ];
  const lines = [head.map(quoted)];
  for (const row of content.rows) {
    row.figures.forEach((figure, place) => lines.push([
      quoted(content.indicator),
      ...content.variables.map((variable, at) => quoted(category(words, variable, row.codes[at]))),
      quoted(content.rounds[place].short),
      plain(figure.value, decimals), plain(figure.se, errorDecimals), plain(figure.lower, decimals), plain(figure.upper, decimals), plain(figure.n, 0),
      quoted(marksOf(figure).map((mark) => words.marks[mark][0]).join(" ")),
      quoted(words.units[content.unit][0]),
      quoted([content.source, content.invented].filter(Boolean).join(" ")),
    ]));
  }
  return "\ufeff" + lines.map((line) => line.join(",") + "\r\n").join("");
}

function svgOf(content) {
  const picture = chart(content, 760, true);
  const paper = svg("rect", { width: "100%", height: "100%", fill: COLOURS.paper });
  picture.setAttribute("viewBox", `-20 -8 800 ${Number(picture.getAttribute("height")) + 16}`);
  paper.setAttribute("x", -20);
  paper.setAttribute("y", -8);
  // With its letters, or another machine would set wider ones.
  const face = svg("style", {});
  face.textContent = document.styleSheets[0].cssRules[0].cssText;
  picture.querySelector("title").after(face, paper);
  return '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(picture);
}

function save(name, kind, text) {
  const address = URL.createObjectURL(new Blob([text], { type: kind }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
