import { contextFor, EvaluationState } from '../../decide/context.ts';
import { DEFAULT_FRESH_DAYS } from '../../decide/fresh-days.ts';
import type { DecisionInput } from '../../decide/input.ts';
import type { Control } from '../../model/catalogue.ts';
import type { Exception } from '../../model/charter.ts';
import { accountsClosed } from './accounts-closed.ts';
import { accountRegister, REGISTER } from './register.ts';

/**
 * Adds every current exemption of the register to the charter's exceptions, so that an exempt account is accepted until
 * a date and never counts as closed. Exemptions in the journal stay there.
 */
export function withExemptions(input: DecisionInput): DecisionInput {
  if (!(input.accountSteps ?? []).some(({ kind }) => kind === 'exempted')) return input;
  const control = closedControl(input.catalogue.controls);
  if (control === null) return input;
  const { entries } = accountRegister(contextFor(new EvaluationState(input), control, DEFAULT_FRESH_DAYS));
  const exceptions = entries.flatMap(({ key, exemption }): Exception[] => {
    if (exemption?.until == null) return [];
    return [
      {
        control: control.id,
        items: [key],
        reason: exemption.reason ?? '',
        owner: exemption.owner ?? exemption.by,
        from: exemption.since,
        until: exemption.until,
        approvedBy: exemption.by,
      },
    ];
  });
  if (exceptions.length === 0) return input;
  const charter = input.charter ?? { value: {}, file: REGISTER, sha256: '', lines: {} };
  return {
    ...input,
    charter: {
      ...charter,
      value: { ...charter.value, exceptions: [...(charter.value.exceptions ?? []), ...exceptions] },
    },
  };
}

function closedControl(controls: readonly Control[]): Control | null {
  return controls.find(({ checks }) => checks.some(({ rule }) => rule === accountsClosed.name)) ?? null;
}
