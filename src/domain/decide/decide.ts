import type { Control } from '../model/catalogue.ts';
import type { Item, Outcome, Verdict } from '../model/verdict.ts';
import { ask, type Message, message } from '../text/message.ts';
import { writtenDomains } from '../text/written-domain.ts';
import { tryChecks } from './checks.ts';
import { evaluateCondition } from './conditions.ts';
import { EvaluationState } from './context.ts';
import { applyException } from './exceptions.ts';
import type { DecisionInput } from './input.ts';
import { withSetAside } from './set-aside.ts';
import { settle } from './settle.ts';
import { verdict } from './verdict.ts';
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
