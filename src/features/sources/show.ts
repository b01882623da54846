import type { z } from 'zod';
import { completeSince } from '#domain/activity/completeness.ts';
import { CLAUDE_PLAN_WORDS } from '#domain/labels.ts';
import { addDays } from '#domain/model/day.ts';
import type { ClaudePlan } from '#domain/model/profile.ts';
import { type ConnectionRow, connectionsOf } from '#store/sources/connections.ts';
import { allSpans } from '#store/sources/spans.ts';
import { type StreamRow, streamsOf } from '#store/sources/streams.ts';
import { lastBySource } from '#store/usage/read.ts';
import type { HandlerContext, Services } from '../context.ts';
import { formFields } from '../shared/form-fields.ts';
import { pendingActs } from '../shared/pending-acts.ts';
import { ledgerNamed } from './completeness.ts';
import { sourceFindings } from './findings.ts';
import { planOf, refusedByPlan, withoutAccess } from './plan.ts';
import type { connectionSchema, sourcesSchema, vendorSchema } from './schemas.ts';
import { type Vendor, vendorNamed, vendors } from './vendor.ts';

type Connection = z.infer<typeof connectionSchema>;

/** Days in which the newest event is searched. */
const NEWEST_DAYS = 400;

interface Known {
  readonly streams: readonly StreamRow[];
  readonly spans: Awaited<ReturnType<typeof allSpans>>;
  /** When the newest event of each source happened. */
  readonly newest: ReadonlyMap<string, Date>;
}

/** The sources of a client and their status. Never a key. */
export async function showSources(context: HandlerContext): Promise<z.infer<typeof sourcesSchema>> {
  const { services, client, now, can, read } = context;
  const { connections, streams, spans, plan, newest } = await read(async (tx) => ({
    connections: await connectionsOf(tx, client.id),
    streams: await streamsOf(tx, client.id),
    spans: await allSpans(tx, client.id),
    plan: await planOf(tx, client.id),
    newest: await lastBySource(tx, client.id, addDays(now.toISOString().slice(0, 10), -NEWEST_DAYS)),
  }));
  const known = { streams, spans, newest };
  const acts = await pendingActs(context);
  return {
    connections: connections.map((row) => ({
      ...shown(services, row, known),
      proposed: acts.get(`source:${row.id}`) ?? null,
    })),
    findings: [...sourceFindings(connections, streams, { ...services.catalogue, now })],
    vendors: vendors(services).map((vendor) => offered(services.catalogue, vendor, plan)),
    sandbox: client.sandbox,
    can: { edit: can('connections.edit') },
  };
}

/** What can be connected of a vendor with the client's plan. */
function offered(
  catalogue: Services['catalogue'],
  { id, live, facts }: Vendor,
  plan: ClaudePlan,
): z.infer<typeof vendorSchema> {
  const without = withoutAccess(facts, plan);
  return {
    vendor: id,
    name: facts.name,
    offers: facts.offers,
    words: facts.words,
    fields: formFields(live.credential, live.fields),
    plan: {
      name: CLAUDE_PLAN_WORDS[plan],
      offered: without === undefined,
      cannot: [...(without?.cannot ?? [])],
      instead: (without?.instead ?? []).map((one) => ({ ...one, page: one.page ?? null })),
    },
    keys: facts.keys.map((key) => {
      const { plans: _, prefix = null, consent = null, consentElsewhere = null, ...said } = key;
      return { ...said, prefix, consent, consentElsewhere, refused: refusedByPlan(facts, key, plan) };
    }),
    scopes: facts.scopes.map(({ id, keys = null, reads, blinds, optional = false }) => ({
      scope: id,
      keys: keys === null ? null : [...keys],
      reads,
      blinds,
      controls: controlsOf(catalogue, live, id),
      optional,
    })),
    asOf: facts.asOf,
  };
}

/** Controls with a check that uses what a scope provides. */
function controlsOf(
  { controls }: Services['catalogue'],
  { streams }: Vendor['live'],
  scope: string,
): string[] {
  const kinds = new Set<string>(
    streams.flatMap(({ scopes, optional = [], kinds: brings = [] }) =>
      [...scopes, ...optional].includes(scope) ? brings : [],
    ),
  );
  return controls
    .flatMap(({ id, checks }) =>
      checks.some((check) => 'reads' in check && check.reads.some((kind) => kinds.has(kind))) ? [id] : [],
    )
    .sort();
}

/** The last test's result, and optional permissions that it did not yet check. */
function withOptional(
  { key_kind, scopes }: ConnectionRow,
  { scopes: known, words }: Vendor['facts'],
): ConnectionRow['scopes'] {
  const newer = known.filter(
    ({ id, keys, optional }) =>
      optional === true && keys?.includes(key_kind) !== false && !scopes.some(({ scope }) => scope === id),
  );
  const why = `The ${words.credential} was last tested before Bylaw knew this permission. Test it again once it is given.`;
  return [...scopes, ...newer.map(({ id }) => ({ scope: id, state: 'missing' as const, why }))];
}

function shown(
  services: Services,
  row: ConnectionRow,
  { streams, spans, newest }: Known,
): Omit<Connection, 'proposed'> {
  const { live, facts } = vendorNamed(services, row.vendor);
  return {
    connection: row.id,
    vendor: row.vendor,
    name: facts.name,
    keyKind: row.key_kind,
    keyName: facts.keys.find(({ kind }) => kind === row.key_kind)?.name ?? row.key_kind,
    hint: row.key_hint,
    settings: row.settings,
    hasKey: row.key_sealed !== null,
    state: row.key_sealed === null ? 'no_key' : (row.state as Connection['state']),
    problem: row.problem,
    recording: facts.recording === undefined ? null : (row.recording as Connection['recording']),
    recordingAt: row.recording_at?.toISOString() ?? null,
    tenants: row.tenants.map(({ id, name }) => ({ id, name })),
    scopes: withOptional(row, facts).map(({ scope, state, why }) => {
      const known = facts.scopes.find(({ id }) => id === scope);
      return {
        scope,
        state,
        why,
        reads: known?.reads ?? '',
        blinds: known?.blinds ?? '',
        controls: controlsOf(services.catalogue, live, scope),
        optional: known?.optional ?? false,
      };
    }),
    streams: live.streams.flatMap((stream): Connection['streams'] => {
      const found = streams.find((one) => one.source_connection_id === row.id && one.stream === stream.id);
      if (found === undefined) return [];
      const ledger = ledgerNamed(services.sources, row, found);
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
          newestAt: (found.newest_at ?? (ledger === null ? null : newest.get(ledger)))?.toISOString() ?? null,
        },
      ];
    }),
    expiresAt: row.expires_at?.toISOString() ?? null,
    testedAt: row.tested_at.toISOString(),
    connectedBy: row.connected_by_name,
    connectedAt: row.connected_at.toISOString(),
    version: row.version,
  };
}
// Guide: G2.2-32
