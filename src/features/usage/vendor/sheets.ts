import type { z } from 'zod';
import type { TableColumn } from '../../exports/index.ts';
import { type AnySheet, type Stated, sheetOf, text, whole } from '../sheets.ts';
import type { vendorSchema } from './schemas.ts';

type Vendor = z.input<typeof vendorSchema>;
type Period = Vendor['weeks'][number];
type Person = Vendor['people']['items'][number];
export const VENDOR_LISTS = [
  'vendor_days',
  'vendor_weeks',
  'vendor_people',
  'vendor_connectors',
  'vendor_models',
] as const;
type VendorList = (typeof VENDOR_LISTS)[number];

/** What Anthropic counts itself beside the log: in columns of its own, so that nobody adds the two. */
export function vendorSheet(vendor: Vendor, list: VendorList): AnySheet {
  switch (list) {
    case 'vendor_days':
    case 'vendor_weeks': {
      const day = list === 'vendor_days';
      return sheetOf<Period>({
        title: `Anthropic’s count by ${day ? 'day' : 'week'}`,
        rows: day ? vendor.days : vendor.weeks,
        columns: [
          { key: 'start', title: day ? 'Day (UTC)' : 'Week from', kind: 'day', value: (row) => row.start },
          whole('reported', 'Days reported', (row: Period) => row.reported),
          whole('of', 'Days that are over', (row: Period) => row.of),
          ...figure('messages', 'Anthropic: messages in chat and Cowork', (row: Period) => row.messages),
          whole('chat', 'Anthropic: chat', (row: Period) => row.chat),
          whole('cowork', 'Anthropic: Cowork', (row: Period) => row.cowork),
          whole('log', 'Log: messages in chat and Cowork on those days', (row: Period) => row.log),
          whole('difference', 'Anthropic less log', (row: Period) => row.difference),
        ],
      });
    }
    case 'vendor_people':
      return sheetOf<Person>({
        title: 'Anthropic’s count by person',
        rows: vendor.people.items,
        columns: [
          text('name', 'Who', (row: Person) => row.name),
          { key: 'week', title: 'Week from', kind: 'day', value: () => vendor.lastWeek },
          whole('reported', 'Days reported', () => vendor.people.reported),
          ...figure('messages', 'Anthropic: messages in chat and Cowork', (row: Person) => row.messages),
          whole('log', 'Log: messages in chat and Cowork on those days', (row: Person) => row.log),
          whole('difference', 'Anthropic less log', (row: Person) => row.difference),
        ],
      });
    case 'vendor_models': {
      const rows = vendor.models.items.flatMap(({ people, months: _, ...line }) => [
        { ...line, who: null as string | null },
        ...people.map(({ name, requests, tokens }) => ({ ...line, requests, tokens, who: name })),
      ]);
      type Row = (typeof rows)[number];
      return sheetOf<Row>({
        title: 'Anthropic’s count by model',
        rows,
        columns: [
          text('family', 'Family', (row: Row) => row.family),
          text('model', 'Model', (row: Row) => row.model),
          text('product', 'Product', (row: Row) => row.product),
          text('who', 'Who (empty: all of them together)', (row: Row) => row.who),
          whole('reported', 'Days reported', () => vendor.models.reported),
          ...figure('requests', 'Anthropic: requests', (row: Row) => row.requests),
          ...figure('tokens', 'Anthropic: tokens', (row: Row) => row.tokens),
        ],
      });
    }
    case 'vendor_connectors': {
      const rows = vendor.connectors.flatMap((line) => [
        { ...line, who: null as string | null, of: line as typeof line | null },
        ...line.people.map((one) => ({
          ...one,
          name: line.name,
          who: one.name,
          reported: line.reported,
          of: null,
        })),
      ]);
      type Row = (typeof rows)[number];
      return sheetOf<Row>({
        title: 'Anthropic’s count by connector',
        rows,
        columns: [
          text('name', 'Connector', (row: Row) => row.name),
          text('who', 'Who (empty: all of them together)', (row: Row) => row.who),
          whole('reported', 'Days reported', (row: Row) => row.reported),
          ...figure('calls', 'Anthropic: calls', (row: Row) => row.calls),
          ...figure('read', 'Anthropic: read', (row: Row) => row.read),
          ...figure('write', 'Anthropic: write', (row: Row) => row.write),
          ...figure('unclassified', 'Anthropic: not classified', (row: Row) => row.unclassified),
          whole('log', 'Log: calls on those days', (row: Row) => row.of?.log?.calls ?? null),
          whole('logRead', 'Log: read', (row: Row) => row.of?.log?.read ?? null),
          whole('logWrite', 'Log: write and administration', (row: Row) => row.of?.log?.write ?? null),
          whole('logUnknown', 'Log: not classified', (row: Row) => row.of?.log?.unknown ?? null),
          whole('difference', 'Anthropic less log', (row: Row) => row.of?.difference ?? null),
        ],
      });
    }
  }
}

/** A figure with the number of lines that it is the sum of; empty where none states it, which is not 0. */
function figure<Row>(key: string, title: string, value: (row: Row) => Stated): TableColumn<Row>[] {
  return [
    whole(key, title, (row) => value(row)?.sum ?? null),
    whole(`${key}Unstated`, `${title}: lines without a figure`, (row) => {
      const sum = value(row);
      return sum === null ? null : sum.of - sum.stated;
    }),
  ];
}
