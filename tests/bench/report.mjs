// Numbers a person can read: the middle of several runs, the spread, the floor, the target.

export function middle(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** One line. `floors` are `{ name, value }`, measured in the same run; `target` is a number or absent. */
export function line({ name, values, unit, target, floors }) {
  const value = middle(values);
  const spread = values.length > 1 ? ` (${round(Math.min(...values))}–${round(Math.max(...values))})` : "";
  const judged = target === undefined ? "" : value <= target ? `target ≤ ${target}, met` : `target ≤ ${target}, MISSED`;
  const beside = floors.map((floor) => `${(value / floor.value).toFixed(1)} × ${floor.name} (${round(floor.value)} ${unit})`).join(" · ");
  return [name.padEnd(34), `${round(value)} ${unit}${spread}`.padEnd(24), judged.padEnd(24), beside].join(" ").trimEnd();
}

const round = (value) => (value < 10 ? value.toFixed(1) : Math.round(value));
