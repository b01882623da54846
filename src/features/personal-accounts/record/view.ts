import { DateTime } from 'luxon';
import type { Entry } from '#domain/personal-accounts/register.ts';
import { momentWords } from '#domain/text/moments.ts';
import { count, dayWords, names, verb, zoneWords } from '#domain/text/words.ts';
import { signatureWords } from '../../signed-records/index.ts';
import type { Whole } from '../list.ts';
import { nameOf } from '../register.ts';
import { historyOf } from '../show.ts';
import { isOpen, statisticsOf } from '../views.ts';

interface MadeBy {
  readonly client: string;
  readonly by: string;
  readonly at: Date;
  readonly zone: string;
  readonly fingerprint: string;
  readonly paper: 'a4' | 'us-letter';
}

interface Line {
  readonly title: string;
  readonly words: string;
  readonly lines: readonly string[];
}

/** What the record prints, as text only. */
export interface RecordView {
  readonly title: string;
  readonly author: string;
  readonly date: readonly number[];
  readonly paper: string;
  readonly client: string;
  readonly headline: string;
  readonly facts: readonly { readonly term: string; readonly value: string }[];
  readonly open: readonly Line[];
  readonly closed: readonly Line[];
  readonly exempt: readonly Line[];
  readonly reports: readonly { readonly what: string; readonly words: string; readonly code: string }[];
  readonly signature: readonly string[];
  readonly foot: string;
}

export function recordView(whole: Whole, { client, by, at, zone, fingerprint, paper }: MadeBy): RecordView {
  const { reading } = whole;
  const { entries, reports, today } = reading;
  const local = DateTime.fromJSDate(at, { zone });
  const made = momentWords(at, zone);
  const numbers = statisticsOf(entries, today);
  const exempt = entries.filter(({ state }) => state === 'exempt');
  const [newest] = reports;
  const line = (entry: Entry) => lineOf(entry, whole);
  return {
    title: `Personal accounts of ${client}`,
    author: by,
    date: [local.year, local.month, local.day],
    paper,
    client,
    headline: headlineOf(numbers, exempt.length),
    facts: [
      { term: 'Made by', value: `${by}, ${made}, ${zoneWords(zone)}` },
      {
        term: 'Newest report',
        value:
          newest === undefined
            ? 'none'
            : `${dayWords(newest.day)}${newest.closesNothing === null ? '' : `, which ${newest.closesNothing}`}`,
      },
      ...(reading.gap === null ? [] : [{ term: 'What it does not show', value: reading.gap.why }]),
      { term: 'Domains', value: names([...reading.domains], 20) },
      { term: 'Found in total', value: count(numbers.accounts, 'account') },
      { term: 'Holders contacted', value: `${numbers.contacted} of ${numbers.accounts}` },
      { term: 'Closed by a report', value: String(numbers.closed) },
      { term: 'Closed after one message', value: String(numbers.closedAfterFirst) },
      { term: 'Closed after several messages', value: String(numbers.closedAfterMore) },
      { term: 'Closed with no message on record', value: String(numbers.closedWithout) },
      { term: 'Exempt', value: String(exempt.length) },
      { term: 'Open', value: String(numbers.open) },
    ],
    open: entries.filter(isOpen).map(line),
    closed: entries.filter(({ state }) => state === 'closed').map(line),
    exempt: exempt.map(line),
    reports: reports.flatMap(({ day, files, listed, closesNothing, counts }) =>
      files.map(({ file, sha256 }) => ({
        what: `Report of ${dayWords(day)}, ${file}`,
        words: `${listed} listed; ${counts.new} new, ${counts.back} came back, ${counts.gone} gone, ${counts.unchanged} unchanged${counts.not_told === 0 ? '' : `, ${counts.not_told} not told`}${closesNothing === null ? '' : `. It shows nothing closed: it ${closesNothing}`}`,
        code: sha256,
      })),
    ),
    signature: signatureWords(fingerprint),
    foot: `${client} · personal accounts · ${made}`,
  };
}

function headlineOf(
  { accounts, closed, open, contacted }: ReturnType<typeof statisticsOf>,
  exempt: number,
): string {
  if (accounts === 0) return 'No report lists an account outside the workspace.';
  const rest = [
    `${closed} ${closed === 1 ? 'is' : 'are'} closed by a report`,
    ...(exempt === 0 ? [] : [`${exempt} ${exempt === 1 ? 'is' : 'are'} exempt`]),
    `${open} ${open === 1 ? 'is' : 'are'} open`,
  ];
  return `${count(accounts, 'account')} ${verb(accounts, 'was', 'were')} found, and ${count(contacted, 'holder')} ${verb(contacted, 'was', 'were')} contacted: ${names(rest)}.`;
}

function lineOf(entry: Entry, { reading }: Whole): Line {
  const name = nameOf(reading, entry);
  return {
    title: name === null ? entry.key : `${name}, ${entry.key}`,
    words: [
      `${entry.words}.`,
      ...(entry.doubt === null ? [] : [entry.doubt]),
      ...(entry.exemptionEnded === null ? [] : [`The exemption ended on ${dayWords(entry.exemptionEnded)}.`]),
      ...(isOpen(entry) && entry.owner !== null
        ? [`Owner: ${entry.owner}${entry.due === null ? '' : `, due ${dayWords(entry.due)}`}.`]
        : []),
    ].join(' '),
    lines: historyOf(entry, reading)
      .toReversed()
      .map(({ day, words, by, note }) => {
        const who = by === null ? '' : `, ${by}`;
        return `${dayWords(day)}: ${words}${who}${note == null || note === '' ? '' : ` (${note})`}`;
      }),
  };
}
