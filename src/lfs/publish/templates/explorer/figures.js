// The published figures, as lfs.publish.explorer.figures wrote them: an index as JSON, then columns of bytes.
// A figure is a whole number of its last printed digit; NaN where there is none.

async function unpacked(id) {
  const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

// Reads varints one after another: seven bits a byte, the lowest first.
function reader(bytes) {
  let at = 0;
  const next = () => {
    let number = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[at++];
      number += (byte & 127) * factor;
      if (byte < 128) return number;
    }
  };
  const signed = () => {
    const number = next();
    return number % 2 ? -(number + 1) / 2 : number / 2;
  };
  return { next, signed };
}

function readFigures(bytes) {
  const length = new DataView(bytes.buffer).getUint32(0, true);
  const index = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const columns = {};
  let at = 4 + length;
  for (const [name, size] of Object.entries(index.columns)) {
    columns[name] = bytes.subarray(at, at + size);
    at += size;
  }
  const rounds = index.rounds.length;
  const sizes = index.breakdowns.map(([, , cells]) => cells.length * rounds);
  const counts = readCounts(index, sizes, reader(columns.counts));
  const [value, se, lower, upper] = ["value", "se", "lower", "upper"].map((name) => reader(columns[name]));
  const blocks = new Map();
  let place = 0;
  for (const [indicator, standard, breakdown, counted] of index.blocks) {
    const [decimals, errorDecimals] = index.units[index.indicators[indicator][1]];
    const figures = [];
    for (let cell = 0; cell < sizes[breakdown]; cell++) {
      const [mark, hasSe, hasLower, hasUpper] = index.states[columns.state[place++]];
      const figure = { mark: index.marks[mark], value: NaN, se: NaN, lower: NaN, upper: NaN, n: NaN };
      if (!NOT_SHOWN.has(figure.mark)) {
        figure.value = value.signed();
        figure.se = hasSe ? se.next() : NaN;
        const reach = hasSe ? Math.floor((196 * figure.se) / (100 * 10 ** (errorDecimals - decimals))) : 0;
        figure.lower = hasLower ? lower.signed() + figure.value - reach : NaN;
        figure.upper = hasUpper ? upper.signed() + figure.value + reach : NaN;
        figure.n = counts[breakdown][counted][cell];
      }
      figures.push(figure);
    }
    blocks.set([indicator, standard, breakdown].join(), figures);
  }
  return { index, blocks };
}

function readCounts(index, sizes, column) {
  const counts = [];
  for (const [, , breakdown] of index.blocks) {
    if (counts[breakdown]) continue;
    counts[breakdown] = Array.from({ length: column.next() }, () =>
      Array.from({ length: sizes[breakdown] }, () => column.next() - 1));
  }
  return counts;
}

const NOT_SHOWN = new Set(["c", "z", "x"]);
const ABSENT = { mark: "x", value: NaN, se: NaN, lower: NaN, upper: NaN, n: NaN };

// The breakdowns that the indicator has, by some standard, in their order.
function breakdownsOf(figures, indicator) {
  const found = new Set(figures.index.blocks.filter((block) => block[0] === indicator).map((block) => block[2]));
  return [...found].sort((a, b) => a - b);
}

// The standards by which the indicator by the breakdown is estimated.
function standardsOf(figures, indicator, breakdown) {
  return figures.index.blocks.filter((block) => block[0] === indicator && block[2] === breakdown).map((block) => block[1]);
}

// The rounds in which the indicator by this standard and breakdown is anything but not available.
function roundsOf(figures, indicator, standard, breakdown) {
  const block = figures.blocks.get([indicator, standard, breakdown].join());
  const rounds = figures.index.rounds.length;
  return figures.index.rounds.map((_, round) => round)
    .filter((round) => block.some((figure, place) => place % rounds === round && figure.mark !== "x"));
}

// The rows of a breakdown with its margins: codes by variable (-1 for all together) and a figure for each round.
// A margin is a breakdown of its own; a row that no chosen round has is left out.
function rowsOf(figures, indicator, standard, breakdown, rounds) {
  const { index, blocks } = figures;
  const variables = index.breakdowns[breakdown][1];
  const rows = [];
  const walk = (codes) => {
    if (codes.length < variables.length) {
      for (let code = -1; code < index.variables[variables[codes.length]][1].length; code++) walk([...codes, code]);
      return;
    }
    const kept = variables.filter((_, place) => codes[place] >= 0);
    const margin = index.breakdowns.findIndex(([, of]) => of.length === kept.length && of.every((name) => kept.includes(name)));
    const block = blocks.get([indicator, standard, margin].join());
    if (!block) return;
    const [, order, cells] = index.breakdowns[margin];
    const at = order.reduce((sum, name) => sum * index.variables[name][1].length + codes[variables.indexOf(name)], 0);
    const cell = cells.indexOf(at);
    if (cell < 0) return;
    const found = rounds.map((round) => block[cell * index.rounds.length + round]);
    if (found.some((figure) => figure.mark !== "x")) rows.push({ codes, figures: found, margin: codes.at(-1) === -1 });
  };
  walk([]);
  return rows;
}
