/** How an answer becomes an example that someone reads: lists cut to what shows their form, long texts shortened. */

const MAX_TEXT_LENGTH = 200;
/** Characters of JSON that two entries of a list may have together; beyond, one shows the form as well. */
const TWO_ENTRIES = 700;

export function shortened(value: unknown): unknown {
  if (typeof value === 'string') return shortText(value);
  if (Array.isArray(value)) return shortList(value);
  if (typeof value !== 'object' || value === null) return value;
  const made: Record<string, unknown> = Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, shortened(part)]),
  );
  // A list that is whole says how many it has; after it was cut it is as long as it looks.
  const { items, total, nextCursor } = made;
  if (Array.isArray(items) && typeof total === 'number' && (nextCursor ?? null) === null)
    made.total = items.length;
  return made;
}

function shortList(list: readonly unknown[]): unknown[] {
  const fullest = list.map(shortened);
  if (fullest.every((one) => typeof one !== 'object' || one === null)) return fullest.slice(0, 3);
  const two = fullest.slice(0, 2);
  return JSON.stringify(two).length > TWO_ENTRIES ? two.slice(0, 1) : two;
}

function shortText(text: string): string {
  // Without a space it is no sentence but something that would be broken by a cut.
  if (text.length <= MAX_TEXT_LENGTH || !text.includes(' ')) return text;
  return `${text.slice(0, MAX_TEXT_LENGTH).replace(/\s+\S*$/u, '')} …`;
}

/** Signs that a test tried something odd: markup, formulas, control and hidden characters, fillers. */
const ODD = /[<>\p{Cc}\p{Cf}]|^[=+@]|(.)\1{7}|nowhere|does-not|evil|'--/u;
const MAX_COUNTED_FIELDS = 40;
const MAX_ANSWER_LENGTH = 5_000;

/** How well a request and its answer show an operation: much that is filled in, nothing odd, not too long. */
export function worth(input: unknown, output: unknown): number {
  const all = [...leaves(input), ...leaves(output)];
  const odd = all.filter((leaf) => typeof leaf === 'string' && ODD.test(leaf)).length;
  const filled = (part: unknown) => leaves(part).filter((leaf) => leaf !== null && leaf !== '').length;
  const size = JSON.stringify([input, output]).length;
  return (
    Math.min(filled(output), MAX_COUNTED_FIELDS) +
    3 * Math.min(filled(input), MAX_COUNTED_FIELDS) -
    20 * odd -
    Math.max(0, size - MAX_ANSWER_LENGTH) / 100
  );
}

function leaves(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return value === undefined ? [] : [value];
  return Object.values(value).flatMap(leaves);
}
