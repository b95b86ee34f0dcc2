// Lines over the rounds: a small panel for each category, in it a line for each category of the first variable.
// A line is interrupted where the series breaks; there a dashed line stands.

const PANEL = 215;

function drawTrend(drawing, content, y) {
  const { words, variables } = content;
  const rows = drawnRows(content);
  const leading = variables.length > 1 ? [...new Set(rows.map((row) => row.codes[0]))] : [null];
  // More lines in a panel than there are colours could not be told apart: then each has a panel of its own.
  const lead = leading.length <= SERIES.length ? leading : [null];
  const apart = lead[0] === null;
  if (lead.length > 1) y = drawing.legend(y, lead.map((code) => category(words, variables[0], code)), false);
  const panels = new Map();
  for (const row of rows) {
    const codes = apart ? row.codes : row.codes.slice(1);
    const key = codes.join();
    if (!panels.has(key)) panels.set(key, { codes, lines: [] });
    panels.get(key).lines.push({ series: apart ? 0 : lead.indexOf(row.codes[0]), figures: row.figures });
  }
  const columns = Math.max(1, Math.min(panels.size, Math.floor(drawing.width / (PANEL + 60))));
  const width = drawing.width / columns;
  const axis = axisOf(rows.flatMap((row) => row.figures), content.digits[0], 120, words, true);
  const side = Math.max(...axis.ticks.map((tick) => widthOf(tick.text, 12))) + 12;
  const of = apart ? variables : variables.slice(1);
  const all = [...panels.values()];
  for (let first = 0; first < all.length; first += columns) {
    const line = all.slice(first, first + columns);
    const titles = line.map((panel) => wrapped(of.map((name, place) => category(words, name, panel.codes[place])).join(" · ") || content.indicator, width - 16));
    const top = y + Math.max(...titles.map((title) => title.length)) * LINE + 4;
    const bottoms = line.map((panel, place) => {
      drawing.lines(place * width, y + 10, titles[place], { bold: true });
      return drawPanel(drawing, content, panel, { from: place * width + side, width: width - side - 20, top, axis });
    });
    y = Math.max(...bottoms) + 14;
  }
  drawing.text(0, y + 4, words.units[content.unit][0], { size: 12, colour: "soft" });
  return y + 12;
}

function drawPanel(drawing, content, panel, { from, width, top, axis }) {
  const { rounds, words } = content;
  const height = 120;
  const bottom = top + 14 + height;
  const heightAt = (scaled) => bottom - axis.at(scaled);
  const gap = width / rounds.length;
  const at = (place) => from + gap * (place + 0.5);
  for (const tick of axis.ticks) {
    const y = heightAt(tick.value * 10 ** content.digits[0]);
    drawing.line(from, y, from + width, y, "grid");
    drawing.text(from - 6, y + 4, tick.text, { anchor: "end", size: 12, colour: "soft" });
  }
  drawing.line(from, bottom - axis.zero, from + width, bottom - axis.zero, "axis");
  rounds.forEach((round, place) => {
    if (round.broken && place) {
      const x = (at(place) + at(place - 1)) / 2;
      drawing.line(x, top, x, bottom, "axis", { "stroke-dasharray": "4 3", "data-break": place });
    }
  });
  const names = rounds.map((round) => wrapped(round.short, gap - 6, 11));
  names.forEach((lines, place) => lines.forEach((line, under) => {
    drawing.text(at(place), bottom + 19 + under * 14, line, { anchor: "middle", size: 11, colour: "soft" });
  }));
  panel.lines.forEach(({ series, figures }, among) => {
    const shift = (among - (panel.lines.length - 1) / 2) * Math.min(9, gap / (panel.lines.length + 2));
    figures.forEach((figure, place) => {
      const x = at(place) + shift;
      if (Number.isNaN(figure.value)) {
        drawing.text(at(place), top + 12 + 14 * among, words.marks[figure.mark][0], { anchor: "middle", size: 11, colour: "soft" });
        return;
      }
      const y = heightAt(figure.value);
      const before = figures[place - 1];
      if (place && !Number.isNaN(before.value) && !rounds[place].broken) {
        drawing.stroke(series, at(place - 1) + shift, heightAt(before.value), x, y, { "stroke-dasharray": DASHES[series % 6] || "none", "data-line": series });
      }
      if (!Number.isNaN(figure.lower) && !Number.isNaN(figure.upper)) drawing.stroke(series, x, heightAt(figure.lower), x, heightAt(figure.upper));
      drawing.marker(series, x, y, figure.mark === "u", { "data-series": series });
    });
  });
  return bottom + 19 + (Math.max(...names.map((lines) => lines.length)) - 1) * 14;
}
