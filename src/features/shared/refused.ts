import { appendAudit, WORKSPACE } from '#store/audit.ts';
import type { Actor, ClientRef, RequestContext, Services } from '../context.ts';
import { networkOf } from './network.ts';

const HOUR = 3_600_000;
/** Maximum audit records per kind of refusal and hour. The last one says that there are more. */
export const MAX_RECORDS = 300;
/** Maximum number of parties counted individually within the hour. */
const MAX_COUNTED = 10_000;

/** The refusals of a burst that are recorded, by ordinal number. */
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
 * Whether another refusal can be recorded within this hour, so that refusals from everywhere cannot fill the disk or
 * the log. `last`: yes, and the record says that later ones are not written.
 */
export function roomForRecord({ store }: Pick<Services, 'store'>, kind: Kind): 'yes' | 'last' | 'no' {
  const { records } = hourOf(store);
  const before = records.get(kind) ?? 0;
  if (before >= MAX_RECORDS) return 'no';
  records.set(kind, before + 1);
  return before + 1 === MAX_RECORDS ? 'last' : 'yes';
}

/**
 * Records that someone signed in, or one of their tokens, was refused an operation: the first time within an hour,
 * then increasingly rarely. A failure to record does not affect the refusal.
 *
 * @param client The client of the request; null: none. `own`: they have access to it, so its own log records it.
 *   `because`: what their right depends on besides their role; left out: their role.
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

/** Records that an invalid token was sent, likewise by network. */
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
