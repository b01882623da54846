import type { z } from 'zod';
import { type BaselineDifference, layOver } from '#domain/baselines/lay-over.ts';
import { AREA_WORDS, AREAS } from '#domain/charter/fields.ts';
import { BASELINE_STATUS_WORDS } from '#domain/labels.ts';
import { findClientBySlug } from '#store/access/clients.ts';
import { writersOf } from '#store/baselines/baselines.ts';
import {
  chartersInForce,
  dropKeptDifference,
  type Follower,
  followBaseline,
  followersAmong,
  type KeptDifferenceRow,
  keepDifference,
  keptDifferences,
} from '#store/baselines/followers.ts';
import type { Tx } from '#store/open.ts';
import { putDraft } from '../charter/index.ts';
import type { HandlerContext } from '../context.ts';
import { type TableColumn, tableFile, workspaceHeading } from '../exports/index.ts';
import type { Page } from '../paging.ts';
import { forbidden, notFound, unprocessable } from '../problems.ts';
import type { Download } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { type Comparison, compareClient, digestOf, keptAs } from './compare.ts';
import type { baselinesContract } from './contract.ts';
import type { differencesSchema } from './schemas.ts';
import { type Loaded, loadBaseline, sightOf } from './sight.ts';

type Shown = z.infer<typeof differencesSchema>;
type Filter = Omit<
  z.infer<NonNullable<(typeof baselinesContract.differences.list)['~orpc']['inputSchema']>>,
  'baseline' | keyof Page
>;
type Row = Shown['rows'][number];
type Cell = Row['cells'][number];

/** Clients beside their baseline: a row for each place where one differs, looser first. */
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
  const clients = followers.map((one) => {
    const charter = stored.charters.get(one.client_id) ?? null;
    const compared = compareClient(
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

/** Entries of one list share a name: then each goes by what it is. */
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

interface OneClient {
  readonly id: string;
  readonly loaded: Loaded;
  readonly follower: Follower;
}

/** The client whose difference is decided, if that is the person's to do. */
async function decided(context: HandlerContext, baseline: string, slug: string): Promise<OneClient> {
  const sight = await sightOf(context);
  const loaded = await loadBaseline(context, sight, baseline);
  const client = await context.services.store.read('system', (tx) => findClientBySlug(tx, slug));
  if (client === null || !sight.read.includes(client.id)) throw notFound();
  const [follower] = await context.services.store.read([client.id], (tx) =>
    followersAmong(tx, [client.id], baseline),
  );
  if (follower === undefined) throw notFound(`${client.name} does not follow this baseline.`);
  if (!sight.apply.has(client.id))
    throw forbidden(`Differences of ${client.name} are decided by the people who apply baselines to it.`);
  return { id: client.id, loaded, follower };
}

async function comparedNow(
  tx: Tx,
  context: HandlerContext,
  { id, loaded, follower }: OneClient,
): Promise<Comparison> {
  const charter = (await chartersInForce(tx, [id])).get(id) ?? null;
  return compareClient(
    loaded.yaml,
    { name: follower.name, profile: follower.profile, owner: follower.owner_address, charter },
    context.services.catalogue,
    context.now,
  );
}

function found({ differences }: Comparison, key: string, { follower }: OneClient): BaselineDifference {
  const one = differences?.find((difference) => difference.key === key);
  if (one === undefined)
    throw unprocessable(`${follower.name} no longer differs there. Look at the list again.`);
  return one;
}

interface Kept {
  readonly baseline: string;
  readonly client: string;
  readonly key: string;
  readonly reason: string;
}

export async function keepOnPurpose(context: HandlerContext, { baseline, client, key, reason }: Kept) {
  const one = await decided(context, baseline, client);
  const { actor, now } = context;
  await context.change(async (tx, recorder) => {
    const difference = found(await comparedNow(tx, context, one), key, one);
    const before = keptAs(difference, await keptDifferences(tx, [one.id], baseline));
    await keepDifference(tx, {
      client_id: one.id,
      baseline_id: baseline,
      id: key,
      value_digest: digestOf(difference),
      label: difference.what,
      reason,
      decided_at: now,
      decided_by: actor.userId,
      decided_by_name: actor.name,
    });
    await recorder.record({
      chain: one.id,
      subject: { kind: 'baseline_difference', id: key, name: difference.what },
      reason,
      before: before === null ? null : { kept: before.reason },
      after: {
        baseline: one.loaded.row.name,
        client: difference.client,
        template: difference.template,
        kept: reason,
      },
    });
  });
  context.services.events.publish({ client: one.id, topic: 'client', id: null });
  return { kept: true };
}

interface Proposed {
  readonly baseline: string;
  readonly client: string;
  readonly keys: readonly string[];
  readonly reason: string;
}

/** Puts a draft of the client's charter down in which these places say what the baseline says. */
export async function proposeAgain(context: HandlerContext, { baseline, client, keys, reason }: Proposed) {
  const one = await decided(context, baseline, client);
  const { actor, now } = context;
  const { row } = one.loaded;
  const draft = await context.change(async (tx, recorder) => {
    const compared = await comparedNow(tx, context, one);
    if (compared.baseline === null || compared.charter === null)
      throw unprocessable(
        compared.problem ??
          `${one.follower.name} has no charter in force, so there is nothing to compare yet.`,
      );
    const differences = keys.map((key) => found(compared, key, one));
    const value = layOver(compared.baseline.charter, compared.charter, { only: new Set(keys) });
    let charter: unknown = null;
    const made = await putDraft(
      tx,
      {
        record: async ({ after }) => {
          charter = after;
        },
      },
      {
        clientId: one.id,
        value,
        title: `Back to the baseline ${row.name}, version ${row.version}`,
        reason,
        origin: `baseline:${row.id}`,
        by: { id: actor.userId, name: actor.name },
        hands: await writersOf(tx, row),
        now,
      },
    );
    for (const key of keys) await dropKeptDifference(tx, one.id, baseline, key);
    await followBaseline(tx, followed(one.follower, made.id));
    await recorder.record({
      chain: one.id,
      subject: { kind: 'charter_draft', id: made.id, name: row.name },
      reason,
      before: differences.map(({ what, client: was }) => ({ what, value: was })),
      after: {
        baseline: row.name,
        values: differences.map(({ what, template }) => ({ what, value: template })),
        ...(charter as object),
      },
    });
    return made.id;
  });
  context.services.events.publish({ client: one.id, topic: 'client', id: null });
  return { draft };
}

function followed(follower: Follower, draft: string) {
  return {
    client_id: follower.client_id,
    baseline_id: follower.baseline_id,
    baseline_version: follower.baseline_version,
    owner_address: follower.owner_address,
    tasks: JSON.stringify(follower.tasks),
    draft,
    applied_at: follower.applied_at,
    applied_by: follower.applied_by,
    applied_by_name: follower.applied_by_name,
  };
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
