/**
 * Finds places where a text is the record of a published program: entries of its change log, or its license. Their
 * authors signed publicly, which is not a member list. A list that is merely near such a place is one.
 */

/** Characters around such a place within which an address is an author's. */
const CREDIT_RADIUS = 4_000;

const WEEKDAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
/** A date as at the start of a change log entry: 2026-03-01, or Sun Mar  1 09:12:44 2026. */
const DAY = `(?:\\d{4}-\\d\\d-\\d\\d|${WEEKDAY} \\w{3} {1,2}\\d{1,2} [\\w:+ -]{4,20})`;
/**
 * What was changed: a file by its path or extension, a commit or its hash. A date and a person alone can be any log.
 */
const CHANGED = '[*+-] (?:commit\\b|[\\w+-]{0,60}[./][\\w./+-]{1,120}|[A-Z]{4,20}\\b)';

/** Change log entries. */
const ENTRIES: readonly RegExp[] = [
  // GNU: a date and a person, with changes indented on the following lines.
  new RegExp(
    `^[ \\t]{0,8}${DAY}[ \\t][^\\n@]{0,90}@[^\\n]{1,140}\\n(?:[ \\t]*\\n|[ \\t]+[^\\s*+-][^\\n]{0,200}\\n){0,6}[ \\t]+${CHANGED}`,
    'gmu',
  ),
  new RegExp(`^[ \\t]{0,8}${DAY}[ \\t][^\\n@]{0,90}@[^\\n]{1,80}\\[[0-9a-f]{40}\\]$`, 'gmu'),
  /^(?:commit [0-9a-f]{40}|Author: [^\n@]{1,80}@[^\n>]{1,80}>\nDate: .*)$/gmu,
  // Debian: the signature at the end of an entry.
  new RegExp(`^ -- [^\\n@]{1,80}@[^\\n>]{1,80}> {1,2}${WEEKDAY}, `, 'gmu'),
];
const LICENSE =
  /GNU (?:Lesser |Library |Affero )?General Public License|Permission is hereby granted, free of charge|Redistribution and use in source and binary|\bdebianized by\b|\bUpstream Authors?\b/gu;

/** Terms for contributors, on the line of an address or above a list. */
const AUTHORS =
  /\b(?:authors?|contributors?|credits|thanks|developers?|maintainers?|debianized|written by|upstream|copyright)\b|©|\(c\)/iu;
/** Text that says on its line what someone contributed. */
const PART = new RegExp(
  `${AUTHORS.source}|\\b(?:by|patch(?:es)?|fix(?:e[ds])?|bugs?|reported|suggest(?:ed|ions?)|contributed|developed|maintained)\\b`,
  'iu',
);
/** Start of an entry's line. */
const ENTRY = new RegExp(`^[ \\t]{0,8}(?:${DAY}|-- |Author:|Date:|commit )`, 'u');
/** Lines above an address to search for the heading of a list of authors. */
const HEAD_LINES = 40;

type Part = readonly [from: number, to: number];

/** Ranges around such places, in order and without overlap. */
function partsAround(text: string, marks: readonly RegExp[]): readonly Part[] {
  const places = marks.flatMap((mark) => [...text.matchAll(mark)].map(({ index }) => index));
  places.sort((a, b) => a - b);
  const parts: [number, number][] = [];
  for (const place of places) {
    const last = parts.at(-1);
    if (last !== undefined && place - CREDIT_RADIUS <= last[1]) last[1] = place + CREDIT_RADIUS;
    else parts.push([place - CREDIT_RADIUS, place + CREDIT_RADIUS]);
  }
  return parts;
}

/** Whether positions, queried in increasing order, are within one of the ranges. */
function within(parts: readonly Part[]): (place: number) => boolean {
  let at = 0;
  return (place) => {
    while (at < parts.length && (parts[at]?.[1] ?? 0) < place) at += 1;
    return (parts[at]?.[0] ?? Number.POSITIVE_INFINITY) <= place;
  };
}

/** Whether positions in a text, queried in increasing order, name contributors of a published program. */
export function creditsOf(text: string): (place: number) => boolean {
  const inLog = within(partsAround(text, ENTRIES));
  const inWork = within(partsAround(text, [LICENSE]));
  return (place) => {
    const log = inLog(place);
    if (!inWork(place) && !log) return false;
    const start = text.lastIndexOf('\n', place - 1) + 1;
    const line = text.slice(start, place);
    return PART.test(line) || (log && isOfEntry(text, start, line)) || isHeaded(text, start);
  };
}

/** Whether the line that begins at `start` is the first of an entry or, if indented, another person in it. */
function isOfEntry(text: string, start: number, line: string): boolean {
  let at = start;
  let here = line;
  while (!ENTRY.test(here)) {
    const before = text.lastIndexOf('\n', at - 2) + 1;
    const above = text.slice(before, Math.max(before, at - 1));
    if (!/^[ \t]/u.test(here) || at === 0 || !above.includes('@')) return false;
    at = before;
    here = above;
  }
  return true;
}

/** Whether the line that begins at `start` is in a list headed as authors, with or without an empty line in between. */
function isHeaded(text: string, start: number): boolean {
  let at = start;
  for (let lines = 0; lines < HEAD_LINES && at > 0; lines += 1) {
    const before = text.lastIndexOf('\n', at - 2) + 1;
    const above = text.slice(before, at - 1);
    if (AUTHORS.test(above)) return true;
    if (above.trim() === '')
      return before > 0 && AUTHORS.test(text.slice(text.lastIndexOf('\n', before - 2) + 1, before));
    at = before;
  }
  return false;
}
