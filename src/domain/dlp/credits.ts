/**
 * Where a text is the record of a published program: entries of its change log, or the license that it comes under. Those
 * who wrote it have signed there for everyone to read, which is no list of members.
 */

/** Characters around such a place in which an address is that of an author. */
const AROUND = 4_000;

const WEEKDAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
/** A day, as an entry of a change log begins with it: 2026-03-01, or Sun Mar  1 09:12:44 2026. */
const DAY = `(?:\\d{4}-\\d\\d-\\d\\d|${WEEKDAY} \\w{3} {1,2}\\d{1,2} [\\w:+ -]{4,20})`;
/** What was changed: a file with its path or ending, a commit or its hash. A day and a person alone are any log. */
const CHANGED = '[*+-] (?:commit\\b|[\\w+-]{0,60}[./][\\w./+-]{1,120}|[A-Z]{4,20}\\b)';

const MARKS: readonly RegExp[] = [
  // GNU: a day and a person, and what was changed within the next lines, indented.
  new RegExp(
    `^[ \\t]{0,8}${DAY}[ \\t][^\\n@]{0,90}@[^\\n]{1,140}\\n(?:[ \\t]*\\n|[ \\t]+[^\\s*+-][^\\n]{0,200}\\n){0,6}[ \\t]+${CHANGED}`,
    'gmu',
  ),
  new RegExp(`^[ \\t]{0,8}${DAY}[ \\t][^\\n@]{0,90}@[^\\n]{1,80}\\[[0-9a-f]{40}\\]$`, 'gmu'),
  /^(?:commit [0-9a-f]{40}|Author: [^\n@]{1,80}@[^\n>]{1,80}>\nDate: .*)$/gmu,
  // Debian: the signature below an entry.
  new RegExp(`^ -- [^\\n@]{1,80}@[^\\n>]{1,80}> {1,2}${WEEKDAY}, `, 'gmu'),
  /GNU (?:Lesser |Library |Affero )?General Public License|Permission is hereby granted, free of charge|Redistribution and use in source and binary|\bdebianized by\b|\bUpstream Authors?\b/gu,
];

/** Where the record of a program is in a text: from the first and to the last character, in order and apart. */
function creditedParts(text: string): readonly (readonly [from: number, to: number])[] {
  const places = MARKS.flatMap((mark) => [...text.matchAll(mark)].map(({ index }) => index));
  places.sort((a, b) => a - b);
  const parts: [number, number][] = [];
  for (const place of places) {
    const last = parts.at(-1);
    if (last !== undefined && place - AROUND <= last[1]) last[1] = place + AROUND;
    else parts.push([place - AROUND, place + AROUND]);
  }
  return parts;
}

/** Whether places of a text, asked for from the first to the last, are in the record of a program. */
export function creditsOf(text: string): (place: number) => boolean {
  const parts = creditedParts(text);
  let at = 0;
  return (place) => {
    while (at < parts.length && (parts[at]?.[1] ?? 0) < place) at += 1;
    return (parts[at]?.[0] ?? Number.POSITIVE_INFINITY) <= place;
  };
}
