import type { SourceProblem } from '#sources/problem.ts';
import type { Credential, Reach } from '#sources/source.ts';
import { type ConnectionRow, connectionsOf, recordConnection } from '#store/sources/connections.ts';
import { wakeStreamsNamed } from '#store/sources/streams.ts';
import type { Services } from '../context.ts';
import { credentialIn, reachOf, renewedIn, vendorNamed } from './vendor.ts';

/** Whether Bylaw may change a client's tenant, and what is missing. */
export interface WriterState {
  readonly is: 'ready' | 'missing' | 'refused' | 'none';
  /** Permissions that the credential lacks, without optional ones. */
  readonly missing: readonly string[];
}

/** A credential that changes a vendor's systems: the vendor, and the kind of credential. */
export interface Writer {
  readonly vendor: string;
  readonly kind: string;
}

/** State of the credential that changes a client's tenant; none: not connected. */
export async function writerState(
  services: Pick<Services, 'store' | 'sources' | 'catalogue'>,
  clientId: string,
  writer: Writer,
): Promise<WriterState> {
  const row = await writerRow(services, clientId, writer);
  if (row === undefined) return { is: 'none', missing: [] };
  if (row.key_sealed === null || row.state === 'refused') return { is: 'refused', missing: [] };
  const { scopes } = vendorNamed(services, writer.vendor).facts;
  const optional = new Set(scopes.filter((one) => one.optional).map(({ id }) => id));
  const missing = row.scopes
    .filter(({ scope, state }) => state === 'missing' && !optional.has(scope))
    .map(({ scope }) => scope);
  return { is: missing.length > 0 ? 'missing' : 'ready', missing };
}

/** A client for the credential that changes a client's tenant; null: nothing may be changed with it now. */
export async function writerOf(
  services: Services,
  clientId: string,
  writer: Writer,
  signal: AbortSignal,
): Promise<{ readonly credential: Credential; readonly reach: Reach } | null> {
  if ((await writerState(services, clientId, writer)).is !== 'ready') return null;
  const row = await writerRow(services, clientId, writer);
  const vendor = vendorNamed(services, writer.vendor);
  const credential = row === undefined ? null : credentialIn(services, vendor.live, row);
  if (row === undefined || credential === null) return null;
  const opening = {
    credential,
    parent: row.parent,
    renewed: renewedIn(services, vendor.live, row),
    signal,
  };
  return { credential, reach: reachOf(services, vendor, opening) };
}

/** A client for a vendor with a reading credential that has a scope; null: none is connected, or it lacks the scope. */
export async function readerOf(
  services: Services,
  clientId: string,
  { vendor: name, kind }: Writer,
  scope: string,
): Promise<((signal: AbortSignal) => { readonly credential: Credential; readonly reach: Reach }) | null> {
  const row = await writerRow(services, clientId, { vendor: name, kind });
  if (row === undefined || row.state === 'refused') return null;
  if (!row.scopes.some((one) => one.scope === scope && one.state === 'granted')) return null;
  const vendor = vendorNamed(services, name);
  const credential = credentialIn(services, vendor.live, row);
  if (credential === null) return null;
  const renewed = renewedIn(services, vendor.live, row);
  return (signal) => ({
    credential,
    reach: reachOf(services, vendor, { credential, parent: row.parent, renewed, signal }),
  });
}

/** Records that the vendor refused a connection's credential, so that the page of sources shows it. */
export async function recordWriterProblem(
  { store, events }: Pick<Services, 'store' | 'events'>,
  clientId: string,
  writer: Writer,
  problem: SourceProblem,
): Promise<void> {
  if (problem.code !== 'credential_refused') return;
  const row = await writerRow({ store }, clientId, writer);
  if (row === undefined) return;
  await store.write([clientId], (tx) =>
    recordConnection(tx, clientId, row.id, { state: 'refused', problem: problem.message }),
  );
  events.publish({ client: clientId, topic: 'sources', id: row.id });
}

/** Schedules streams of a vendor for the next run, so that a change there is soon observed. */
export async function readSoon(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  clientId: string,
  vendor: string,
  streams: readonly string[],
): Promise<void> {
  await store.write([clientId], async (tx) => {
    for (const { id, vendor: of } of await connectionsOf(tx, clientId))
      if (of === vendor) await wakeStreamsNamed(tx, clientId, id, streams, clock());
  });
}

/** The non-secret fields of the first credential that a client connected to a vendor; null: none is connected. */
export async function settingsOf(
  { store }: Pick<Services, 'store'>,
  clientId: string,
  vendor: string,
): Promise<Readonly<Record<string, string>> | null> {
  const rows = await store.read([clientId], (tx) => connectionsOf(tx, clientId));
  return rows.find((row) => row.vendor === vendor)?.settings ?? null;
}

async function writerRow(
  { store }: Pick<Services, 'store'>,
  clientId: string,
  { vendor, kind }: Writer,
): Promise<ConnectionRow | undefined> {
  const rows = await store.read([clientId], (tx) => connectionsOf(tx, clientId));
  return rows.find((row) => row.vendor === vendor && row.key_kind === kind);
}
// Guide: G6.2-01 G6.3-02 G6.6-01
