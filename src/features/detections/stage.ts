import type { CompiledQuery } from 'kysely';
import type { Activity } from '#domain/activity/activity.ts';
import type { DetectionEvent } from '#domain/detections/fields.ts';
import { byTime, hotMatches, type Match } from '#domain/detections/hot.ts';
import type { ReadyRule } from '#domain/detections/pack.ts';
import { TELL_CALLS, toldCall } from '#domain/detections/tellings.ts';
import type { ToldDay } from '#domain/detections/told-days.ts';
import { addDaysStatements, daysAdded } from '#store/detections/days.ts';
import {
  chunksIn,
  dropChunks,
  insertMatches,
  type KeptMatch,
  type MatchChunk,
  matchesNear,
  type Near,
  nearQuery,
} from '#store/detections/matches.ts';
import {
  insertTold,
  type LitMatch,
  mayTell,
  tellersQuery,
  toldBefore,
} from '#store/detections/told-calls.ts';
import { together } from '#store/engine/transaction.ts';
import type { Tx } from '#store/open.ts';
import { type Appended, NotReady, type Stage } from '../shared/services/activity-log.ts';
import { type ClientRules, prepareRules, rulesAsked, rulesLast, rulesQueries } from './client-rules.ts';
import { countDays, judgeDays } from './days.ts';
import { type Lit, raise } from './raise.ts';

/**
 * Looks at every activity as it enters the log, in the same transaction: whatever stands in the log was looked at, and
 * an alert stands there as soon as its events do. The outcome depends on which events there are, not on when or in
 * which order they came.
 */
export const detectionStage: Stage = {
  name: 'detections',
  prepare: async (services, clientId) => void (await prepareRules(services, clientId)),
  asks: (tx, clientId) => [...rulesQueries(tx, clientId), tellersQuery(tx, clientId)],
  begin: ({ services, clientId, activities, tx }) => {
    // Nearly always they are still those of the batch before.
    const last = rulesLast(services, clientId);
    const found = last === null ? null : foundBy(last, activities);
    const asked = found === null ? [] : statementsOf(tx, clientId, found);
    const finish = async (appended: Appended) => {
      // Nothing enters the log without being looked at: it is tried again when they are ready.
      const rules = rulesAsked(services, clientId, appended.answers, appended.prepared);
      if (rules === null || (found !== null && rules !== last))
        throw new NotReady(`the rules of client ${clientId} are not ready`);
      const known = found ?? foundBy(rules, activities);
      const [near, ...days] =
        found === null ? await together(tx, statementsOf(tx, clientId, known)) : appended.begun;
      const lit = await look(appended, known, chunksIn(near));
      const raised = await raise(appended, lit);
      const judged = await judgeDays(appended, rules, daysAdded(days));
      if (raised || judged) changed.add(clientId);
    };
    return { statements: asked, finish };
  },
  committed: ({ events }, clientId) => {
    if (!changed.delete(clientId)) return;
    if (told.has(clientId)) return void again.add(clientId);
    const tell = () => {
      events.publish({ client: clientId, topic: 'alerts', id: null });
      const timer = setTimeout(() => {
        told.delete(clientId);
        if (again.delete(clientId)) tell();
      }, TELL_MS);
      timer.unref();
      told.add(clientId);
    };
    tell();
  },
};

/** Milliseconds between two words to open pages about one client: an alert may grow many times a second. */
const TELL_MS = 2_000;
/** Clients that pages were told of just now, and those of which there is more to tell since. */
const told = new Set<string>();
const again = new Set<string>();

/** Clients of which alerts were changed and nobody has been told yet. */
const changed = new Set<string>();

type Groups = Map<string, KeptMatch[]>;

/** What a batch is to a client's rules. */
interface Found {
  /** Events that match, by id. */
  readonly events: Map<string, DetectionEvent>;
  readonly byRule: Map<ReadyRule, Groups>;
  readonly days: readonly ToldDay[];
}

function foundBy(rules: ClientRules, activities: readonly Activity[]): Found {
  const events = new Map<string, DetectionEvent>();
  const byRule = new Map<ReadyRule, Groups>();
  for (const activity of activities) {
    if (!rules.pack.concerns(activity.type, activity.category)) continue;
    const event = { activity, bylaw: rules.enrich(activity) };
    for (const { rule, group, base, value } of rules.pack.find(event)) {
      events.set(activity.id, event);
      const groups: Groups = byRule.get(rule) ?? new Map();
      if (groups.size === 0) byRule.set(rule, groups);
      const list = groups.get(group) ?? [];
      if (list.length === 0) groups.set(group, list);
      const at = Date.parse(activity.at);
      const hot = rule.correlation === null;
      const told = toldCall(activity) ?? undefined;
      list.push({ rule: rule.id, group, at, activity: activity.id, base, value, told, hot });
    }
  }
  return { events, byRule, days: countDays(activities, rules) };
}

/** What is asked of the database, and counted in it, for a batch: the matches near its own first. */
function statementsOf(tx: Tx, clientId: string, { byRule, days }: Found): CompiledQuery[] {
  return [nearQuery(tx, clientId, wantedNear(byRule, false)), ...addDaysStatements(tx, clientId, days)];
}

/**
 * The stretches around which kept matches are wanted. `twice`: several sources may have told of the same calls. A call
 * counts as often as the source says that tells of it most, so of so many times the matches at least the number that is
 * wanted counts.
 */
function wantedNear(byRule: Found['byRule'], twice: boolean): Near[] {
  const times = twice ? TELL_CALLS.length : 1;
  return [...byRule].flatMap(([{ id, span, reach, correlation }, groups]) =>
    correlation === null
      ? []
      : [...groups].map(([group, matches]) => ({
          ...stretchOf(group, matches),
          rule: id,
          span,
          reach: reach === null ? null : reach * times,
        })),
  );
}

/** Matches of the batch, kept where they may be needed again; gives those that make alerts. */
async function look(
  { tx, clientId, answers, later }: Appended,
  { events, byRule }: Found,
  correlated: readonly MatchChunk[],
): Promise<Lit[]> {
  const fresh: KeptMatch[] = [];
  const gone: MatchChunk[] = [];
  const lit: Pick<Lit, 'rule' | 'group' | 'matches'>[] = [];
  const twice = mayBeToldTwice(answers.at(-1), byRule);
  const near = twice ? await matchesNear(tx, clientId, wantedNear(byRule, true)) : correlated;
  const kept = Map.groupBy(near, ({ rule, group }) => `${rule} ${group}`);
  for (const [rule, groups] of byRule) {
    const { correlation } = rule;
    if (correlation === null) {
      for (const [group, matches] of groups) {
        fresh.push(...matches);
        lit.push({ rule, group, matches: matches.toSorted(byTime) });
      }
      continue;
    }
    for (const [group, matches] of groups) {
      const old = kept.get(`${rule.id} ${group}`) ?? [];
      const known = new Set<Match>(old.flatMap((chunk) => (chunk.hot ? chunk.matches : [])));
      const all: Match[] = [...old.flatMap((chunk) => chunk.matches), ...matches].sort(byTime);
      const hot = hotMatches(correlation, all);
      const now = new Set<Match>(all.filter((_match, index) => hot[index]));
      for (const match of matches) fresh.push({ ...match, hot: now.has(match) });
      // Kept matches that turn out to be part of an alert are kept apart from the others from then on.
      for (const chunk of old) {
        if (chunk.hot || !chunk.matches.some((match) => now.has(match))) continue;
        gone.push(chunk);
        for (const match of chunk.matches)
          fresh.push({ ...match, rule: rule.id, group, hot: now.has(match) });
      }
      const newly = all.filter((match) => now.has(match) && !known.has(match));
      if (newly.length > 0) lit.push({ rule, group, matches: newly });
    }
  }
  if (gone.length > 0) later(dropChunks(tx, clientId, gone));
  if (fresh.length > 0) later(insertMatches(tx, clientId, fresh));
  const named = lit.flatMap(({ rule, group, matches }) =>
    matches.map((match): LitMatch => ({ ...match, rule: rule.id, group })),
  );
  const before = twice ? await toldBefore(tx, clientId, named) : [];
  const told = insertTold(tx, clientId, named);
  if (told !== null) later(told);
  const known = Map.groupBy(before, ({ rule, group }) => `${rule} ${group}`);
  return lit.map((one) => ({
    ...one,
    known: known.get(`${one.rule.id} ${one.group}`) ?? [],
    events,
  }));
}

/** Whether another source may have told of a call of the batch, or tells of it in the batch itself. */
function mayBeToldTwice(answer: Appended['answers'][number] | undefined, byRule: Found['byRule']): boolean {
  const sources = new Set<string>();
  let first = Number.POSITIVE_INFINITY;
  for (const groups of byRule.values())
    for (const matches of groups.values())
      for (const { told, at } of matches) {
        if (told === undefined) continue;
        sources.add(told.source);
        if (at < first) first = at;
      }
  return sources.size > 1 || (sources.size === 1 && mayTell(answer, sources, first));
}

function stretchOf(group: string, matches: readonly Match[]) {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  for (const { at } of matches) {
    if (at < from) from = at;
    if (at > to) to = at;
  }
  return { group, from, to };
}
