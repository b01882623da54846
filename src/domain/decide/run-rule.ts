import type { Control } from '../model/catalogue.ts';
import { isKind, type Kind } from '../model/kinds.ts';
import type { Outcome } from '../model/verdict.ts';
import { openRowsRemedy } from '../people/staff.ts';
import { type FoundRule, findRule } from '../rules/index.ts';
import { because } from '../rules/outcome.ts';
import { unknownColumns } from '../rules/unknown-columns.ts';
import { type Ask, ask } from '../text/message.ts';
import { contextFor, type EvaluationState } from './context.ts';
import { withCertain } from './disputed-readings.ts';
import { DEFAULT_FRESH_DAYS } from './fresh-days.ts';
import { watchLeftOut } from './left-out.ts';
import { newest } from './newest.ts';
import { decideForEach } from './per-organization.ts';
import { withFurtherLists } from './set-aside.ts';
import { type Looked, withUncheckedSigners } from './unchecked-signers.ts';
import { withUnstatedStaff } from './unstated-staff.ts';

export type Check = Control['checks'][number];

/** One check of a control, while it is decided. */
interface Run {
  readonly control: Control;
  readonly check: Check;
  readonly rule: FoundRule;
  readonly params: unknown;
  readonly shared: EvaluationState;
  readonly freshDays: number;
  /** Signatures that the rule has looked up so far. */
  readonly looked: Looked[];
  /** Why it is not known who one of the signers is; null: all are known. */
  disputed: string | null;
}

/** Parameters do not change while a catalogue is loaded, so those of each check are parsed once. */
const parsed = new WeakMap<Check, { readonly value: unknown }>();

/** The outcome of a check's rule, after everything that can keep a pass or a fail from being certain. */
export function runRule(control: Control, check: Check, shared: EvaluationState, freshDays: number): Outcome {
  const rule = findRule(check.rule);
  const params = parsed.get(check) ?? { value: rule.params.parse(check.with) };
  parsed.set(check, params);
  const run: Run = {
    control,
    check,
    rule,
    params: params.value,
    shared,
    freshDays,
    looked: [],
    disputed: null,
  };
  const outcome = withParts(run, decideOn(run, shared));
  const signed = rule.signed?.(params.value) ?? [];
  const unclear = withUnclearSigners(run, outcome, signed);
  if (unclear !== null) return unclear;
  // A pass without evidence is the worst possible answer of this product, so none may leave this function.
  if (outcome.state === 'pass' && outcome.evidence.length === 0) {
    return because('decide.no_evidence', 'Nothing that was read proves this.').cannotRead(
      ask('look', 'source', 'Add the source that this control reads.'),
      [],
      outcome.items,
    );
  }
  const settled = withFurtherLists(outcome, rule.failsByAbsence ?? [], shared);
  const checked = withUncheckedSigners(settled, control, shared, { keys: signed, looked: run.looked });
  return withUnstatedStaff(checked, shared, (facts) => runRule(control, check, facts, freshDays));
}

/** What the rule finds in `facts`; a column that it needs and that nobody recognized is asked about first. */
function decideOn(run: Run, facts: EvaluationState): Outcome {
  const { rule, check } = run;
  const given = contextFor(facts, run.control, run.freshDays);
  const signer = (signature: string, day: string) => {
    const found = given.signer(signature, day);
    if (found.is === 'disputed') run.disputed ??= found.why;
    run.looked.push({ signature, day });
    return found;
  };
  const { context, settled } = watchLeftOut({ ...given, signer });
  const decided = () =>
    settled(decideForEach(context, check.reads, (context) => rule.decide(context, run.params)));
  const asked = unknownColumns(rule.needs, context);
  const [first] = asked;
  if (first === undefined) return decided();
  const isHarmless = asked.every(({ kind, field }) => {
    const without: readonly string[] = rule.failsWithout?.[kind] ?? [];
    return without.includes(field);
  });
  const found = isHarmless ? decided() : null;
  return found?.state === 'fail'
    ? {
        ...found,
        params: { ...found.params, without: asked.map(({ kind, field }) => `${kind}.${field}`) },
        reason: `${found.reason} ${first.outcome.reason}`,
      }
    : first.outcome;
}

/** Rules may read events even if their check names only one of these kinds. */
const EVENTS = ['activities', 'audit_log'] as const;

interface Part {
  readonly kind: Kind;
  readonly why: string;
  readonly howToGet: Ask;
}

/** Readings of which only a part is there. */
function partsOf({ shared, control, freshDays }: Run, kinds: readonly Kind[]): readonly Part[] {
  const given = contextFor(shared, control, freshDays);
  return [...new Set(kinds)].flatMap((kind) => {
    const current = given.read(kind);
    return current.ok || current.part === undefined
      ? []
      : [{ kind, why: current.why, howToGet: current.howToGet }];
  });
}

/** The outcome with what incomplete readings show: they can prove a fail, and contradict a pass. */
function withParts(run: Run, outcome: Outcome): Outcome {
  const proving = run.rule.failsFromPart ?? [];
  const more =
    outcome.state === 'pass' ? [...proving, ...run.check.reads.filter(isKind), ...EVENTS] : proving;
  if (outcome.state !== 'pass' && outcome.state !== 'fail' && outcome.state !== 'cannot_read') return outcome;
  const parts = partsOf(run, more);
  if (parts.length === 0) return outcome;
  const found = decideOn(run, run.shared.fromParts(parts.map(({ kind }) => kind)));
  const shown = {
    params: { ...found.params, parts: parts.map(({ kind }) => kind) },
    reason: [found.reason, ...parts.map(({ why }) => why)].join(' '),
  };
  if (found.state === 'fail') {
    // A fail for another reason must not hide what an incomplete reading shows.
    if (outcome.state === 'fail') return withCertain(outcome, { ...found, ...shown });
    if (parts.every(({ kind }) => proving.includes(kind))) return { ...found, ...shown };
  }
  // What an incomplete reading contradicts does not pass, although the missing part may settle it.
  const isContradicted =
    found.state === 'fail' || (run.rule.undoneByPart === true && found.state === 'cannot_read');
  if (outcome.state !== 'pass' || !isContradicted) return outcome;
  const { howToGet } = parts[0] ?? { howToGet: null };
  return {
    ...because(found.code, shown.reason, shown.params).cannotRead(howToGet, found.evidence, found.items),
    changedOn: newest(found.evidence),
  };
}

/** The outcome if it is not clear who signed what the rule rests on; null: it is clear, or makes no difference. */
function withUnclearSigners(
  { shared, disputed }: Run,
  outcome: Outcome,
  signed: readonly string[],
): Outcome | null {
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
  if (outcome.state === 'pass' || uncounted.length === 0) return null;
  return {
    ...outcome,
    params: { ...outcome.params, uncounted: uncounted.map(({ key }) => key) },
    reason: [outcome.reason, ...uncounted.slice(0, 2).map(({ why }) => why)].join(' '),
  };
}
