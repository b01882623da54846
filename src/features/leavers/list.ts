import type { z } from 'zod';
import { LEAVING_STATES } from '#domain/people/leaving.ts';
import { leaversOf } from '#store/work/leavers.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { peopleWith } from '../owners/index.ts';
import { readingNow } from '../people/index.ts';
import { asDownload } from '../shared/download.ts';
import { present } from '../shared/moment.ts';
import type { TableFormat } from '../shared/table-format.ts';
import type { leaverList } from './contract.ts';
import { seatsIn } from './seats.ts';
import { type Leaver, leaverView, notStarted } from './view.ts';

const ORDER: readonly Leaver['state'][] = ['not_started', ...LEAVING_STATES];

/** Everyone who leaves: those who left by the roster and hold a seat, and those whose leaving was started. */
export async function listLeavers(context: HandlerContext): Promise<z.input<typeof leaverList>> {
  const { services, client, now, can } = context;
  const { today } = present(now, client.timezone);
  const reading = await readingNow(context, client);
  const seats = seatsIn(reading);
  const rows = await context.read((tx) => leaversOf(tx, [client.id]));
  const able = await services.store.read('system', (tx) => peopleWith(tx, client.id, 'work.read'));
  const access = new Set(able.map(({ id }) => id));
  const started = new Set(rows.map((row) => row.person_key));
  const left = (reading?.rows ?? []).flatMap((row) =>
    row.place !== 'has_left' || row.key === null || started.has(row.key) ? [] : [notStarted(row, row.key)],
  );
  const items = [...left, ...rows.map((row) => leaverView(row, seats, today, access))].sort(
    (a, b) =>
      ORDER.indexOf(a.state) - ORDER.indexOf(b.state) ||
      (a.lastDay ?? '').localeCompare(b.lastDay ?? '') ||
      a.address.localeCompare(b.address),
  );
  return {
    items,
    total: items.length,
    membersOn: seats.on,
    today,
    people: can('people.decide') ? able.map(({ name, email }) => ({ name, email })) : [],
  };
}

const STATE_WORDS: Readonly<Record<Leaver['state'], string>> = {
  not_started: 'Not started',
  overdue: 'Overdue',
  contradicted: 'Still holds a seat',
  open: 'To be removed',
  claimed: 'Marked as removed',
  gone: 'No seat',
};

const COLUMNS: readonly TableColumn<Leaver>[] = [
  { key: 'name', title: 'Name', width: 30, value: ({ name }) => name },
  { key: 'address', title: 'Address in Claude', width: 36, value: ({ address }) => address },
  { key: 'seat', title: 'Seat', width: 16, value: ({ seat }) => seat },
  { key: 'lastDay', title: 'Last day', kind: 'day', value: ({ lastDay }) => lastDay },
  { key: 'state', title: 'State', width: 20, value: ({ state }) => STATE_WORDS[state] },
  { key: 'words', title: 'Details', width: 60, value: ({ words }) => words },
  { key: 'owner', title: 'Owner', width: 28, value: ({ owner }) => owner?.name ?? null },
  { key: 'removedOn', title: 'Marked as removed', kind: 'day', value: ({ removed }) => removed?.on ?? null },
];

export async function exportLeavers(context: HandlerContext, { format }: { readonly format: TableFormat }) {
  const { items } = await listLeavers(context);
  return asDownload(
    await tableFile(
      {
        heading: { title: 'People who leave', ...clientHeading(context), filter: null },
        columns: COLUMNS,
        rows: items,
      },
      format,
    ),
  );
}
// Guide: G6.6-03
