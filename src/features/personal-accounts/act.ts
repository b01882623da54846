import { address } from '#domain/people/names.ts';
import type { Entry } from '#domain/personal-accounts/register.ts';
import type { StepDetail } from '#domain/personal-accounts/steps.ts';
import type { Tx } from '#store/open.ts';
import { holdCampaign } from '#store/personal-accounts/campaigns.ts';
import { addStep, lastSeq } from '#store/personal-accounts/steps.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { lastChange } from '../last-change.ts';
import { conflict, notFound } from '../problems.ts';
import type { RegisterReading } from './reading.ts';
import { entryOf, nameOf, registerNow, todayOf } from './register.ts';

export interface Refused {
  readonly account: string;
  readonly name: string | null;
  readonly why: string;
}

export interface Acted {
  readonly done: string[];
  readonly refused: Refused[];
}

interface Act {
  readonly accounts: readonly string[];
  /** Version that the person saw, for an act on one account. */
  readonly version?: number | undefined;
  readonly note?: string | undefined;
  /** The step to record, or why it cannot be recorded for this account. */
  readonly step: (entry: Entry) => StepDetail | string;
  /** Further writes in the same transaction, with the accounts for which a step was recorded. */
  readonly also?: (tx: Tx, done: readonly string[]) => Promise<void>;
}

export const NOT_LISTED = 'No report and no journal names this account.';
export const MEANWHILE = 'Someone else changed this account in the meantime. Look at it again.';

/**
 * Records one step for each account. Accounts that cannot take it are listed with the reason and do not affect the
 * others. Throws CONFLICT if the act is for one account and that was changed meanwhile.
 */
export async function act(
  context: HandlerContext,
  { accounts, version, note, step, also }: Act,
): Promise<Acted> {
  const { client, services } = context;
  const reading = await registerNow(context, client);
  const keys = [...new Set(accounts.map(address))];
  const [only] = keys;
  if (keys.length === 1 && only !== undefined && entryOf(reading, only) === undefined)
    throw notFound(NOT_LISTED);
  const result = await context.change(async (tx, recorder) => {
    await holdCampaign(tx, client.id);
    const done: string[] = [];
    const refused: Refused[] = [];
    for (const key of keys) {
      const entry = entryOf(reading, key);
      const refuse = (why: string) => refused.push({ account: key, name: nameIn(reading, entry), why });
      if (entry === undefined) {
        refuse(NOT_LISTED);
        continue;
      }
      const last = await lastSeq(tx, client.id, key);
      if (version !== undefined && keys.length === 1 && version !== last)
        throw conflict(MEANWHILE, {
          ...(await lastChange(tx, { chain: client.id, actions: 'personal_accounts.', subject: key })),
          version: last,
        });
      if (last !== entry.version) {
        refuse(MEANWHILE);
        continue;
      }
      const detail = step(entry);
      if (typeof detail === 'string') {
        refuse(detail);
        continue;
      }
      await record(context, tx, recorder, { reading, entry, detail, note: note ?? null });
      done.push(key);
    }
    if (done.length === 0) recorder.unchanged();
    else await recorder.facts();
    await also?.(tx, done);
    return { done, refused };
  });
  if (result.done.length > 0) services.events.publish({ client: client.id, topic: 'people', id: null });
  return result;
}

interface Recorded {
  readonly reading: RegisterReading;
  readonly entry: Entry;
  readonly detail: StepDetail;
  readonly note: string | null;
}

async function record(
  context: HandlerContext,
  tx: Tx,
  recorder: Recorder,
  { reading, entry, detail, note }: Recorded,
): Promise<void> {
  const { client, actor, now } = context;
  const { kind, ...rest } = detail;
  const seq = await addStep(tx, client.id, {
    account: entry.key,
    kind,
    at: now,
    day: todayOf(context),
    made: 'person',
    by_id: actor.userId,
    by_name: actor.name,
    detail: JSON.stringify(rest),
    note,
  });
  await recorder.record({
    subject: { kind: 'personal_account', id: entry.key, name: nameIn(reading, entry) ?? entry.key },
    reason: note,
    before: { state: entry.state, owner: entry.owner, due: entry.due },
    after: { step: seq, ...detail },
  });
}

function nameIn(reading: RegisterReading, entry: Entry | undefined): string | null {
  return entry === undefined ? null : nameOf(reading, entry);
}
