import { appendAudit, WORKSPACE } from '#store/audit.ts';
import type { Actor, ClientRef, RequestContext, Services } from '../context.ts';
import { networkOf } from './network.ts';

const HOUR = 3_600_000;
/** Records of one kind of refusal within an hour. The last one says that there are more. */
export const MAX_RECORDS = 300;
/** Anyone who is counted by themselves within the hour. */
const MAX_COUNTED = 10_000;

/** Of a burst, the how-many-eth refusals are put on record. */
const WORTH_RECORDING: readonly number[] = [1, 10, 100, 1_000, 10_000];

type Kind = 'sign_in' | 'access' | 'token';

interface Hour {
  readonly began: number;
  readonly counts: Map<string, number>;
  readonly records: Map<Kind, number>;
}

const hours = new WeakMap<Services['store'], Hour>();

function hourOf(store: Services['store']): Hour {
  const now = performance.now();
  const there = hours.get(store);
  if (there !== undefined && now - there.began < HOUR) return there;
  const made: Hour = { began: now, counts: new Map(), records: new Map() };
  hours.set(store, made);
  return made;
}

/**
 * Whether there is room for one more record of a refusal within this hour, so that refusals from everywhere fill neither
 * the disk nor the log. `last`: it is, and says that those after it are not written.
 */
export function roomForRecord({ store }: Pick<Services, 'store'>, kind: Kind): 'yes' | 'last' | 'no' {
  const { records } = hourOf(store);
  const before = records.get(kind) ?? 0;
  if (before >= MAX_RECORDS) return 'no';
  records.set(kind, before + 1);
  return before + 1 === MAX_RECORDS ? 'last' : 'yes';
}

/**
 * Puts on record that someone who is signed in, or a token of theirs, asked for what is not theirs to do: the first time
 * within an hour, and then ever fewer. That it could not be written changes nothing of the refusal.
 *
 * @param client The client that was asked for; null: none. `own`: they hold something there, so its own log says it.
 *   `because`: what their right depends on beside their role; left out: their role.
 */
export async function recordRefused(
  { services, request }: RequestContext,
  actor: Actor,
  asked: {
    readonly operation: string;
    readonly client: ClientRef | null;
    readonly own: boolean;
    readonly because?: 'second_factor' | 'circumstances';
  },
): Promise<void> {
  const { operation, client, own, because } = asked;
  const chain = client !== null && own ? client.id : WORKSPACE;
  const count = counted(services, `${actor.tokenId ?? actor.userId} ${chain}`);
  await record(services, 'access', count, {
    chain,
    actor: { kind: actor.kind, id: actor.userId, name: actor.name },
    after: {
      operation,
      client: client?.slug ?? null,
      network: networkOf(request.ip),
      ...(because === undefined ? {} : { because }),
    },
  });
}

/** Puts on record that a token was sent that does not count, likewise by network. */
export async function recordWrongToken({ services, request }: RequestContext): Promise<void> {
  const network = networkOf(request.ip);
  await record(services, 'token', counted(services, `token ${network}`), {
    chain: WORKSPACE,
    actor: { kind: 'system', id: null, name: 'Not signed in' },
    after: { wrongToken: true, network },
  });
}

function counted({ store }: Pick<Services, 'store'>, who: string): number {
  const { counts } = hourOf(store);
  const count = (counts.get(who) ?? 0) + 1;
  if (counts.has(who) || counts.size < MAX_COUNTED) counts.set(who, count);
  return count;
}

async function record(
  services: Services,
  kind: Kind,
  count: number,
  entry: Pick<Parameters<typeof appendAudit>[1], 'chain' | 'actor'> & { readonly after: object },
): Promise<void> {
  const room = WORTH_RECORDING.includes(count) ? roomForRecord(services, kind) : 'no';
  if (room === 'no') return;
  try {
    await services.store.write('system', (tx) =>
      appendAudit(tx, {
        ...entry,
        action: 'access.refused',
        subject: { kind: 'access', id: null },
        after: {
          ...entry.after,
          refusalsWithinTheHour: count,
          ...(room === 'last' ? { moreAreNotRecorded: true } : {}),
        },
        at: services.clock(),
      }),
    );
  } catch (error) {
    services.log.warn({ err: error }, 'a refusal could not be put on record');
  }
}
