import type { VerdictHead } from '#domain/model/verdict.ts';
import { remembered } from '#store/remember.ts';
import {
  decisionOf,
  readVerdict,
  type StandingVerdict,
  type StoredVerdict,
  storedVerdicts,
} from '#store/verdicts/current.ts';
import type { HandlerContext } from '../context.ts';

type Decision = Awaited<ReturnType<typeof decisionOf>>;

export interface Standing {
  /** In no order. */
  readonly standing: readonly StandingVerdict[];
  readonly decision: Decision;
}

/** The verdicts of the request's client as they stand today, in full, and when they were decided. */
export async function standingNow(context: HandlerContext): Promise<Standing> {
  const { stored, decision } = await storedNow(context);
  return { standing: stored.map(readVerdict), decision };
}

/** The one on a control; undefined where it was not decided. */
export async function standingOn(
  context: HandlerContext,
  control: string,
): Promise<{ readonly standing: StandingVerdict | undefined; readonly decision: Decision }> {
  const { stored, decision } = await storedNow(context);
  const one = stored.find((verdict) => verdict.control === control);
  return { standing: one && readVerdict(one), decision };
}

/** What was made of verdicts that are remembered. */
const heads = new WeakMap<readonly StoredVerdict[], readonly VerdictHead[]>();

/** What they say, without the rows that they rest on. Shared between requests: never changed. */
export async function headsNow(
  context: HandlerContext,
): Promise<{ readonly verdicts: readonly VerdictHead[]; readonly decision: Decision }> {
  const { stored, decision } = await storedNow(context);
  const verdicts = heads.get(stored) ?? stored.map((one) => headOf(readVerdict(one)));
  heads.set(stored, verdicts);
  return { verdicts, decision };
}

function headOf({ verdict }: StandingVerdict): VerdictHead {
  const { control, state, reason, question, due, exception } = verdict;
  return { control, state, reason, question, due, exception };
}

/** As they are stored. The list is the same one until something of the client changes. */
export async function storedNow(
  context: HandlerContext,
): Promise<{ readonly stored: readonly StoredVerdict[]; readonly decision: Decision }> {
  const { services, client, scope } = context;
  await services.verdicts.ensureCurrent([client.id]);
  return remembered(services.store, scope, { key: 'standing', weight: 10 }, () =>
    context.read(async (tx) => ({
      stored: await storedVerdicts(tx, client.id),
      decision: await decisionOf(tx, client.id),
    })),
  );
}
