// The chart of a view: categories down the side, one dot and whisker (or bar) a round; or, in trend.js, lines over rounds.

const NARROW = 560;
const PAD = 22;

function chart(content, width, whole) {
  const drawing = new Drawing(width, content.words);
  let y = whole ? drawHead(drawing, content) : 16;
  if (content.invented && !whole) {
    drawing.text(0, y, content.invented, { colour: "warn", bold: true });
    y += LINE + 4;
  }
  y = content.view.kind === "trend" ? drawTrend(drawing, content, y) : drawRows(drawing, content, y);
  if (whole) y = drawFoot(drawing, content, y + 10);
  const kind = content.words.kinds[content.view.kind];
  const told = fill(content.words.text.alt, { kind, title: content.title, rounds: listed(content.words, content.rounds.map((round) => round.long)) });
  return drawing.finished(y, told);
}

// Title and banner of a picture that stands alone.
function drawHead(drawing, content) {
  let y = drawing.lines(0, 24, wrapped(content.title, drawing.width * 0.95, 16), { size: 16, bold: true });
  if (content.invented) y = drawing.lines(0, y, [content.invented], { colour: "warn", bold: true });
  return y + 6;
}

// Notes and source of a picture that stands alone.
function drawFoot(drawing, content, y) {
  for (const note of [...chartNotes(content), ...content.breaks.flat(), content.source]) {
    y = drawing.lines(0, y, wrapped(note, drawing.width, 12), { size: 12, colour: "soft" });
  }
  return y;
}

// Rows of people who did not state what is asked are drawn only where they have a figure.
function drawnRows({ rows, variables, unstated }) {
  return rows.filter((row) => row.figures.some((figure) => !Number.isNaN(figure.value))
    || !row.codes.some((code, place) => code >= 0 && unstated[place] === code));
}

// What has to be said under the chart.
function chartNotes(content) {
  const figures = drawnRows(content).flatMap((row) => row.figures);
  const { words } = content;
  const notes = [words.text.lines];
  if (figures.some((figure) => figure.mark === "u")) notes.push(words.text.hollow);
  if (content.view.kind === "trend" && content.rounds.some((round) => round.broken)) notes.push(words.text.broken);
  const shown = new Set(figures.map((figure) => figure.mark).filter((mark) => mark && mark !== "x"));
  for (const mark of Object.keys(words.marks)) if (shown.has(mark)) notes.push(`${words.marks[mark][0]} ${words.marks[mark][1]}`);
  return notes;
}

function drawRows(drawing, content, y) {
  const { words, view, variables, rounds } = content;
  const rows = drawnRows(content);
  const bars = view.kind === "bars";
  if (rounds.length > 1) y = drawing.legend(y, rounds.map((round) => round.short), bars);
  const labels = rows.map((row) => rowLabel(content, row));
  const narrow = drawing.width < NARROW;
  const widest = Math.max(...labels.map((label) => widthOf(label)));
  const side = narrow ? 0 : Math.min(widest + 14, drawing.width * 0.36);
  const from = side + PAD / 2;
  const length = drawing.width - from - 44;
  const axis = axisOf(rows.flatMap((row) => row.figures), content.digits[0], length, words);
  const band = bars ? 15 : 16;
  const places = [];
  const top = y;
  y += 8;
  let group = null;
  rows.forEach((row, place) => {
    const heading = groupOf(content, row);
    if (variables.length > 1 && heading !== group) {
      if (group !== null) y += 8;
      y = drawing.lines(0, y + 13, wrapped(heading, drawing.width - 8), { bold: true }) - 6;
      group = heading;
    }
    const lines = wrapped(labels[place], (narrow ? drawing.width : side) - 10);
    if (narrow) y = drawing.lines(0, y + 14, lines) - 8;
    const height = Math.max(band * rounds.length, narrow ? 0 : LINE * lines.length) + 8;
    if (!narrow) drawing.lines(0, y + height / 2 + 4.5 - ((lines.length - 1) * LINE) / 2, lines);
    places.push(y + height / 2 - (band * (rounds.length - 1)) / 2);
    y += height;
  });
  const under = drawing.parts.splice(0);
  for (const tick of axis.ticks) {
    const x = from + axis.at(tick.value * 10 ** content.digits[0]);
    drawing.line(x, top, x, y, "grid");
    drawing.text(x, y + 16, tick.text, { anchor: "middle", size: 12, colour: "soft" });
    if (y - top > 700) drawing.text(x, top - 2, tick.text, { anchor: "middle", size: 12, colour: "soft" });
  }
  drawing.line(from + axis.zero, top, from + axis.zero, y, "axis");
  drawing.parts.push(...under);
  rows.forEach((row, place) => {
    row.figures.forEach((figure, series) => {
      drawFigure(drawing, content, figure, series, { from, axis, y: places[place] + band * series, bars, band });
    });
  });
  drawing.text(from + length, y + 34, words.units[content.unit][0], { anchor: "end", size: 12, colour: "soft" });
  return y + 42;
}

// A dot or a bar with its whisker; hollow or pale where it is not reliable, its mark where it is not shown.
function drawFigure(drawing, content, figure, series, { from, axis, y, bars, band }) {
  const { words } = content;
  const told = { "data-series": series };
  if (Number.isNaN(figure.value)) {
    drawing.text(from + axis.zero + 6, y + 4, words.marks[figure.mark][0], { size: 11, colour: "soft" });
    return;
  }
  const x = from + axis.at(figure.value);
  const low = Number.isNaN(figure.lower) ? x : from + axis.at(figure.lower);
  const high = Number.isNaN(figure.upper) ? x : from + axis.at(figure.upper);
  const zero = from + axis.zero;
  if (bars) drawing.bar(series, Math.min(x, zero), Math.abs(x - zero), y - band / 2 + 1, band - 2, figure.mark === "u", told);
  const line = bars ? (...ends) => drawing.line(...ends, "ink") : (...ends) => drawing.stroke(series, ...ends);
  if (high > low) {
    line(low, y, high, y);
    line(low, y - 3, low, y + 3);
    line(high, y - 3, high, y + 3);
  }
  if (!bars) drawing.marker(series, x, y, figure.mark === "u", told);
  if (figure.mark) drawing.text(Math.max(x, high) + 8, y + 4, words.marks[figure.mark][0], { size: 11, colour: "soft" });
}

// What stands beside a row: its last category; the others head its group.
function rowLabel(content, row) {
  const { words, variables, indicator } = content;
  return variables.length ? category(words, variables.at(-1), row.codes.at(-1)) : indicator;
}

function groupOf(content, row) {
  return content.variables.slice(0, -1).map((variable, place) => category(content.words, variable, row.codes[place])).join(" · ");
}
