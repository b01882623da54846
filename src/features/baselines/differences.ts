import type { z } from 'zod';
import type { BaselineDifference } from '#domain/baselines/overlay.ts';
import { AREA_WORDS, AREAS } from '#domain/charter/fields.ts';
import { BASELINE_STATUS_WORDS } from '#domain/labels.ts';
import {
  chartersInForce,
  type Follower,
  followersAmong,
  type KeptDifferenceRow,
  keptDifferences,
} from '#store/baselines/followers.ts';
import type { HandlerContext } from '../context.ts';
import { type TableColumn, tableFile, workspaceHeading } from '../exports/index.ts';
import type { Page } from '../paging.ts';
import type { Download } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { inTurns } from '../shared/turn.ts';
import { compareClient, keptAs } from './compare.ts';
import type { baselinesContract } from './contract.ts';
import type { differencesSchema } from './schemas.ts';
import { loadBaseline, sightOf } from './sight.ts';

type Shown = z.infer<typeof differencesSchema>;

type Filter = Omit<
  z.infer<NonNullable<(typeof baselinesContract.differences.list)['~orpc']['inputSchema']>>,
  'baseline' | keyof Page
>;

type Row = Shown['rows'][number];
type Cell = Row['cells'][number];

/** Clients compared with their baseline: one row per difference, looser ones first. */
export async function listDifferences(context: HandlerContext, id: string, filter: Filter): Promise<Shown> {
  const { services, now } = context;
  const sight = await sightOf(context);
  const loaded = await loadBaseline(context, sight, id);
  const stored = await services.store.read(sight.read, async (tx) => {
    const followers = await followersAmong(tx, sight.read, id);
    const ids = followers.map(({ client_id }) => client_id);
    return {
      followers,
      charters: await chartersInForce(tx, ids),
      kept: Map.groupBy(await keptDifferences(tx, ids, id), ({ client_id }) => client_id),
    };
  });
  const followers = stored.followers.filter(
    ({ slug }) => filter.client === undefined || slug === filter.client,
  );
  const rows = new Map<string, Omit<Row, 'cells' | 'looser' | 'open'> & { cells: Cell[] }>();
  const clients = await inTurns(followers, async (one) => {
    const charter = stored.charters.get(one.client_id) ?? null;
    const compared = await compareClient(
      loaded.yaml,
      { name: one.name, profile: one.profile, owner: one.owner_address, charter },
      services.catalogue,
      now,
    );
    for (const difference of compared.differences ?? []) {
      const cell = cellOf(one, difference, stored.kept.get(one.client_id) ?? []);
      if (!wanted(cell, filter)) continue;
      const row = rows.get(difference.key) ?? {
        key: difference.key,
        area: difference.area,
        areaName: AREA_WORDS[difference.area],
        what: difference.what,
        cells: [],
      };
      row.cells.push(cell);
      rows.set(difference.key, row);
    }
    return {
      client: one.slug,
      name: one.name,
      version: one.baseline_version,
      older: one.baseline_version < loaded.row.version,
      charter: charter?.version ?? null,
      problem: compared.problem,
      may: sight.apply.has(one.client_id),
    };
  });
  nameTwins([...rows.values()]);
  const list = [...rows.values()].map((row): Row => {
    const open = row.cells.filter(({ kept }) => kept === null);
    return {
      ...row,
      open: open.length,
      looser: open.filter(({ status }) => status === 'looser').length,
    };
  });
  list.sort(
    (a, b) =>
      Number(b.looser > 0) - Number(a.looser > 0) ||
      b.looser - a.looser ||
      AREAS.indexOf(a.area) - AREAS.indexOf(b.area) ||
      b.open - a.open ||
      a.what.localeCompare(b.what, 'en'),
  );
  return {
    id,
    name: loaded.row.name,
    version: loaded.row.version,
    clients,
    rows: list,
    total: list.length,
    open: list.reduce((sum, { open }) => sum + open, 0),
  };
}

/** Entries of one list may share a name; their value is then added to tell them apart. */
function nameTwins(rows: { what: string; cells: readonly Cell[] }[]): void {
  for (const twins of Map.groupBy(rows, ({ what }) => what).values()) {
    if (twins.length < 2) continue;
    for (const row of twins) {
      const value = row.cells[0]?.value ?? row.cells[0]?.template ?? null;
      if (value !== null) row.what = `${row.what}: ${value}`;
    }
  }
}

function cellOf(
  { slug }: Follower,
  difference: BaselineDifference,
  kept: readonly KeptDifferenceRow[],
): Cell {
  const decision = keptAs(difference, kept);
  return {
    client: slug,
    value: difference.client,
    template: difference.template,
    status: difference.status,
    kept:
      decision === null
        ? null
        : {
            reason: decision.reason,
            by: decision.decided_by_name,
            at: decision.decided_at.toISOString(),
          },
  };
}

function wanted({ kept, status }: Cell, filter: Filter): boolean {
  if (filter.status !== undefined && status !== filter.status) return false;
  return filter.view === 'all' || (filter.view === 'kept') === (kept !== null);
}

interface Line {
  readonly row: Row;
  readonly cell: Cell;
  readonly name: string;
  readonly version: number;
}

const VIEW_WORDS = {
  open: 'Open differences',
  kept: 'Differences kept on purpose',
  all: 'All differences',
} as const;

const COLUMNS: readonly TableColumn<Line>[] = [
  { key: 'client', title: 'Client', width: 36, value: ({ name }) => name },
  { key: 'version', title: 'Follows version', kind: 'number', value: ({ version }) => version },
  { key: 'area', title: 'Part', width: 26, value: ({ row }) => row.areaName },
  { key: 'what', title: 'What', width: 44, value: ({ row }) => row.what },
  {
    key: 'status',
    title: 'The client is',
    width: 12,
    value: ({ cell }) => BASELINE_STATUS_WORDS[cell.status],
  },
  { key: 'value', title: 'Value at the client', width: 30, value: ({ cell }) => cell.value },
  { key: 'template', title: 'Value in the baseline', width: 30, value: ({ cell }) => cell.template },
  { key: 'kept', title: 'Kept on purpose', width: 40, value: ({ cell }) => cell.kept?.reason ?? null },
  { key: 'by', title: 'Decided by', width: 24, value: ({ cell }) => cell.kept?.by ?? null },
];

export async function exportDifferences(
  context: HandlerContext,
  id: string,
  { format, ...filter }: Filter & { readonly format: TableFormat },
): Promise<Download> {
  const shown = await listDifferences(context, id, filter);
  const clients = new Map(shown.clients.map((client) => [client.client, client]));
  const rows = shown.rows.flatMap((row) =>
    row.cells.flatMap((cell): Line[] => {
      const client = clients.get(cell.client);
      return client === undefined ? [] : [{ row, cell, name: client.name, version: client.version }];
    }),
  );
  const words = [
    VIEW_WORDS[filter.view],
    filter.status === undefined
      ? null
      : `The client is ${BASELINE_STATUS_WORDS[filter.status].toLowerCase()}`,
    filter.client === undefined ? null : `Client: ${clients.get(filter.client)?.name ?? filter.client}`,
  ].filter((one) => one !== null);
  return tableFile(
    {
      heading: {
        title: `Differences from ${shown.name} v${shown.version}`,
        ...workspaceHeading(context),
        filter: words.join('; '),
      },
      columns: COLUMNS,
      rows,
    },
    format,
  );
}
