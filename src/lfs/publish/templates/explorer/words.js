// How the chosen language writes. The numbers are those of lfs.publish.words.Words, digit by digit.

const PDI = "\u2069";

// A template with its named values.
function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

function bare(text) {
  return text.replace(/[\u2066\u2067\u2069]/g, "");
}

function isolated(words, text) {
  return words.isolate ? words.isolate + bare(text) + PDI : text;
}

// A whole number of the last printed digit, in the language's digits and separators.
function number(words, scaled, decimals) {
  const letters = String(Math.abs(scaled)).padStart(decimals + 1, "0");
  const whole = letters.slice(0, letters.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  const part = decimals ? "." + letters.slice(-decimals) : "";
  const own = { ",": words.group, ".": words.decimal };
  const text = [...whole + part].map((letter) => own[letter] ?? [...words.digits][Number(letter)]).join("");
  return isolated(words, (scaled < 0 ? "\u2212" : "") + text);
}

// "a, b and c", at most as many as there are rounds.
function listed(words, parts) {
  return fill(words.lists[parts.length - 1], parts);
}

// What a table prints of a figure: value, se, interval or n; its mark where it has no such number.
function cell(words, figure, column, [decimals, errorDecimals]) {
  if (column === "interval") {
    const lower = cell(words, figure, "lower", [decimals, errorDecimals]);
    const upper = cell(words, figure, "upper", [decimals, errorDecimals]);
    if (Number.isNaN(figure.lower)) return lower;
    // A minus sign after a dash cannot be told from it.
    if (figure.lower < 0 || figure.upper < 0) {
      const told = fill(words.range_in_words, { lower, upper });
      if (told.includes("\u2212")) return told;
    }
    return isolated(words, fill(words.range, { lower: bare(lower), upper: bare(upper) }));
  }
  if (Number.isNaN(figure[column])) return words.marks[instead(figure)][0];
  if (column === "n") return number(words, figure.n, 0);
  return number(words, figure[column], column === "se" ? errorDecimals : decimals);
}

// The mark that stands for a number which the figure does not have.
function instead(figure) {
  return Number.isNaN(figure.value) || figure.mark === "k" ? figure.mark : "l";
}

// The marks that stand for a figure or beside it.
function marksOf(figure) {
  const found = [figure.mark];
  if (!Number.isNaN(figure.value) && (Number.isNaN(figure.se) || Number.isNaN(figure.lower))) found.push(instead(figure));
  return found.filter(Boolean);
}

// The name of a category by its number; -1 is what all together are called.
function category(words, variable, code) {
  return words.variables[variable][code + 2];
}
