// What charts are drawn with: SVG elements, measured text, markers, colours, the axis of values.
// Every element carries the colours of the light page, so that a saved picture stands alone; the page's style puts those
// of the dark page over them by class. Coordinates run in the direction of reading: `across` turns them round.

const SVG = "http://www.w3.org/2000/svg";
const FONT = "Plex, 'IBM Plex Sans Arabic', 'Noto Sans Arabic', sans-serif";
const SIZE = 13;
const LINE = 17;
const COLOURS = { ink: "#1c1c1c", soft: "#4d4d4d", grid: "#dcdcdc", axis: "#6b6b6b", paper: "#ffffff", warn: "#9a2b00" };
const SERIES = ["#0b5c8a", "#b85416", "#2f7d5f", "#7b4a8f", "#5a5a5a", "#8a6d00"];
const DASHES = ["", "6 3", "2 3", "8 3 2 3", "12 4", "4 2"];

function svg(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const pen = document.createElement("canvas").getContext("2d");

function widthOf(text, size = SIZE) {
  pen.font = `${size}px ${FONT}`;
  return pen.measureText(bare(text)).width * 1.02;
}

// The text over lines that are no wider than `width`; a word alone may be wider and is then broken.
function wrapped(text, width, size = SIZE) {
  const lines = [""];
  for (const word of text.split(/(?<=[-–/])(?!\p{N})|\s+/u).filter(Boolean)) {
    const gap = lines.at(-1) && !/[-–/]$/u.test(lines.at(-1)) ? " " : "";
    if (widthOf(lines.at(-1) + gap + word, size) <= width || !lines.at(-1)) lines[lines.length - 1] += gap + word;
    else lines.push(word);
  }
  return lines.flatMap((line) => broken(line, width, size));
}

function broken(line, width, size) {
  if (widthOf(line, size) <= width) return [line];
  const letters = [...line];
  let length = letters.length;
  while (length > 1 && widthOf(letters.slice(0, length).join(""), size) > width) length--;
  return [letters.slice(0, length).join(""), ...broken(letters.slice(length).join(""), width, size)];
}

// A drawing of a certain width in one language. `across(x)` is the place at `x` from where reading begins.
class Drawing {
  constructor(width, words) {
    this.width = width;
    this.words = words;
    this.rtl = words.direction === "rtl";
    this.parts = [];
    this.height = 0;
  }

  across(x) {
    return round(this.rtl ? this.width - x : x);
  }

  add(name, attributes, ...children) {
    const made = svg(name, attributes, ...children);
    this.parts.push(made);
    return made;
  }

  // Text at `x`; `anchor` start, middle or end, in the direction of reading.
  text(x, y, text, { anchor = "start", size = SIZE, colour = "ink", bold = false } = {}) {
    // Letters keep clear of the lines behind them.
    const halo = { stroke: COLOURS.paper, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" };
    const attributes = { x: this.across(x), y: round(y), "text-anchor": anchor, "font-size": size, class: colour, fill: COLOURS[colour], ...halo };
    if (bold) attributes["font-weight"] = 600;
    const made = this.add("text", attributes);
    made.textContent = text;
    return made;
  }

  lines(x, y, lines, options = {}) {
    const step = Math.max(LINE, (options.size ?? SIZE) * 1.4);
    lines.forEach((line, place) => this.text(x, y + place * step, line, options));
    return y + lines.length * step;
  }

  line(x1, y1, x2, y2, colour, more = {}) {
    this.add("line", { x1: this.across(x1), y1: round(y1), x2: this.across(x2), y2: round(y2), class: `${colour} stroke`, stroke: COLOURS[colour], ...more });
  }

  // A line in the colour of a series.
  stroke(series, x1, y1, x2, y2, more = {}) {
    this.add("line", { x1: this.across(x1), y1: round(y1), x2: this.across(x2), y2: round(y2), class: `s${series % 6} stroke`, stroke: SERIES[series % 6], "stroke-width": 1.6, ...more });
  }

  marker(series, x, y, hollow, more = {}) {
    const paint = hollow ? { fill: COLOURS.paper, class: `s${series % 6} hollow` } : { fill: SERIES[series % 6], class: `s${series % 6} full` };
    this.add("path", { d: markerPath((series + Math.floor(series / 6)) % 6, this.across(x), round(y)), stroke: SERIES[series % 6], "stroke-width": 1.6, ...paint, ...more });
  }

  // The names of the series with their markers, over as many lines as they need; returns where the next thing begins.
  legend(y, names, bars) {
    let x = 0;
    names.forEach((name, place) => {
      const width = Math.min(24 + widthOf(name), this.width);
      if (x && x + width > this.width) {
        x = 0;
        y += LINE + 3;
      }
      if (bars) this.bar(place, x, 14, y - 10, 10, false);
      else this.marker(place, x + 7, y - 4, false);
      this.text(x + 19, y, name, { colour: "ink" });
      x += width + 18;
    });
    return y + LINE + 4;
  }

  bar(series, x, width, y, height, pale, more = {}) {
    this.add("rect", { x: this.rtl ? round(this.width - x - width) : round(x), y: round(y), width: round(Math.max(width, 0)), height: round(height), fill: SERIES[series % 6], class: `s${series % 6} full bar`, ...(pale ? { "fill-opacity": 0.35 } : {}), ...more });
  }

  // The whole as one element; `told` is its alternative text.
  finished(height, told) {
    const label = svg("title", {});
    label.textContent = bare(told);
    return svg("svg", { xmlns: SVG, viewBox: `0 0 ${this.width} ${Math.ceil(height)}`, width: this.width, height: Math.ceil(height), role: "img", "aria-label": bare(told), direction: this.rtl ? "rtl" : "ltr", "font-family": FONT }, label, ...this.parts);
  }
}

function round(number) {
  return Math.round(number * 10) / 10;
}

function markerPath(shape, x, y) {
  const r = 4.2;
  return [
    `M${x - r},${y}a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`,
    `M${x - 3.8},${y - 3.8}h7.6v7.6h-7.6Z`,
    `M${x},${y - 5.2}l5.2,5.2l-5.2,5.2l-5.2,-5.2Z`,
    `M${x},${y - 5}l4.8,8.6h-9.6Z`,
    `M${x},${y + 5}l4.8,-8.6h-9.6Z`,
    `M${x - 1.5},${y - 4.5}h3v3h3v3h-3v3h-3v-3h-3v-3h3Z`,
  ][shape];
}

// The axis of values of these figures: from zero (or below, where figures are) to the highest limit, `ticks` at round
// numbers that are as far apart as their texts need, side by side or, where it is `upright`, one over the other.
function axisOf(figures, decimals, length, words, upright = false) {
  const shown = figures.filter((figure) => !Number.isNaN(figure.value));
  const ends = shown.flatMap((figure) => [figure.value, figure.lower, figure.upper]).filter((end) => !Number.isNaN(end));
  const unit = 10 ** decimals;
  const low = Math.min(0, ...ends) / unit;
  const high = Math.max(...ends, 0) / unit || (low < 0 ? 0 : 1);
  let ticks = [];
  for (const step of steps((high - low) / 12)) {
    const places = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    ticks = [];
    for (let at = Math.floor(low / step + 1e-9); at <= Math.ceil(high / step - 1e-9); at++) {
      ticks.push({ value: at * step, text: number(words, Math.round(at * step * 10 ** places), places) });
    }
    const room = upright ? 24 : Math.max(...ticks.map((tick) => widthOf(tick.text, 12))) + 16;
    if (ticks.length < 3 || room * (ticks.length - 1) <= length) break;
  }
  const [first, last] = [ticks[0].value, ticks.at(-1).value];
  return { ticks, at: (scaled) => ((scaled / unit - first) / (last - first)) * length, zero: ((0 - first) / (last - first)) * length };
}

// 1, 2, 5, 10, ... times a power of ten, from the first that is not below `least`.
function* steps(least) {
  for (let power = Math.floor(Math.log10(least)); ; power++) {
    for (const digit of [1, 2, 5]) if (digit * 10 ** power >= least * 0.999) yield digit * 10 ** power;
  }
}
