import { randomUUID } from 'node:crypto';
import { VendorProblem } from '#sources/anthropic/problem.ts';
import { sourceOfKey } from '#sources/registry.ts';
import type { KeyTest, Source } from '#sources/source.ts';
import type { Tx } from '#store/open.ts';
import {
  type ConnectionRow,
  changeConnection,
  findConnection,
  insertConnection,
  removeConnection,
  sourceKeyPlace,
} from '#store/sources/connections.ts';
import { keepPlaces } from '#store/sources/places.ts';
import { streamsOf, wakeStreams } from '#store/sources/streams.ts';
import type { HandlerContext } from '../context.ts';
import { lastChange } from '../meanwhile.ts';
import { conflict, notFound, unprocessable } from '../problems.ts';
import { planOf, refusedByPlan } from './plan.ts';
import { arrangeStreams } from './resume.ts';
import { runStream, streamsFor } from './run-stream.ts';
import { showSources } from './show.ts';
import { clientFor, sourceNamed, vendorOf } from './vendor.ts';

/** How long somebody waits for a reading before a page. */
const PATIENCE_MS = 30_000;

/** Connects the source that a key is of. What it may read is found out by reading; a refused key is not stored. */
export async function connectSource(context: HandlerContext, key: string) {
  const { client, actor, now } = context;
  const { source, kind } = await recognized(context, key);
  const test = await tested(context, source, kind, key);
  const id = randomUUID();
  await context.change(async (tx, recorder) => {
    const stored = await insertConnection(tx, {
      id,
      client_id: client.id,
      vendor: source.id,
      key_kind: kind,
      connected_by_name: actor.name,
      connected_at: now,
      state: 'connected',
      problem: null,
      ...keyValues(context, id, key),
      ...testValues(test, now, id),
    });
    if (!stored)
      throw unprocessable(
        'A key of this kind is connected already. Replace the key there, or disconnect it first.',
      );
    const connection = await connectionIn(tx, client.id, id);
    await arrangeStreams(tx, source, connection, {
      streams: streamIds(source, kind, test),
      before: null,
      now,
    });
    await recorder.record({
      subject: subjectOf(source.id, id),
      after: { keyKind: kind, hint: hintOf(key), ...recorded(test) },
    });
  });
  tell(context, id);
  return showSources(context);
}

/** Puts another key of the same kind in the place of a connection's. Where the reading stands stays. */
export async function replaceKey(
  context: HandlerContext,
  input: { readonly connection: string; readonly version: number; readonly key: string },
) {
  const { client, now } = context;
  const { source, kind } = await recognized(context, input.key);
  const row = await context.read((tx) => connectionIn(tx, client.id, input.connection));
  if (row.vendor !== source.id || row.key_kind !== kind)
    throw unprocessable(
      `This is another kind of key (${keyWords(context, source, kind)}). Connect it for itself, or paste one of the kind that is connected.`,
    );
  const test = await tested(context, source, kind, input.key);
  refuseOtherOrganization(row, test);
  await context.change(async (tx, recorder) => {
    const before = await connectionIn(tx, client.id, input.connection);
    const stored =
      before.version === input.version &&
      (await changeConnection(tx, before, {
        state: 'connected',
        problem: null,
        ...keyValues(context, before.id, input.key),
        ...testValues(test, now, before.id),
      }));
    if (!stored) throw await changedMeanwhile(tx, context, before);
    const connection = await connectionIn(tx, client.id, before.id);
    await arrangeStreams(tx, source, connection, { streams: streamIds(source, kind, test), before, now });
    await wakeStreams(tx, client.id, before.id, now);
    await recorder.record({
      subject: subjectOf(source.id, before.id),
      before: { hint: before.key_hint },
      after: { hint: hintOf(input.key), ...recorded(test) },
    });
  });
  tell(context, input.connection);
  return showSources(context);
}

/** Finds out again what the stored key may read. */
export async function testAgain(context: HandlerContext, connection: string) {
  const { client, now, services } = context;
  const row = await context.read((tx) => connectionIn(tx, client.id, connection));
  const source = sourceNamed(row.vendor);
  const key = openKey(context, row);
  let test: KeyTest | null = null;
  let problem: VendorProblem | null = null;
  try {
    test = await source.test(clientFor(services, { source, key, parent: row.parent }), kindOf(row), now);
  } catch (error) {
    if (!(error instanceof VendorProblem)) throw error;
    problem = error;
  }
  await context.change(async (tx, recorder) => {
    const before = await connectionIn(tx, client.id, connection);
    if (test !== null) {
      await changeConnection(tx, before, {
        state: 'connected',
        problem: null,
        ...testValues(test, now, before.id, before),
      });
      const connection = await connectionIn(tx, client.id, before.id);
      const streams = streamIds(source, kindOf(before), test);
      await arrangeStreams(tx, source, connection, { streams, before, now });
      await wakeStreams(tx, client.id, before.id, now);
    } else if (problem !== null)
      await changeConnection(tx, before, {
        tested_at: now,
        ...(problem.kind === 'key_refused' ? { state: 'refused', problem: problem.message } : {}),
      });
    await recorder.record({
      subject: subjectOf(source.id, before.id),
      after: test === null ? { problem: problem?.message ?? null } : recorded(test),
    });
  });
  tell(context, connection);
  if (problem !== null && problem.kind !== 'key_refused') throw unprocessable(problem.message);
  return showSources(context);
}

/** Reads every stream of a connection now, as long as somebody may wait for it; the rest follows by itself. */
export async function readNow(context: HandlerContext, connection: string) {
  const { client, now, services } = context;
  const row = await context.read((tx) => connectionIn(tx, client.id, connection));
  openKey(context, row);
  await context.change(async (tx, recorder) => {
    await wakeStreams(tx, client.id, connection, now);
    await recorder.record({ subject: subjectOf(row.vendor, row.id) });
  });
  const deadline = services.clock().getTime() + PATIENCE_MS;
  const streams = await context.read((tx) => streamsOf(tx, client.id));
  for (const stream of streams) {
    if (stream.source_connection_id !== connection || services.clock().getTime() >= deadline) continue;
    const { problem } = await runStream(services, stream, deadline);
    if (problem?.kind === 'key_refused' || problem?.kind === 'unreachable') break;
  }
  return showSources(context);
}

/** Forgets a key. What was read stays, and so do what the ledger says of it and where the reading stood. */
export async function disconnectSource(
  context: HandlerContext,
  { connection, version }: { readonly connection: string; readonly version: number },
) {
  const { client } = context;
  await context.change(async (tx, recorder) => {
    const before = await connectionIn(tx, client.id, connection);
    if (before.version !== version) throw await changedMeanwhile(tx, context, before);
    await keepPlaces(tx, before, context.now);
    await removeConnection(tx, client.id, connection);
    await recorder.record({
      subject: subjectOf(before.vendor, before.id),
      before: { keyKind: before.key_kind, hint: before.key_hint },
    });
  });
  tell(context, connection);
  return showSources(context);
}

async function recognized(context: HandlerContext, key: string) {
  const { services, client } = context;
  const found = sourceOfKey(key);
  if (found === null)
    throw unprocessable(
      'This is no key that Bylaw knows. A key of Claude Enterprise starts with sk-ant-api01-, an admin key of the Console with sk-ant-admin01-.',
    );
  const vendor = vendorOf(services, found.source.id);
  const known = vendor.keys.find(({ kind }) => kind === found.kind);
  if (known !== undefined && !known.usable) throw unprocessable(`${known.name}: ${known.says}`);
  const plan = await context.read((tx) => planOf(tx, client.id));
  const refused = known === undefined ? null : refusedByPlan(vendor, known, plan);
  if (refused !== null) throw unprocessable(refused);
  if (/\s/.test(key))
    throw unprocessable('The key holds a space or a line break. Copy it again, in one piece.');
  if (client.sandbox && services.config.vendorUrls?.[found.source.id] === undefined)
    throw unprocessable(
      'The sandbox association is invented, so no real key belongs here. Connect a client instead.',
    );
  return { source: found.source, kind: found.kind === 'admin' ? ('admin' as const) : ('access' as const) };
}

/** What a key may read. Nothing of the key is stored before this says that the vendor takes it. */
async function tested(
  { services, now }: HandlerContext,
  source: Source,
  kind: ReturnType<typeof kindOf>,
  key: string,
): Promise<KeyTest> {
  try {
    const test = await source.test(clientFor(services, { source, key, parent: hintOf(key) }), kind, now);
    if (test.scopes.every(({ state }) => state === 'missing'))
      throw unprocessable(
        'The key cannot read anything Bylaw needs. Make one with the scopes listed below, and paste it.',
      );
    return test;
  } catch (error) {
    if (error instanceof VendorProblem) throw unprocessable(`${error.message} Nothing was stored.`);
    throw error;
  }
}

/** A key of another organization would read somebody else's events into this client. */
function refuseOtherOrganization(row: ConnectionRow, test: KeyTest): void {
  const before = new Set(row.organizations.map(({ id }) => id));
  if (before.size === 0 || test.organizations.length === 0) return;
  if (test.organizations.some(({ id }) => before.has(id))) return;
  throw unprocessable(
    'The key is of another organization than the one that is connected here. Disconnect that one first, if this is meant.',
  );
}

function streamIds(source: Source, kind: string, test: KeyTest): string[] {
  return streamsFor(source, kind, [...test.scopes]).map(({ id }) => id);
}

function keyValues({ services, client }: HandlerContext, id: string, key: string) {
  return { key_sealed: services.sealer.seal(key, sourceKeyPlace(client.id, id)), key_hint: hintOf(key) };
}

function testValues(test: KeyTest, now: Date, id: string, before: ConnectionRow | null = null) {
  return {
    scopes: JSON.stringify(test.scopes),
    organizations: JSON.stringify(test.organizations),
    parent: test.parent ?? id,
    tested_at: now,
    ...(test.recording === null && before !== null
      ? { recording: before.recording, recording_at: before.recording_at }
      : {
          recording: test.recording === null ? 'unknown' : test.recording ? 'on' : 'off',
          recording_at: test.recording === null ? null : now,
        }),
  };
}

function openKey({ services }: HandlerContext, row: ConnectionRow): string {
  if (row.key_sealed === null)
    throw unprocessable('The key was lost with the key that encrypted it. Paste it again.');
  return services.sealer.open(row.key_sealed, sourceKeyPlace(row.client_id, row.id));
}

async function connectionIn(tx: Tx, clientId: string, id: string): Promise<ConnectionRow> {
  const row = await findConnection(tx, clientId, id);
  if (row === null) throw notFound();
  return row;
}

/** Its kind, and its last four characters: enough to tell two keys apart. */
function hintOf(key: string): string {
  const [start = ''] = /^sk-ant-[a-z]+\d+-/.exec(key) ?? [];
  return `${start}…${key.slice(-4)}`;
}

function kindOf(row: ConnectionRow) {
  return row.key_kind === 'admin' ? ('admin' as const) : ('access' as const);
}

function keyWords({ services }: HandlerContext, source: Source, kind: string): string {
  return vendorOf(services, source.id).keys.find((key) => key.kind === kind)?.name ?? kind;
}

function recorded(test: KeyTest) {
  return {
    scopes: test.scopes.filter(({ state }) => state === 'granted').map(({ scope }) => scope),
    organizations: test.organizations.map(({ id }) => id),
  };
}

function subjectOf(vendor: string, id: string) {
  return { kind: 'source_connection', id, name: vendor };
}

async function changedMeanwhile(tx: Tx, { client }: HandlerContext, row: ConnectionRow) {
  const { by, at } = await lastChange(tx, { chain: client.id, actions: 'sources.' });
  return conflict(
    'Someone else changed the connection after you opened it. Nothing of yours is stored; look at the current version.',
    { by, at, version: row.version },
  );
}

function tell({ services, client }: HandlerContext, id: string): void {
  services.events.publish({ client: client.id, topic: 'sources', id });
}
