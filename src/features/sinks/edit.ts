import { randomUUID } from 'node:crypto';
import { type SinkFilter, STREAMS, type StreamName } from '#domain/forwarding/event.ts';
import { type AnySinkKind, secretsOf, sinkKind } from '#sinks/registry.ts';
import type { Tx } from '#store/open.ts';
import {
  changeSink,
  insertSink,
  type SinkRow,
  setCursor,
  sinkSecretsPlace,
  tryNow,
} from '#store/sinks/sinks.ts';
import type { HandlerContext, Services } from '../context.ts';
import { labeledRefusal } from '../input-words.ts';
import { unprocessable } from '../problems.ts';
import { endAct } from '../shared/pending-acts.ts';
import { hasDelivered, hasSecond, refuseLess } from './end.ts';
import { recordFindings } from './findings.ts';
import { type SinkShown, showSink } from './list.ts';
import { editConflict, found, type One, publish, refuseUnread, settingOf } from './one-sink.ts';
import { secretsIn } from './opened.ts';
import { STREAM_LIST, scopeOf } from './streams.ts';

const FROM_START = Object.fromEntries(STREAMS.map((name) => [name, 0])) as Record<StreamName, number>;

type Given = Readonly<Record<string, string | number | boolean>>;

interface Wanted {
  readonly name: string;
  readonly settings: Given;
  readonly filter: SinkFilter;
}
/** Adds a sink. It starts with new events, or with everything already in the log. */
export async function addSink(
  context: HandlerContext,
  wanted: Wanted & { readonly kind: string; readonly from: 'now' | 'start' },
): Promise<SinkShown> {
  const { client, actor, now, services } = context;
  const kind = sinkKind(wanted.kind);
  if (kind === undefined)
    throw unprocessable(`There is no kind of sink called “${wanted.kind}”. Choose one from the list.`);
  refuseEmpty(wanted.filter);
  refuseUnread(context, wanted.filter);
  const id = randomUUID();
  const { shown, secrets, hosts, place } = checked(kind, wanted.settings, {});
  const ends = await chainEnds(context);
  await context.change(async (tx, recorder) => {
    const after = wanted.from === 'start' ? FROM_START : await lastOf(tx, client.id, ends);
    await insertSink(
      tx,
      {
        id,
        client_id: client.id,
        kind: kind.id,
        name: wanted.name,
        place,
        hosts: JSON.stringify(hosts),
        settings: JSON.stringify(shown),
        secrets_sealed: sealed(context, id, secrets),
        filter: JSON.stringify(wanted.filter),
        paused: false,
        created_at: now,
        created_by_name: actor.name,
        changed_at: now,
        changed_by_name: actor.name,
      },
      after,
    );
    await recorder.record({
      subject: { kind: 'sink', id, name: wanted.name },
      after: { kind: kind.id, hosts, settings: shown, filter: wanted.filter, from: wanted.from },
    });
  });
  services.forwarding.wake(client.id);
  publish(context, id);
  return showSink(context, id);
}

/** Changes a sink. Secrets that are not given are kept, unless it now sends to another host. */
export async function editSink(context: HandlerContext, wanted: Wanted & One): Promise<SinkShown> {
  const { client, actor, now, services } = context;
  refuseEmpty(wanted.filter);
  refuseUnread(context, wanted.filter);
  const ends = await chainEnds(context);
  const second = await hasSecond(context);
  await context.change(async (tx, recorder) => {
    const before = await found(tx, context, wanted);
    refuseUnread(context, before.filter);
    const kind = sinkKind(before.kind);
    if (kind === undefined)
      throw unprocessable('This Bylaw does not know this kind of sink. It can only be removed.');
    const { shown, secrets, hosts, place } = checked(
      kind,
      wanted.settings,
      keptSecrets(context, kind, before, wanted),
    );
    if (second && (await hasDelivered(tx, client.id, before.id)))
      refuseLess(before, { settings: shown, filter: wanted.filter }, kind);
    const changed = await changeSink(tx, client.id, before.id, wanted.version, {
      name: wanted.name,
      place,
      hosts: JSON.stringify(hosts),
      settings: JSON.stringify(shown),
      secrets_sealed: sealed(context, before.id, secrets),
      filter: JSON.stringify(wanted.filter),
      changed_at: now,
      changed_by_name: actor.name,
    });
    if (changed === null) throw await editConflict(tx, context, before);
    await endAct(tx, client.id, settingOf(before.id));
    // Events that were not wanted so far must not be sent later all at once.
    for (const stream of STREAM_LIST)
      if (stream.wanted(wanted.filter) && !stream.wanted(before.filter))
        await setCursor(
          tx,
          client.id,
          before.id,
          stream.name,
          ends.get(stream.name) ?? (await stream.last(tx, client.id)),
        );
    await tryNow(tx, client.id, before.id);
    await recordFindings(tx, services, { clientId: client.id, sinkId: before.id }, now);
    await recorder.facts();
    await recorder.record({
      subject: { kind: 'sink', id: before.id, name: wanted.name },
      before: { name: before.name, settings: before.settings, filter: before.filter },
      after: {
        name: wanted.name,
        hosts,
        settings: shown,
        filter: wanted.filter,
        secretsChanged: secretsOf(kind).filter((name) => isGiven(wanted.settings[name])),
      },
    });
  });
  services.forwarding.wake(client.id);
  publish(context, wanted.sink);
  return showSink(context, wanted.sink);
}

/** The secrets to keep. Sending them to a host other than the one they were given for would leak them. */
function keptSecrets(
  context: HandlerContext,
  kind: AnySinkKind,
  before: SinkRow,
  { settings }: Wanted,
): Readonly<Record<string, string>> {
  const missing = secretsOf(kind).filter((name) => !isGiven(settings[name]));
  if (missing.length === 0 || before.secrets_sealed === null) return {};
  const secrets = secretsIn(context.services.sealer, before);
  const hosts = (given: object) => {
    const parsed = kind.settings.safeParse(given);
    return parsed.success ? kind.hosts(parsed.data).toSorted().join() : null;
  };
  const old = hosts({ ...before.settings, ...secrets });
  const next = hosts({ ...filled(settings), ...secrets });
  if (next !== null && next !== old) {
    const labels = missing.map((name) => kind.fields[name]?.label ?? name).join(', ');
    throw unprocessable(
      `It now leads to another host, so what was kept secret for the old one is not sent there. Enter again: ${labels}.`,
    );
  }
  return secrets;
}

/** Validates settings with the kind's schema and separates the secrets. */
function checked(kind: AnySinkKind, given: Given, kept: Readonly<Record<string, string>>) {
  const parsed = kind.settings.safeParse({ ...kept, ...filled(given) });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0] ?? '');
    const label = kind.fields[name]?.label ?? name;
    const missing = issue?.code === 'invalid_type' && !isGiven(given[name]);
    throw unprocessable(
      labeledRefusal(
        label === '' ? 'Settings' : label,
        missing ? 'it is missing.' : (issue?.message ?? 'it cannot be used.'),
      ),
    );
  }
  const names = new Set(secretsOf(kind));
  const split = (secret: boolean) =>
    Object.fromEntries(Object.entries(parsed.data).filter(([name]) => names.has(name) === secret));
  return {
    shown: split(false),
    secrets: split(true),
    hosts: kind.hosts(parsed.data),
    place: kind.place(parsed.data),
  };
}

function filled(given: Given): Given {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => isGiven(value)));
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== '';
}

function sealed({ services, client }: HandlerContext, id: string, secrets: object): string | null {
  if (Object.keys(secrets).length === 0) return null;
  return sealSecrets(services, client.id, id, secrets);
}

/** A sink's secrets, as stored. */
export function sealSecrets(
  { sealer }: Pick<Services, 'sealer'>,
  clientId: string,
  id: string,
  secrets: object,
): string {
  return sealer.seal(JSON.stringify(secrets), sinkSecretsPlace(clientId, id));
}

function refuseEmpty(filter: SinkFilter): void {
  if (!STREAM_LIST.some((stream) => stream.wanted(filter)))
    throw unprocessable('Choose activities, alerts or the audit log; otherwise, nothing would ever be sent.');
}

/**
 * The last numbers of the chains that sinks can be given. The workspace's chain is outside the scope of a client's
 * change.
 */
async function chainEnds({ services, client }: HandlerContext): Promise<ReadonlyMap<StreamName, number>> {
  const chains = STREAM_LIST.filter(({ chain }) => chain !== undefined);
  return services.store.read(scopeOf(client.id, chains), async (tx) => {
    const ends = new Map<StreamName, number>();
    for (const stream of chains) ends.set(stream.name, await stream.last(tx, client.id));
    return ends;
  });
}

async function lastOf(
  tx: Tx,
  clientId: string,
  ends: ReadonlyMap<StreamName, number>,
): Promise<Record<StreamName, number>> {
  const last = { ...FROM_START };
  for (const stream of STREAM_LIST)
    last[stream.name] = ends.get(stream.name) ?? (await stream.last(tx, clientId));
  return last;
}
