import type { Verdict } from '#domain/model/verdict.ts';
import { type Holdings, holdingsOf } from '#store/retention/holdings.ts';
import type { Services } from '../context.ts';
import { present } from '../shared/moment.ts';
import { type Choice, choose } from './choose.ts';
import { type Keeping, type RetainedClient, readRetained } from './model.ts';

export interface Plan {
  readonly client: RetainedClient;
  readonly choice: Choice;
  /** Kinds of which nothing is removed, because a current verdict would change. */
  readonly needed: ReadonlySet<string>;
  readonly today: string;
}

type Working = Pick<Services, 'store' | 'verdicts' | 'clock'>;

/**
 * What would be removed from a client now. Whether a verdict depends on a reading is determined, not estimated: all
 * controls are evaluated without what would be removed, and each kind that makes any difference is kept.
 */
export async function planFor(services: Working, clientId: string, keeping: Keeping): Promise<Plan> {
  const { client, holdings } = await services.store.read([clientId], async (tx) => ({
    client: await readRetained(tx, clientId),
    holdings: await holdingsOf(tx, clientId),
  }));
  const { today } = present(services.clock(), client.zone);
  const pick = (needed: ReadonlySet<string>) =>
    choose({ holdings, keeping, today, zone: client.zone, needed });
  let needed: ReadonlySet<string> = new Set();
  let choice = pick(needed);
  if (await changesVerdicts(services, clientId, choice, kindsOf(choice))) {
    const kinds = kindsOf(choice);
    const missed: string[] = [];
    for (const kind of kinds)
      if (await changesVerdicts(services, clientId, choice, new Set([kind]))) missed.push(kind);
    needed = new Set(missed);
    choice = pick(needed);
    // Kinds that make no difference individually may do so together.
    if (await changesVerdicts(services, clientId, choice, kindsOf(choice))) {
      needed = allKinds(holdings);
      choice = pick(needed);
    }
  }
  return { client, choice, needed, today };
}

function kindsOf({ removal }: Choice): ReadonlySet<string> {
  return new Set(removal.readings.map(({ kind }) => kind));
}

function allKinds({ readings }: Holdings): ReadonlySet<string> {
  return new Set(readings.map(({ kind }) => kind));
}

/** Whether any verdict, or its evidence, would differ without the readings of some kinds. */
async function changesVerdicts(
  { verdicts }: Working,
  clientId: string,
  { removal }: Choice,
  kinds: ReadonlySet<string>,
): Promise<boolean> {
  const without = new Set(removal.readings.filter(({ kind }) => kinds.has(kind)).map(({ id }) => id));
  if (without.size === 0) return false;
  const now = await verdicts.run(clientId, 'verdicts', undefined);
  // Most of what is old enough is older than any rule looks at.
  if (now === null || !now.facts.observations.some(({ id }) => without.has(id))) return false;
  const then = await verdicts.run(clientId, 'verdicts', undefined, { without });
  return then === null || textOf(now.result) !== textOf(then.result);
}

function textOf(verdicts: readonly Verdict[]): string {
  return JSON.stringify(verdicts);
}
