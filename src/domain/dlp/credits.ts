/**
 * Where a text is the record of a published program: entries of its change log, or the license that it comes under. Those
 * who wrote it have signed there for everyone to read, which is no list of members. A list that only stands near it is one.
 */

/** Characters around such a place in which an address is that of an author. */
const AROUND = 4_000;

const WEEKDAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
/** A day, as an entry of a change log begins with it: 2026-03-01, or Sun Mar  1 09:12:44 2026. */
const DAY = `(?:\\d{4}-\\d\\d-\\d\\d|${WEEKDAY} \\w{3} {1,2}\\d{1,2} [\\w:+ -]{4,20})`;
/** What was changed: a file with its path or ending, a commit or its hash. A day and a person alone are any log. */
const CHANGED = '[*+-] (?:commit\\b|[\\w+-]{0,60}[./][\\w./+-]{1,120}|[A-Z]{4,20}\\b)';

/** Entries of a change log. */
const ENTRIES: readonly RegExp[] = [
  // GNU: a day and a person, and what was changed within the next lines, indented.
  new RegExp(
    `^[ \\t]{0,8}${DAY}[ \\t][^\\n@]{0,90}@[^\\n]{1,140}\\n(?:[ \\t]*\\n|[ \\t]+[^\\s*+-][^\\n]{0,200}\\n){0,6}[ \\t]+${CHANGED}`,
    'gmu',
  ),
  new RegExp(`^[ \\t]{0,8}${DAY}[ \\t][^\\n@]{0,90}@[^\\n]{1,80}\\[[0-9a-f]{40}\\]$`, 'gmu'),
  /^(?:commit [0-9a-f]{40}|Author: [^\n@]{1,80}@[^\n>]{1,80}>\nDate: .*)$/gmu,
  // Debian: the signature below an entry.
  new RegExp(`^ -- [^\\n@]{1,80}@[^\\n>]{1,80}> {1,2}${WEEKDAY}, `, 'gmu'),
];
const LICENSE =
  /GNU (?:Lesser |Library |Affero )?General Public License|Permission is hereby granted, free of charge|Redistribution and use in source and binary|\bdebianized by\b|\bUpstream Authors?\b/gu;

/** Names for those who had a part in the program, on the line of an address or above a list. */
const AUTHORS =
  /\b(?:authors?|contributors?|credits|thanks|developers?|maintainers?|debianized|written by|upstream|copyright)\b|©|\(c\)/iu;
/** What says on its line what someone did for it. */
const PART = new RegExp(
  `${AUTHORS.source}|\\b(?:by|patch(?:es)?|fix(?:e[ds])?|bugs?|reported|suggest(?:ed|ions?)|contributed|developed|maintained)\\b`,
  'iu',
);
/** How the line of an entry begins. */
const ENTRY = new RegExp(`^[ \\t]{0,8}(?:${DAY}|-- |Author:|Date:|commit )`, 'u');
/** Lines above an address in which its list is said to be one of authors. */
const HEAD_LINES = 40;

type Part = readonly [from: number, to: number];

/** Where such marks are in a text: from the first and to the last character around them, in order and apart. */
function partsAround(text: string, marks: readonly RegExp[]): readonly Part[] {
  const places = marks.flatMap((mark) => [...text.matchAll(mark)].map(({ index }) => index));
  places.sort((a, b) => a - b);
  const parts: [number, number][] = [];
  for (const place of places) {
    const last = parts.at(-1);
    if (last !== undefined && place - AROUND <= last[1]) last[1] = place + AROUND;
    else parts.push([place - AROUND, place + AROUND]);
  }
  return parts;
}

/** Whether places, asked for from the first to the last, are in one of the parts. */
function within(parts: readonly Part[]): (place: number) => boolean {
  let at = 0;
  return (place) => {
    while (at < parts.length && (parts[at]?.[1] ?? 0) < place) at += 1;
    return (parts[at]?.[0] ?? Number.POSITIVE_INFINITY) <= place;
  };
}

/** Whether places of a text, asked for from the first to the last, name who had a part in a published program. */
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

/** Whether a line, which begins at `start`, is the first of an entry or, indented, another person of it. */
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

/** Whether the line that begins at `start` is in a list under the name of authors, with or without an empty line between. */
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
