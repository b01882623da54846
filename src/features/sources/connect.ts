import { randomUUID } from 'node:crypto';
import { SourceProblem } from '#sources/problem.ts';
import type { AccessTest, Credential } from '#sources/source.ts';
import { findHook } from '#store/dlp/hooks.ts';
import type { Tx } from '#store/open.ts';
import {
  type ConnectionRow,
  changeConnection,
  findConnection,
  insertConnection,
  removeConnection,
} from '#store/sources/connections.ts';
import { keepPlaces } from '#store/sources/places.ts';
import { streamsOf, wakeStreams } from '#store/sources/streams.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { lastChange } from '../last-change.ts';
import { conflict, notFound, unprocessable } from '../problems.ts';
import { endAct, proposeAct, SECOND_NEEDS } from '../shared/pending-acts.ts';
import { accountsOf } from '../shared/second-person.ts';
import { type Entered, recognized } from './entered.ts';
import { arrangeStreams } from './resume.ts';
import { runStream } from './run-stream.ts';
import {
  changeUnlessOfAnother,
  refuseOtherTenant,
  refuseSecondConnection,
  refuseTenantOfAnother,
  tenantOfOne,
} from './same-tenant.ts';
import { showSources } from './show.ts';
import { recorded, streamIds, tested, testValues } from './test-result.ts';
import {
  credentialIn,
  openVendor,
  renewedIn,
  sealedCredential,
  subjectOf,
  type Vendor,
  vendorNamed,
} from './vendor.ts';

/** Time limit of a reading started from a page, during which its person waits. */
const TIMEOUT_MS = 30_000;

/** Connects the source of a credential. Its rights are determined by reading; a refused credential is not stored. */
export async function connectSource(context: HandlerContext, entered: Entered) {
  const { client, actor, now } = context;
  const found = await recognized(context, entered);
  const { kind, vendor } = found;
  const { test, credential } = await tested(context, found);
  await refuseTenantOfAnother(context, vendor, test);
  await refuseSecondConnection(context, found, test);
  const id = randomUUID();
  const values = sealedCredential(
    context.services,
    vendor.live,
    { clientId: client.id, connection: id },
    credential,
  );
  await changeUnlessOfAnother(context, vendor, async (tx, recorder) => {
    const stored = await insertConnection(tx, {
      id,
      client_id: client.id,
      vendor: vendor.id,
      key_kind: kind,
      connected_by_name: actor.name,
      connected_at: now,
      state: 'connected',
      problem: null,
      ...values,
      ...testValues(test, now, id),
      tenant_of_one: tenantOfOne(vendor, test),
    });
    if (!stored)
      throw unprocessable(
        `${article(vendor)} of this kind is already connected. Replace it there, or disconnect it first.`,
      );
    const connection = await connectionIn(tx, client.id, id);
    await arrangeStreams(tx, vendor.live, connection, {
      streams: streamIds(vendor.live, kind, test),
      before: null,
      now,
    });
    await recorder.record({
      subject: subjectOf(vendor, id),
      after: { keyKind: kind, hint: values.key_hint, ...recorded(test) },
    });
  });
  publish(context, id);
  return showSources(context);
}

/** Replaces a connection's credential by another one of the same kind. The position in each stream is kept. */
export async function replaceKey(
  context: HandlerContext,
  input: Entered & { readonly connection: string; readonly version: number },
) {
  const { client, now, services } = context;
  const row = await context.read((tx) => connectionIn(tx, client.id, input.connection));
  const found = await recognized(
    context,
    input.credential === undefined ? input : { ...input, vendor: row.vendor },
  );
  const { vendor, kind } = found;
  if (row.vendor !== vendor.id || row.key_kind !== kind)
    throw unprocessable(
      `This is another kind of ${vendor.facts.words.credential} (${kindName(vendor, kind)}). Connect it separately, or enter one of the kind that is connected.`,
    );
  const { test, credential } = await tested(context, found);
  refuseOtherTenant(vendor, row, test);
  await refuseTenantOfAnother(context, vendor, test);
  await refuseSecondConnection(context, found, test);
  const values = sealedCredential(
    services,
    vendor.live,
    { clientId: client.id, connection: row.id },
    credential,
  );
  await changeUnlessOfAnother(context, vendor, async (tx, recorder) => {
    const before = await connectionIn(tx, client.id, input.connection);
    const stored =
      before.version === input.version &&
      (await changeConnection(tx, before, {
        state: 'connected',
        problem: null,
        ...values,
        ...testValues(test, now, before.id),
        tenant_of_one: tenantOfOne(vendor, test),
      }));
    if (!stored) throw await editConflict(tx, context, before);
    const connection = await connectionIn(tx, client.id, before.id);
    const streams = streamIds(vendor.live, kind, test);
    await arrangeStreams(tx, vendor.live, connection, { streams, before, now });
    await wakeStreams(tx, client.id, before.id, now);
    await recorder.record({
      subject: subjectOf(vendor, before.id),
      before: { hint: before.key_hint },
      after: { hint: values.key_hint, ...recorded(test) },
    });
  });
  publish(context, input.connection);
  return showSources(context);
}

/** Determines again what the stored credential may read. */
export async function testAgain(context: HandlerContext, connection: string) {
  const { client, now, services } = context;
  const row = await context.read((tx) => connectionIn(tx, client.id, connection));
  const vendor = vendorNamed(services, row.vendor);
  const source = openVendor(services, vendor, {
    credential: openCredential(context, row),
    parent: row.parent,
    renewed: renewedIn(services, vendor.live, row),
  });
  let test: AccessTest | null = null;
  let problem: SourceProblem | null = null;
  try {
    test = await source.test(row.key_kind, now);
  } catch (error) {
    if (!(error instanceof SourceProblem)) throw error;
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
      const streams = streamIds(vendor.live, before.key_kind, test);
      await arrangeStreams(tx, vendor.live, connection, { streams, before, now });
      await wakeStreams(tx, client.id, before.id, now);
    } else if (problem !== null)
      await changeConnection(tx, before, {
        tested_at: now,
        ...(problem.code === 'credential_refused' ? { state: 'refused', problem: problem.message } : {}),
      });
    await recorder.record({
      subject: subjectOf(vendor, before.id),
      after: test === null ? { problem: problem?.message ?? null } : recorded(test),
    });
  });
  publish(context, connection);
  if (problem !== null && problem.code !== 'credential_refused') throw unprocessable(problem.message);
  return showSources(context);
}

/** Reads every stream of a connection now, within the time that someone may wait; the rest follows automatically. */
export async function readNow(context: HandlerContext, connection: string) {
  const { client, now, services } = context;
  const row = await context.read((tx) => connectionIn(tx, client.id, connection));
  openCredential(context, row);
  await context.change(async (tx, recorder) => {
    await wakeStreams(tx, client.id, connection, now);
    await recorder.record({ subject: subjectOf(vendorNamed(services, row.vendor), row.id) });
  });
  const deadline = services.clock().getTime() + TIMEOUT_MS;
  const streams = await context.read((tx) => streamsOf(tx, client.id));
  for (const stream of streams) {
    if (stream.source_connection_id !== connection || services.clock().getTime() >= deadline) continue;
    const { problem } = await runStream(services, stream, deadline);
    if (problem?.code === 'credential_refused' || problem?.code === 'unreachable') break;
  }
  return showSources(context);
}

/** The application that asks Purview about prompts. It is part of a guard, which no one may end alone. */
const PROMPTS = 'prompts';

/**
 * Removes a credential. What was read stays, as do the ledger and the position in each stream. If it is in use, a
 * second person has to approve, if there is one.
 */
export async function disconnectSource(
  context: HandlerContext,
  { connection, version }: { readonly connection: string; readonly version: number },
) {
  const { client, actor, services } = context;
  const second = (await accountsOf(services)).hasSecond(actor.userId, client.id, SECOND_NEEDS);
  await context.change(async (tx, recorder) => {
    const before = await connectionIn(tx, client.id, connection);
    if (before.version !== version) throw await editConflict(tx, context, before);
    if (before.key_kind === PROMPTS && (await findHook(tx, client.id))?.purview === true)
      throw unprocessable(
        'The inference hook asks Microsoft Purview with this application. Turn that off at the hook first; someone else may have to approve it.',
      );
    // A connection that the vendor refuses, or that reads nothing, shows nothing more by staying.
    const isRead =
      before.state === 'connected' &&
      before.key_sealed !== null &&
      (await streamsOf(tx, client.id)).some(
        ({ source_connection_id, read_at }) => source_connection_id === connection && read_at !== null,
      );
    if (isRead && second) {
      await proposeAct(tx, context, `source:${connection}`, 'disconnect');
      await recorder.record({
        subject: subjectOf(vendorNamed(services, before.vendor), before.id),
        after: { proposed: 'disconnect' },
      });
    } else await disconnectIn(tx, context, recorder, { before, noted: isRead ? { alone: true } : {} });
  });
  publish(context, connection);
  return showSources(context);
}

/** Removes a credential within a transaction, together with what waits for it. */
export async function disconnectIn(
  tx: Tx,
  { client, now, services }: HandlerContext,
  recorder: Recorder,
  { before, noted }: { readonly before: ConnectionRow; readonly noted: object },
): Promise<void> {
  await keepPlaces(tx, before, now);
  await removeConnection(tx, client.id, before.id);
  await endAct(tx, client.id, `source:${before.id}`);
  await recorder.record({
    subject: subjectOf(vendorNamed(services, before.vendor), before.id),
    before: { keyKind: before.key_kind, hint: before.key_hint },
    ...(Object.keys(noted).length === 0 ? {} : { after: { disconnected: true, ...noted } }),
  });
}

function openCredential(context: HandlerContext, row: ConnectionRow): Credential {
  const { live, facts } = vendorNamed(context.services, row.vendor);
  const credential = credentialIn(context.services, live, row);
  if (credential === null)
    throw unprocessable(
      `The ${facts.words.credential} was lost with the key that encrypted it. Enter it again.`,
    );
  return credential;
}

async function connectionIn(tx: Tx, clientId: string, id: string): Promise<ConnectionRow> {
  const row = await findConnection(tx, clientId, id);
  if (row === null) throw notFound();
  return row;
}

function kindName({ facts }: Vendor, kind: string): string {
  return facts.keys.find((key) => key.kind === kind)?.name ?? kind;
}

/** "A key", "An application". */
function article({ facts }: Vendor): string {
  const { credential } = facts.words;
  return `${/^[aeiou]/i.test(credential) ? 'An' : 'A'} ${credential}`;
}

async function editConflict(tx: Tx, { client }: HandlerContext, row: ConnectionRow) {
  const { by, at } = await lastChange(tx, { chain: client.id, actions: 'sources.' });
  return conflict(
    'Someone else changed the connection after you opened it. Nothing of yours is stored; look at the current version.',
    { by, at, version: row.version },
  );
}

function publish({ services, client }: HandlerContext, id: string): void {
  services.events.publish({ client: client.id, topic: 'sources', id });
}
// Guide: G1.1-10 G2.2-32
