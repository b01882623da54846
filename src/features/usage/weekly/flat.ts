import type { z } from 'zod';
import { SOURCE_WORDS, SURFACE_WORDS, wordsIn } from '#domain/activity/words.ts';
import type { OnceCounted } from '#store/usage/once.ts';
import type { TableColumn, Value } from '../../exports/index.ts';
import type { People } from '../../people/index.ts';
import type { connectorNames } from '../../shared/connector-names.ts';
import { stated, sumIn, text, whole } from '../sheets.ts';
import type { vendorSchema } from '../vendor/schemas.ts';

type Vendor = z.input<typeof vendorSchema>;

/** Heading of what another source reports, too. */
export const NOT_COUNTED = 'Not counted: also reported by another source';

/** What Anthropic counts itself of a week. It is in a column of its own, so that no sum takes it in. */
interface VendorLine {
  readonly start: string;
  readonly who: string | null;
  readonly category: string;
  readonly connector: string | null;
  readonly effect: string | null;
  readonly figure: number;
}

/** A line of the flat list: counts of the log, or a figure of the vendor. */
export type FlatLine = { readonly count: OnceCounted } | { readonly vendor: VendorLine };

/** Of people and connectors, as far as the vendor states a figure. */
export function vendorLines({ lastWeek, people, connectors }: Vendor): VendorLine[] {
  return [
    ...people.items.flatMap(({ name, messages }): VendorLine[] =>
      messages === null || messages.stated === 0
        ? []
        : [
            {
              start: lastWeek,
              who: name,
              category: 'message',
              connector: null,
              effect: null,
              figure: messages.sum,
            },
          ],
    ),
    ...connectors.flatMap(({ name: connector, people: own }) =>
      own.flatMap(({ name, read, write, unclassified }) =>
        (
          [
            ['read', read],
            ['write', write],
            ['unknown', unclassified],
          ] as const
        ).flatMap(([effect, sum]): VendorLine[] =>
          sum === null
            ? []
            : [
                {
                  start: lastWeek,
                  who: name,
                  category: 'tool_call',
                  connector,
                  effect,
                  figure: sum.sum,
                },
              ],
        ),
      ),
    ),
  ];
}

export function flatColumns(
  people: People,
  nameOf: ReturnType<typeof connectorNames>,
): readonly TableColumn<FlatLine>[] {
  const reported =
    (
      log: (count: OnceCounted) => Value,
      vendor: (line: VendorLine) => Value = () => null,
    ): ((row: FlatLine) => Value) =>
    (row) =>
      'count' in row ? log(row.count) : vendor(row.vendor);
  const number =
    (log: (count: OnceCounted) => number | null) =>
    (row: FlatLine): number | null =>
      'count' in row ? log(row.count) : null;
  const sum = (amount: keyof OnceCounted['amounts']) => (row: FlatLine) =>
    'count' in row ? sumIn(row.count, amount) : null;
  return [
    {
      key: 'day',
      title: 'Day',
      kind: 'day',
      value: reported(
        (row) => row.start,
        ({ start }) => start,
      ),
    },
    text(
      'person',
      'Who',
      reported(
        (row) => (row.person === null ? null : people.of(row.person).name),
        ({ who }) => who,
      ),
    ),
    text(
      'surface',
      'Where',
      reported((row) => wordsIn(SURFACE_WORDS, row.surface ?? 'unknown')),
    ),
    text(
      'category',
      'Kind',
      reported(
        (row) => row.category,
        ({ category }) => category,
      ),
    ),
    text(
      'connector',
      'Connector',
      reported(
        (row) => (row.connector === null ? null : nameOf(row.connector, null)),
        ({ connector }) => connector,
      ),
    ),
    text(
      'tool',
      'Tool',
      reported((row) => row.tool),
    ),
    text(
      'effect',
      'Effect',
      reported(
        (row) => row.effect,
        ({ effect }) => effect,
      ),
    ),
    text(
      'outcome',
      'Outcome',
      reported((row) => row.outcome),
    ),
    text(
      'model',
      'Model',
      reported((row) => row.model),
    ),
    whole(
      'events',
      'Events',
      number((row) => row.events),
    ),
    ...stated<FlatLine>('inputTokens', 'Input tokens', sum('inputTokens')),
    ...stated<FlatLine>('outputTokens', 'Output tokens', sum('outputTokens')),
    ...stated<FlatLine>('cost', 'Cost in US dollars', sum('costMicros'), 1_000_000),
    text(
      'source',
      'Reported by',
      reported(
        (row) => wordsIn(SOURCE_WORDS, row.source ?? ''),
        () => 'Anthropic’s own count of the week',
      ),
    ),
    whole(
      'notCounted',
      NOT_COUNTED,
      number((row) => row.repeated),
    ),
    whole('vendor', 'Anthropic’s own count of the week: not part of Events', (row: FlatLine) =>
      'count' in row ? null : row.vendor.figure,
    ),
  ];
}
