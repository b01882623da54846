import type { Control } from '../model/catalogue.ts';
import { addDays } from '../model/day.ts';
import { KINDS, type Kind } from '../model/kinds.ts';
import { isOffered } from '../model/offered.ts';
import type { Profile } from '../model/profile.ts';
import type { Evidence } from '../model/reading.ts';
import type { Item, Outcome, Verdict } from '../model/verdict.ts';
import { openRowsRemedy } from '../people/staff.ts';
import { findRule } from '../rules/index.ts';
import { because } from '../rules/outcome.ts';
import { unknownColumns } from '../rules/unknown-columns.ts';
import { type Ask, ask, caseKey, type Message, message, oncePerKey, questionText } from '../text/message.ts';
import { sentence } from '../text/words.ts';
import { writtenDomains } from '../text/written-domain.ts';
import { evaluateCondition } from './conditions.ts';
import { contextFor, EvaluationState } from './context.ts';
import { decideEitherWay, openUntilKnown, waysToRead, withCertain } from './disputed-readings.ts';
import { applyException } from './exceptions.ts';
import { DEFAULT_FRESH_DAYS, windowOf } from './fresh-days.ts';
import type { DecisionInput } from './input.ts';
import { watchLeftOut } from './left-out.ts';
import { decideForEach } from './per-organization.ts';
import { withFurtherLists, withSetAside } from './set-aside.ts';
import { type Looked, withUncheckedSigners } from './unchecked-signers.ts';
import { withUnstatedStaff } from './unstated-staff.ts';
import { withHiddenRows } from './verdicts-of-hidden-rows.ts';

/**
 * Decides every control of the catalogue for one client at one time. Pure: no clock, no files, no environment.
 * The order is always the same: whether the control applies, whether it is licensed, what the checks find, and whether
 * an exception covers it.
 */
export function decide(input: DecisionInput): readonly Verdict[] {
  const shared = new EvaluationState(input);
  return input.catalogue.controls.map((control) => decideControl(control, shared));
}

const verdicts = new WeakMap<EvaluationState, Map<Control, Verdict>>();

/** Decides one control; `shared` may serve all controls of one decision. */
export function decideControl(control: Control, shared: EvaluationState): Verdict {
  const made = verdicts.get(shared) ?? new Map<Control, Verdict>();
  verdicts.set(shared, made);
  const found = made.get(control) ?? decideShown(control, shared);
  made.set(control, found);
  return found;
}

/** Notes which results depend on rows that a workbook hides; such rows never lead to a pass. */
function decideShown(control: Control, shared: EvaluationState): Verdict {
  const all = decideNow(control, shared);
  const shown = shared.withoutHidden();
  return shown === shared || all.state === 'cannot_read'
    ? all
    : withHiddenRows(all, decideControl(control, shown), control, shared.input.readings);
}

function decideNow(control: Control, shared: EvaluationState): Verdict {
  const applies = control.appliesWhen
    ? evaluateCondition(control.appliesWhen, shared)
    : { is: 'yes' as const };
  const missing = unlicensed(control, shared);
  const isOpen = applies.is !== 'yes' || missing !== null;
  const tried = isOpen ? tryChecks(control, shared, ({ always }) => always === true) : [];
  // A fail that is valid whether or not the control applies, or is licensed, is never hidden by either.
  const failsAnyway = tried.some(({ outcome }) => outcome.state === 'fail');
  if (applies.is === 'no' && !failsAnyway) {
    const { code, params, text } = applies.said;
    return verdict(control, {
      state: 'not_applicable',
      said: message(code, control.notApplicable ?? text, params),
    });
  }
  if (missing !== null && !failsAnyway) return missing;
  if (applies.is === 'unknown' && !failsAnyway) {
    return verdict(control, {
      state: 'cannot_read',
      said: message(
        applies.said.code,
        `It is not clear yet whether this applies. ${applies.said.text}`,
        applies.said.params,
      ),
      asks: [applies.ask],
    });
  }
  if (!isOpen) tried.push(...tryChecks(control, shared, () => true));
  const settled = settle(tried, shared.input.profile);
  const outcome = withSetAside(settled.outcome, shared);
  // A pass that cannot be attributed to the client becomes "cannot read".
  const isStill = outcome.state === settled.outcome.state;
  const asks = isStill || outcome.ask === undefined ? settled.asks : [outcome.ask];
  return applyException(control, shared, {
    ...verdict(control, { state: outcome.state, said: messageOf(outcome), asks }),
    items: outcome.items.map(readable),
    evidence: outcome.evidence,
    due: outcome.due ?? null,
    goodUntil: isStill ? settled.goodUntil : null,
    rule: settled.rule,
    tried: tried.map(({ rule, outcome: o }) => ({ rule, state: o.state, reason: o.reason })),
  });
}

function tryChecks(
  control: Control,
  shared: EvaluationState,
  counts: (check: Control['checks'][number]) => boolean,
): Tried[] {
  return control.checks.filter(counts).map((check) => {
    const freshDays = check.freshDays ?? DEFAULT_FRESH_DAYS;
    return {
      rule: check.rule,
      freshDays,
      independent: check.independent === true,
      offered: offered(check.reads, shared),
      outcome: runCheck(control, check, shared, freshDays),
    };
  });
}

type Tried = {
  readonly rule: string;
  readonly freshDays: number;
  readonly independent: boolean;
  /** False if the client's plan has no such source, so that nobody is asked for a file that does not exist. */
  readonly offered: boolean;
  readonly outcome: Outcome;
};

/** A check that reads several kinds is offered if one of them is available; the others only add to it. */
function offered(reads: readonly string[], shared: EvaluationState): boolean {
  const { profile, readings } = shared.input;
  const kinds = reads.filter(isKind);
  const has = (kind: Kind) => {
    const plans = KINDS[kind].onlyOn;
    return !plans || (readings[kind]?.length ?? 0) > 0 || plans.some((plan) => plan === profile.claudePlan);
  };
  return kinds.length === 0 || kinds.some(has);
}

function isKind(name: string): name is Kind {
  return Object.hasOwn(KINDS, name);
}

/** Parameters do not change while a catalogue is loaded, so those of each check are parsed once. */
const parsed = new WeakMap<Control['checks'][number], { readonly value: unknown }>();

/** Rules may read events even if their check names only one of these kinds. */
const EVENTS = ['activities', 'audit_log'] as const;

/** The outcome of a check. If several files of one day differ, it also takes into account what all of them show. */
function runCheck(
  control: Control,
  check: Control['checks'][number],
  shared: EvaluationState,
  freshDays: number,
): Outcome {
  const decided = (facts: EvaluationState) => runOnce(control, check, facts, freshDays);
  const outcome = decided(shared);
  const kinds = [...check.reads, ...Object.keys(findRule(check.rule).needs ?? {})].filter(isKind);
  const ways = waysToRead(kinds, shared, (kind) => windowOf(kind, freshDays));
  if (ways === null) return outcome;
  const certain = decideEitherWay(ways, decided);
  return certain === null ? openUntilKnown(outcome, ways, decided) : withCertain(outcome, certain);
}

function runOnce(
  control: Control,
  check: Control['checks'][number],
  shared: EvaluationState,
  freshDays: number,
): Outcome {
  const rule = findRule(check.rule);
  const params = parsed.get(check) ?? { value: rule.params.parse(check.with) };
  parsed.set(check, params);
  let disputed: string | null = null;
  const looked: Looked[] = [];
  const run = (facts: EvaluationState): Outcome => {
    const given = contextFor(facts, control, freshDays);
    const signer = (signature: string, day: string) => {
      const found = given.signer(signature, day);
      if (found.is === 'disputed') disputed ??= found.why;
      looked.push({ signature, day });
      return found;
    };
    const { context, settled } = watchLeftOut({ ...given, signer });
    const decided = () =>
      settled(decideForEach(context, check.reads, (context) => rule.decide(context, params.value)));
    const asked = unknownColumns(rule.needs, context);
    const [first] = asked;
    if (first === undefined) return decided();
    const harmless = asked.every(({ kind, field }) => {
      const without: readonly string[] = rule.failsWithout?.[kind] ?? [];
      return without.includes(field);
    });
    const proven = harmless ? decided() : null;
    return proven?.state === 'fail'
      ? {
          ...proven,
          params: { ...proven.params, without: asked.map(({ kind, field }) => `${kind}.${field}`) },
          reason: `${proven.reason} ${first.outcome.reason}`,
        }
      : first.outcome;
  };
  const partsOf = (kinds: readonly Kind[]) => {
    const given = contextFor(shared, control, freshDays);
    return [...new Set(kinds)].flatMap((kind) => {
      const current = given.read(kind);
      return current.ok || current.part === undefined
        ? []
        : [{ kind, why: current.why, howToGet: current.howToGet }];
    });
  };
  // A fail for another reason must not hide what an incomplete reading shows.
  const alsoByParts = (failed: Outcome): Outcome => {
    const parts = partsOf(rule.failsFromPart ?? []);
    const proven = parts.length === 0 ? null : run(shared.fromParts(parts.map(({ kind }) => kind)));
    return proven?.state !== 'fail'
      ? failed
      : withCertain(failed, {
          ...proven,
          params: { ...proven.params, parts: parts.map(({ kind }) => kind) },
          reason: [proven.reason, ...parts.map(({ why }) => why)].join(' '),
        });
  };
  const decided = run(shared);
  const outcome = decided.state === 'fail' ? alsoByParts(decided) : decided;
  if (outcome.state === 'cannot_read' || outcome.state === 'pass') {
    const proving = rule.failsFromPart ?? [];
    const parts = partsOf(
      outcome.state === 'pass' ? [...proving, ...check.reads.filter(isKind), ...EVENTS] : proving,
    );
    const found = parts.length === 0 ? null : run(shared.fromParts(parts.map(({ kind }) => kind)));
    const proven = found?.state === 'fail' && parts.every(({ kind }) => proving.includes(kind));
    // What an incomplete reading contradicts does not pass, although the missing part may settle it.
    const open =
      outcome.state === 'pass' &&
      (found?.state === 'fail' || (rule.undoneByPart === true && found?.state === 'cannot_read'));
    if (found !== null && (proven || open)) {
      const params = { ...found.params, parts: parts.map(({ kind }) => kind) };
      const reason = [found.reason, ...parts.map(({ why }) => why)].join(' ');
      return proven
        ? { ...found, params, reason }
        : {
            ...because(found.code, reason, params).cannotRead(
              parts[0]?.howToGet ?? null,
              found.evidence,
              found.items,
            ),
            changedOn: newest(found.evidence),
          };
    }
  }
  const signed = rule.signed?.(params.value) ?? [];
  const uncounted = shared.uncounted.filter(({ key }) => signed.includes(key));
  // While rosters differ, it is not known who of several people signed or still works here: neither pass nor fail may
  // depend on it.
  const lacking = uncounted.filter((one) => one.disputed);
  if (outcome.state === 'pass' ? disputed !== null : outcome.state === 'fail' && lacking.length > 0) {
    const roster = shared.read('roster', DEFAULT_FRESH_DAYS);
    return because(
      !roster.ok && roster.code === 'contradicted' ? 'decide.rosters_differ' : 'decide.signer_unknown',
      [outcome.reason, lacking[0]?.why ?? disputed ?? (roster.ok ? '' : roster.why)].join(' '),
    ).cannotRead(
      roster.ok ? openRowsRemedy(roster.rows, shared.input.today) : roster.howToGet,
      outcome.evidence,
    );
  }
  if (outcome.state !== 'pass' && uncounted.length > 0)
    return {
      ...outcome,
      params: { ...outcome.params, uncounted: uncounted.map(({ key }) => key) },
      reason: [outcome.reason, ...uncounted.slice(0, 2).map(({ why }) => why)].join(' '),
    };
  // A pass without evidence is the worst possible answer of this product, so none may leave this function.
  if (outcome.state === 'pass' && outcome.evidence.length === 0) {
    return because('decide.no_evidence', 'Nothing that was read proves this.').cannotRead(
      ask('look', 'source', 'Add the source that this control reads.'),
      [],
      outcome.items,
    );
  }
  const settled = withFurtherLists(outcome, rule.failsByAbsence ?? [], shared);
  const checked = withUncheckedSigners(settled, control, shared, { keys: signed, looked });
  return withUnstatedStaff(checked, shared, (facts) => runOnce(control, check, facts, freshDays));
}

/**
 * The first check that can tell decides, with one exception: a failing check overrules it if its reading is at least
 * as new as that of the passing one, or if it examines something else. Not the other way round: a weaker source never
 * turns a fail into a pass, and no check passes on what it saw before a change that another one found.
 */
function settle(
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

function messageOf({ code, params, reason }: Outcome): Message {
  return message(code, reason, params);
}

function unlicensed(control: Control, shared: EvaluationState): Verdict | null {
  // What is certainly missing decides, whatever is unknown about the rest.
  const needs = control.needs.map((id) => ({ id, has: shared.capability(id) }));
  for (const { id, has } of [
    ...needs.filter((one) => one.has.has === 'no'),
    ...needs.filter((one) => one.has.has === 'unknown'),
  ]) {
    if (has.has === 'unknown') {
      return verdict(control, {
        state: 'cannot_read',
        said: message(
          'decide.license_unknown',
          `It is not known whether the license for this is held. ${has.reason}`,
          { capability: id },
        ),
        asks: [
          ask(
            'profile',
            'm365',
            'State the licenses in the profile (claudePlan, m365, addOns), or add the Microsoft licenses file.',
            'plans',
          ),
        ],
        evidence: has.evidence,
      });
    }
    const state = control.unlicensed?.state ?? 'not_licensed';
    const instead = control.unlicensed ? ` ${control.unlicensed.instead}` : '';
    return verdict(control, {
      state,
      said: message('decide.not_licensed', `${has.reason}${instead}`, { capability: id }),
      evidence: has.evidence,
    });
  }
  return null;
}

/** Keys keep the form used to compare addresses; displayed text shows domains as people write them. */
function readable(item: Item): Item {
  const label = writtenDomains(item.label);
  const detail = writtenDomains(item.detail);
  return label === item.label && detail === item.detail ? item : { ...item, label, detail };
}

function verdict(
  control: Control,
  parts: {
    state: Verdict['state'];
    said: Message;
    asks?: readonly Ask[];
    evidence?: readonly Evidence[];
  },
): Verdict {
  return {
    control: control.id,
    version: control.version,
    state: parts.state,
    code: parts.said.code,
    params: parts.said.params,
    reason: parts.said.text,
    items: [],
    evidence: parts.evidence ?? [],
    asks: parts.asks ?? [],
    question: questionText(parts.asks ?? [], 'file'),
    due: null,
    goodUntil: null,
    rule: null,
    exception: null,
    tried: [],
  };
}

/**
 * Day of the newest reading behind an outcome. Charter and journal are cited with the day of the decision and would
 * make every other reading look new, so they are used only if nothing else was read.
 */
function newest(evidence: readonly Evidence[]): string {
  const read = evidence.filter(isReading);
  return (read.length > 0 ? read : evidence).reduce(
    (day, e) => (e.observedOn > day ? e.observedOn : day),
    '',
  );
}

function isReading({ kind }: Evidence): boolean {
  return (
    kind !== 'charter' && kind !== 'journal' && kind !== 'plan' && kind !== 'catalogue' && kind !== 'profile'
  );
}

/** Readings expire; charter and journal do not, because the rules judge the dates they contain. */
function goodUntil(evidence: readonly Evidence[], freshDays: number): string | null {
  const read = evidence.filter(isReading);
  const ends = read.map((e) => addDays(e.observedOn, windowOf(e.kind, freshDays)));
  return Number.isFinite(freshDays) ? (ends.sort()[0] ?? null) : null;
}
