import type { z } from 'zod';
import { completeSince } from '#domain/activity/completeness.ts';
import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import { addDays } from '#domain/model/day.ts';
import type { KeyKind, VendorSource } from '#domain/model/vendor-source.ts';
import { type ConnectionRow, connectionsOf } from '#store/sources/connections.ts';
import { allSpans } from '#store/sources/spans.ts';
import { type StreamRow, streamsOf } from '#store/sources/streams.ts';
import { lastBySource } from '#store/usage/read.ts';
import type { HandlerContext } from '../context.ts';
import { ledgerNamed } from './completeness.ts';
import { sourceFindings } from './findings.ts';
import { planOf, refusedByPlan, withoutAccess } from './plan.ts';
import type { connectionSchema, sourcesSchema } from './schemas.ts';
import { sourceNamed, vendorOf } from './vendor.ts';

type Connection = z.infer<typeof connectionSchema>;

/** Days in which the newest event is looked for. */
const NEWEST_DAYS = 400;

interface Known {
  readonly streams: readonly StreamRow[];
  readonly spans: Awaited<ReturnType<typeof allSpans>>;
  /** When the newest event of each source happened. */
  readonly newest: ReadonlyMap<string, Date>;
}

/** The sources of a client as they stand. Never a key. */
export async function showSources(context: HandlerContext): Promise<z.infer<typeof sourcesSchema>> {
  const { services, client, now, can, read } = context;
  const { connections, streams, spans, plan, newest } = await read(async (tx) => ({
    connections: await connectionsOf(tx, client.id),
    streams: await streamsOf(tx, client.id),
    spans: await allSpans(tx, client.id),
    plan: await planOf(tx, client.id),
    newest: await lastBySource(tx, client.id, addDays(now.toISOString().slice(0, 10), -NEWEST_DAYS)),
  }));
  const vendor = vendorOf(services, 'anthropic');
  const without = withoutAccess(vendor, plan);
  return {
    connections: connections.map((row) =>
      shown(row, { streams, spans, newest }, vendorOf(services, row.vendor)),
    ),
    findings: [...sourceFindings(connections, streams, now)],
    plan: {
      name: CLAUDE_PLAN_WORDS[plan],
      offered: without === undefined,
      cannot: [...(without?.cannot ?? [])],
      instead: (without?.instead ?? []).map((one) => ({ ...one, page: one.page ?? null })),
    },
    keys: vendor.keys.map((key) => {
      const { plans: _, ...said } = key;
      return { ...said, refused: refusedByPlan(vendor, key, plan) };
    }),
    scopes: vendor.scopes.map(({ id, reads, blinds }) => ({ scope: id, reads, blinds })),
    asOf: vendor.asOf,
    sandbox: client.sandbox,
    can: { edit: can('connections.edit') },
  };
}

function shown(row: ConnectionRow, { streams, spans, newest }: Known, vendor: VendorSource): Connection {
  const source = sourceNamed(row.vendor);
  return {
    connection: row.id,
    vendor: row.vendor,
    name: vendor.name,
    keyKind: row.key_kind as KeyKind,
    keyName: vendor.keys.find(({ kind }) => kind === row.key_kind)?.name ?? row.key_kind,
    hint: row.key_hint,
    hasKey: row.key_sealed !== null,
    state: row.key_sealed === null ? 'no_key' : (row.state as Connection['state']),
    problem: row.problem,
    recording: row.recording as Connection['recording'],
    recordingAt: row.recording_at?.toISOString() ?? null,
    organizations: row.organizations.map(({ id, name }) => ({ id, name })),
    scopes: row.scopes.map(({ scope, state, why }) => {
      const known = vendor.scopes.find(({ id }) => id === scope);
      return { scope, state, why, reads: known?.reads ?? '', blinds: known?.blinds ?? '' };
    }),
    streams: source.streams.flatMap((stream): Connection['streams'] => {
      const found = streams.find((one) => one.source_connection_id === row.id && one.stream === stream.id);
      if (found === undefined) return [];
      const ledger = ledgerNamed(row, found);
      return [
        {
          stream: stream.id,
          title: stream.title,
          state: found.state as Connection['streams'][number]['state'],
          says: found.says,
          readAt: found.read_at?.toISOString() ?? null,
          nextAt: found.next_at.toISOString(),
          brought: Number(found.brought),
          complete: ledger === null ? null : completeSince(spans.get(ledger) ?? []),
          newestAt: (ledger === null ? undefined : newest.get(ledger))?.toISOString() ?? null,
        },
      ];
    }),
    testedAt: row.tested_at.toISOString(),
    connectedBy: row.connected_by_name,
    connectedAt: row.connected_at.toISOString(),
    version: row.version,
  };
}
