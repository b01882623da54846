import { z } from 'zod';
import { UNNAMED_CONNECTOR } from '../../activity/tools.ts';
import type { TelemetryRow } from '../../model/kinds.ts';
import { clockWords, localClock } from '../../model/local-time.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { address } from '../../people/names.ts';
import { count, dayWords, names } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { exportedTelemetry } from './telemetry.ts';
import { explainsFor } from './usage.ts';

const MINUTE_MS = 60_000;

/** Calls of one person to one connector in such close succession that they form one burst. */
interface Burst {
  readonly person: string;
  readonly connector: string;
  readonly rows: readonly TelemetryRow[];
}

/**
 * Guide 7.1: bulk calls of connectors in a short time. Never passes: chat in the browser sends no telemetry, and
 * imported files may be incomplete.
 */
export const callsInBulk = defineRule({
  name: 'calls-in-bulk',
  signed: () => ['explainedUsage'],
  about:
    'Finds people who called one connector very often within minutes, in telemetry imported as files. Calls that failed or were refused count too: someone tried. A later explanation in the journal settles it for that person. Finding no burst proves nothing, so this check never passes.',
  params: z.strictObject({
    /** This many calls within `minutes` are a burst. */
    calls: z.number().int().min(2).default(60),
    minutes: z.number().int().min(1).default(10),
  }),
  decide(context, { calls, minutes }) {
    const telemetry = exportedTelemetry(context);
    if (telemetry === null) {
      const current = context.read('telemetry');
      return current.ok
        ? because(
            'visibility.calls_in_bulk.no_event',
            'The telemetry has no events from this organization.',
          ).cannotRead(null, current.evidence)
        : absent(current).cannotRead(current.howToGet);
    }
    const bursts = burstsIn(telemetry.rows, calls, minutes).filter((one) => !isExplained(context, one));
    if (bursts.length === 0)
      return because(
        'visibility.calls_in_bulk.none_in_bulk',
        `No one in the telemetry called a connector ${calls} times within ${count(minutes, 'minute')} without an explanation. Not every surface sends telemetry.`,
      ).cannotRead(null, telemetry.evidence);
    const clock = localClock(context.profile.timezone);
    const words = ({ rows }: Burst): string => {
      const [first, last] = [clock(rows[0]?.at ?? ''), clock(rows.at(-1)?.at ?? '')];
      if (first === null || last === null) return count(rows.length, 'call');
      const tools = [...new Set(rows.flatMap(({ tool }) => tool ?? []))];
      return `${count(rows.length, 'call')} on ${dayWords(first.day)} from ${clockWords(first)} to ${clockWords(last)}${tools.length === 0 ? '' : ` (${names(tools, 3)})`}`;
    };
    const items = bursts.map((burst): Item => {
      const wording = `${burst.connector}: ${words(burst)}`;
      const [first] = burst.rows;
      return {
        key: `${burst.person}/${burst.connector.toLowerCase()}/${first?.at ?? ''}`,
        label: burst.person,
        detail: `${wording}.`,
        evidence: first === undefined ? [] : [telemetry.cite(first, wording)],
      };
    });
    const people = [...new Set(bursts.map(({ person }) => person))];
    return because(
      'visibility.calls_in_bulk.in_bulk',
      `${count(people.length, 'person', 'people')} called a connector ${calls} times or more within ${count(minutes, 'minute')}: ${names(items.map(({ label, detail }) => `${label} (${detail.replace(/\.$/, '')})`))}. No explanation has been recorded since.`,
    ).fail([...telemetry.evidence, ...items.flatMap(({ evidence }) => evidence)], items);
  },
});

function burstsIn(rows: readonly TelemetryRow[], calls: number, minutes: number): Burst[] {
  const made = rows.filter(
    ({ category, person, connector }) =>
      category === 'tool_call' && person !== null && connector !== null && connector !== UNNAMED_CONNECTOR,
  );
  const groups = Map.groupBy(made, ({ person, connector }) => `${person}\n${connector?.toLowerCase()}`);
  return [...groups.values()].flatMap((own) => {
    const sorted = own.toSorted((a, b) => (a.at < b.at ? -1 : 1));
    const times = sorted.map(({ at }) => Date.parse(at));
    const inBurst = new Set<number>();
    let start = 0;
    let added = -1;
    times.forEach((time, end) => {
      while (time - (times[start] ?? time) >= minutes * MINUTE_MS) start += 1;
      if (end - start + 1 < calls) return;
      for (let at = Math.max(start, added + 1); at <= end; at += 1) inBurst.add(at);
      added = end;
    });
    const bursts: TelemetryRow[][] = [];
    let before: number | null = null;
    for (const at of [...inBurst].sort((a, b) => a - b)) {
      const row = sorted[at];
      if (row === undefined) continue;
      if (before === at - 1) bursts.at(-1)?.push(row);
      else bursts.push([row]);
      before = at;
    }
    return bursts.map((found) => ({
      person: found[0]?.person ?? '',
      connector: found[0]?.connector ?? '',
      rows: found,
    }));
  });
}

/** Whether the journal explains the person's usage on the day of the burst or later. */
function isExplained({ journal, today, profile }: CheckContext, { person, rows }: Burst): boolean {
  if (!journal.ok) return false;
  const day = localClock(profile.timezone)(rows[0]?.at ?? '')?.day ?? '';
  return (journal.value.explainedUsage ?? []).some(
    (entry) =>
      address(entry.email) === person && entry.on >= day && entry.on <= today && explainsFor(entry, [person]),
  );
}
// Guide: G7.1-04
