import { randomUUID } from 'node:crypto';
import { PEOPLE_DECISION_WORDS } from '#domain/labels.ts';
import { nameKey } from '#domain/people/names.ts';
import type { DecisionKind } from '#domain/people/places.ts';
import { dayWords } from '#domain/text/words.ts';
import type { Tx } from '#store/open.ts';
import { currentDecisions, insertDecision, oneAtATime } from '#store/people/decisions.ts';
import type { HandlerContext, Recorder } from '../context.ts';
import { conflict, notFound, unprocessable } from '../problems.ts';
import { type Decision, decisionKey, importedDecisions, shownDecision } from './decisions.ts';
import type { PeopleReading } from './reading.ts';

export interface Wanted {
  readonly kind: DecisionKind;
  readonly addresses: readonly string[];
  readonly reason?: string | undefined;
}

/** Outcome of one decision: stored, or refused with the reason. */
export type Decided =
  | { readonly is: 'done'; readonly decision: Decision }
  | { readonly is: 'refused'; readonly wanted: Wanted; readonly error: Error };

/**
 * Stores decisions about people one by one, so that a refused one does not affect the others. Refuses people who are
 * not in the current files, and never overwrites another person's decision.
 */
export async function decidePeople(
  context: HandlerContext,
  wanted: readonly Wanted[],
): Promise<readonly Decided[]> {
  const run = await context.services.verdicts.run(context.client.id, 'people', undefined);
  if (run === null) throw notFound();
  const reading = run.result;
  if (reading.blocked !== null)
    throw unprocessable(
      `No one can be decided on now. ${reading.blocked.why} ${reading.blocked.howToGet}`.trim(),
    );
  const result = await context.change(async (tx, recorder) => {
    await oneAtATime(tx, context.client.id);
    const current = [
      ...(await currentDecisions(tx, context.client.id)).map(shownDecision),
      ...(await importedDecisions(tx, context.client.id)),
    ];
    const results: Decided[] = [];
    let stored = 0;
    for (const one of wanted) {
      const before = current.length;
      const decided = await decideOne({ context, tx, recorder, reading, current }, one);
      if (current.length > before) stored += 1;
      results.push(decided);
    }
    if (stored === 0) recorder.unchanged();
    else await recorder.facts();
    return results;
  });
  context.services.events.publish({ client: context.client.id, topic: 'people', id: null });
  return result;
}

interface Deciding {
  readonly context: HandlerContext;
  readonly tx: Tx;
  readonly recorder: Recorder;
  readonly reading: PeopleReading;
  /** Includes decisions stored in this batch, so that two of them cannot contradict each other. */
  readonly current: Decision[];
}

async function decideOne(
  { context, tx, recorder, reading, current }: Deciding,
  wanted: Wanted,
): Promise<Decided> {
  const refuse = (error: Error): Decided => ({ is: 'refused', wanted, error });
  const problem = unknownPeople(reading, wanted);
  if (problem !== null) return refuse(unprocessable(problem));
  const keys = wanted.addresses.map((text) => (text.includes('@') ? decisionKey(text) : text.trim()));
  const known = current.find((one) => one.kind === wanted.kind && sameKeys(one.addresses, keys));
  if (known) return { is: 'done', decision: known };
  const other = current.find((one) => contradicts(one, { kind: wanted.kind, addresses: keys }));
  if (other) {
    const words = `${other.by} decided${other.at === null ? '' : ` on ${dayWords(other.at)}`} that ${namesOf(other)} ${
      other.kind === 'same' || other.kind === 'different' ? 'are' : 'is'
    } ${PEOPLE_DECISION_WORDS[other.kind]}.`;
    const how = other.id === null ? 'Change it in the charter first.' : 'Withdraw that decision first.';
    return refuse(
      conflict(`${words} ${how}`, {
        by: other.by,
        at: other.at === null ? null : new Date(other.at),
        version: null,
      }),
    );
  }
  const decision = {
    id: randomUUID(),
    kind: wanted.kind,
    addresses: keys,
    reason: wanted.reason ?? null,
    by: { id: context.actor.userId, name: context.actor.name },
    at: context.now,
  };
  await insertDecision(tx, context.client.id, decision);
  await recorder.record({
    subject: { kind: 'person', id: keys[0] ?? null, name: nameOf(reading, keys[0] ?? '') },
    reason: decision.reason,
    before: null,
    after: { decision: decision.id, kind: decision.kind, addresses: keys },
  });
  const shown: Decision = {
    id: decision.id,
    kind: decision.kind,
    addresses: keys,
    reason: decision.reason,
    by: decision.by.name,
    at: context.now.toISOString(),
    withdrawn: null,
  };
  current.push(shown);
  return { is: 'done', decision: shown };
}

/** Why it is not clear whom a decision means; null if it is. */
function unknownPeople(reading: PeopleReading, { kind, addresses, reason }: Wanted): string | null {
  const [account = '', record = ''] = addresses;
  const accounts = reading.rows.filter((row) => row.account !== null && row.place !== 'personal_account');
  const own = accounts.find((row) => row.key === decisionKey(account));
  if (!own) return `No account in the current members file has the address ${account}.`;
  if (kind !== 'same' && kind !== 'different') {
    if (addresses.length !== 1) return `Name one address to call it ${PEOPLE_DECISION_WORDS[kind]}.`;
    return reason === undefined ? `Say why ${account} is ${PEOPLE_DECISION_WORDS[kind]}.` : null;
  }
  if (addresses.length !== 2) return 'Name two: the account and the roster record.';
  const records = reading.rows.flatMap((row) => row.roster);
  const same = records.filter((one) => one.key !== null && decisionKey(one.key) === decisionKey(record));
  if (same.length === 0) return `No record of the current roster is called ${record}.`;
  if (record.includes('@')) return null;
  // A name alone is enough only if it is unique among accounts and records.
  const name = nameKey(record);
  const bearers = new Set(records.filter((one) => nameKey(one.name) === name));
  const namesakes = accounts.filter((row) => row !== own && nameKey(row.account?.name ?? null) === name);
  return name === '' || bearers.size > 1 || namesakes.length > 0
    ? `More than one person could be meant by ${record}. Add addresses to the roster and import it again.`
    : null;
}

function nameOf(reading: PeopleReading, key: string): string {
  return reading.rows.find((row) => row.key === key)?.name ?? key;
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  const one = new Set(a.map(decisionKey));
  const two = new Set(b.map(decisionKey));
  return one.size === two.size && one.isSubsetOf(two);
}

const PAIRS: ReadonlySet<DecisionKind> = new Set(['same', 'different']);

/**
 * Whether two decisions contradict each other: a pair is either one person or two; an account is either a named
 * person's, or shared, a service's or a guest's; and an account matches one record of the roster.
 */
function contradicts(
  a: Pick<Decision, 'kind' | 'addresses'>,
  b: Pick<Decision, 'kind' | 'addresses'>,
): boolean {
  const one = new Set(a.addresses.map(decisionKey));
  const two = new Set(b.addresses.map(decisionKey));
  if (one.isDisjointFrom(two)) return false;
  const [ofPairA, ofPairB] = [PAIRS.has(a.kind), PAIRS.has(b.kind)];
  if (!ofPairA && !ofPairB) return a.kind !== b.kind;
  if (ofPairA && ofPairB) {
    if (a.kind !== b.kind) return two.isSubsetOf(one) || one.isSubsetOf(two);
    const account = decisionKey(b.addresses[0] ?? '');
    return a.kind === 'same' && one.has(account) && !two.isSubsetOf(one);
  }
  const pair = ofPairA ? a : b;
  return pair.kind === 'same';
}

function namesOf({ addresses }: Decision): string {
  return addresses.join(' and ');
}
