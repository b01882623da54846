import type { VerdictHead } from '#domain/model/verdict.ts';
import { CONTROL_ASSIGNMENTS } from '#domain/work/facts.ts';
import { atOnce } from '#store/at-once.ts';
import { cached } from '#store/cache.ts';
import { Packed } from '#store/packed.ts';
import {
  type CurrentVerdict,
  decisionOf,
  type StoredVerdicts,
  storedVerdicts,
} from '#store/verdicts/current.ts';
import { type AssignmentRow, assignmentsOf } from '#store/work/assignments.ts';
import type { HandlerContext } from '../context.ts';

type Decision = Awaited<ReturnType<typeof decisionOf>>;

export interface CurrentVerdicts {
  /** In no order. */
  readonly current: readonly CurrentVerdict[];
  readonly decision: Decision;
}

/** The complete current verdicts of the request's client, and when they were decided. */
export async function verdictsNow(context: HandlerContext): Promise<CurrentVerdicts> {
  const { stored, decision } = await storedNow(context);
  return { current: stored.all(), decision };
}

/** The verdict on one control; undefined: it was not decided. */
export async function verdictOn(
  context: HandlerContext,
  control: string,
): Promise<{ readonly current: CurrentVerdict | undefined; readonly decision: Decision }> {
  const { stored, decision } = await storedNow(context);
  return { current: stored.on(control), decision };
}

/** Derived values of cached verdicts. */
const heads = new WeakMap<StoredVerdicts, Packed<readonly VerdictHead[]>>();

/** Their content, without the rows they are based on. */
export async function headsNow(
  context: HandlerContext,
): Promise<{ readonly verdicts: readonly VerdictHead[]; readonly decision: Decision }> {
  const { stored, decision } = await storedNow(context);
  const packed = heads.get(stored) ?? Packed.of(stored.all().map(headOf));
  heads.set(stored, packed);
  return { verdicts: packed.read(), decision };
}

function headOf({ verdict }: CurrentVerdict): VerdictHead {
  const { control, state, reason, asks, question, due, exception } = verdict;
  return { control, state, reason, asks, question, due, exception };
}

/** As stored. The same object until the client changes. */
export async function storedNow(context: HandlerContext): Promise<{
  readonly stored: StoredVerdicts;
  readonly decision: Decision;
  /** Control ids. */
  readonly assignments: readonly AssignmentRow[];
}> {
  const { services, client, scope } = context;
  await services.verdicts.ensureCurrent([client.id]);
  // In addition to its own bytes, for the lists derived from it.
  return cached(services.store, scope, { key: 'standing', weight: 5 }, () =>
    context.read((tx) =>
      atOnce({
        stored: storedVerdicts(tx, client.id),
        decision: decisionOf(tx, client.id),
        assignments: assignmentsOf(tx, client.id, CONTROL_ASSIGNMENTS),
      }),
    ),
  );
}
