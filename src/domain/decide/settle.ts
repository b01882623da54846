import { addDays } from '../model/day.ts';
import { isKind } from '../model/kinds.ts';
import { isOffered } from '../model/offered.ts';
import type { Profile } from '../model/profile.ts';
import type { Evidence } from '../model/reading.ts';
import type { Outcome } from '../model/verdict.ts';
import { because } from '../rules/outcome.ts';
import { type Ask, ask, caseKey, oncePerKey } from '../text/message.ts';
import { sentence } from '../text/words.ts';
import type { Tried } from './checks.ts';
import { windowOf } from './fresh-days.ts';
import { isReading, newest } from './newest.ts';

/**
 * The first check that can tell decides, with one exception: a failing check overrules it if its reading is at least
 * as new as that of the passing one, or if it examines something else. Not the other way round: a weaker source never
 * turns a fail into a pass, and no check passes on what it saw before a change that another one found.
 */
export function settle(
  tried: readonly Tried[],
  profile: Profile,
): {
  outcome: Outcome;
  asks: readonly Ask[];
  rule: string | null;
  goodUntil: string | null;
} {
  const changedOn = tried
    .flatMap(({ outcome }) => outcome.changedOn ?? [])
    .sort()
    .at(-1);
  const first = tried.find(
    ({ outcome }) =>
      outcome.state !== 'cannot_read' &&
      !(outcome.state === 'pass' && changedOn !== undefined && newest(outcome.evidence) <= changedOn),
  );
  if (!first) {
    const open = tried.filter((t) => t.offered);
    const outcomes = (open.length > 0 ? open : tried)
      .map((t) => t.outcome)
      .filter(({ state }) => state === 'cannot_read');
    const asks = offeredFirst(oncePerKey(outcomes.flatMap((outcome) => outcome.ask ?? [])), profile);
    return { outcome: combineUnread(outcomes), asks, rule: tried[0]?.rule ?? null, goodUntil: null };
  }
  let chosen = first;
  let { outcome } = first;
  if (outcome.state === 'pass' || outcome.state === 'pending') {
    const contradiction = tried.find(
      (t) =>
        t !== first &&
        t.outcome.state === 'fail' &&
        (t.independent || newest(t.outcome.evidence) >= (outcome.asOf ?? newest(outcome.evidence))),
    );
    if (contradiction) {
      chosen = contradiction;
      outcome = {
        ...contradiction.outcome,
        params: { ...contradiction.outcome.params, against: outcome.code },
        reason: `${contradiction.outcome.reason} Another source disagrees: ${outcome.reason}`,
        evidence: [...contradiction.outcome.evidence, ...outcome.evidence],
      };
    }
  }
  if (outcome.state === 'fail') outcome = withFurther(outcome, tried, chosen);
  const asks = outcome.ask === undefined ? [] : [outcome.ask];
  return { outcome, asks, rule: chosen.rule, goodUntil: goodUntil(outcome.evidence, chosen.freshDays) };
}

/** Adds what other checks found: they name different things, and an exception for some must not hide the rest. */
function withFurther(outcome: Outcome, tried: readonly Tried[], chosen: Tried): Outcome {
  const known = new Set(outcome.items.map(({ key }) => key));
  const further = tried.filter(
    (t) => t !== chosen && t.outcome.state === 'fail' && t.outcome.items.some((item) => !known.has(item.key)),
  );
  if (further.length === 0) return outcome;
  return {
    ...outcome,
    params: { ...outcome.params, further: further.map((t) => t.outcome.code) },
    reason: [outcome.reason, ...further.map((t) => t.outcome.reason)].join(' '),
    items: [
      ...outcome.items,
      ...further.flatMap((t) => t.outcome.items).filter((item) => !known.has(item.key)),
    ],
    evidence: [...outcome.evidence, ...further.flatMap((t) => t.outcome.evidence)],
  };
}

/** Put files that the client's plan does not offer last; what can be imported or seen comes first. */
function offeredFirst(asks: readonly Ask[], profile: Profile): readonly Ask[] {
  const isOut = ({ of, field }: Ask) => of === 'source' && isKind(field) && !isOffered(field, profile);
  return [...asks.filter((one) => !isOut(one)), ...asks.filter(isOut)];
}

/** No check could tell: the preferred one gives the reason, and every other way to decide is offered. */
function combineUnread(outcomes: readonly Outcome[]): Outcome {
  const first = outcomes[0];
  if (!first)
    return because('decide.no_check', 'No check is defined.').cannotRead(
      ask('look', 'control', 'Tell whoever runs Bylaw that this control has no check.'),
    );
  const each = new Map(outcomes.map((outcome) => [caseKey(outcome), outcome]));
  const [, ...others] = each.keys();
  return {
    ...first,
    params: others.length === 0 ? first.params : { ...first.params, others },
    reason: [...each.values()].map((outcome) => sentence(outcome.reason)).join(' '),
    items: outcomes.flatMap((o) => o.items),
    evidence: outcomes.flatMap((o) => o.evidence),
  };
}

/** Readings expire; charter and journal do not, because the rules judge the dates they contain. */
function goodUntil(evidence: readonly Evidence[], freshDays: number): string | null {
  const read = evidence.filter(isReading);
  const ends = read.map((e) => addDays(e.observedOn, windowOf(e.kind, freshDays)));
  return Number.isFinite(freshDays) ? (ends.sort()[0] ?? null) : null;
}
