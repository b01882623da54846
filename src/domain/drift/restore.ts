import { PERMISSION_WORDS } from '../connectors/words.ts';
import type { Control } from '../model/catalogue.ts';
import type { Permission } from '../model/rows-exports.ts';
import type { RestoreStep } from './types.ts';

/** Steps in Claude that undo a deviation, with the menu paths of the control that compares it. */

type Plan = 'team' | 'enterprise' | string;

function placed(words: string, control: Control | undefined, at: number): RestoreStep {
  const step = control?.remediation.steps.filter(({ where }) => where !== undefined)[at];
  return {
    words,
    where: step?.where ?? null,
    link: step?.link ?? null,
    checked: step?.checked ?? null,
  };
}

/** Steps to set an action back. `control` compares actions with the charter. */
export function restoreAction(
  control: Control | undefined,
  { connector, action, wanted, plan }: { connector: string; action: string; wanted: Permission; plan: Plan },
): RestoreStep[] {
  return [
    placed(`Open ${connector} and set “${action}” to ${PERMISSION_WORDS[wanted]}.`, control, 0),
    placed(
      `To prove it: write the connectors table again, with the line ${connector}, ${action}, ${PERMISSION_WORDS[wanted]}, and import it.${orLog(plan)}`,
      control,
      1,
    ),
  ];
}

/** Steps to remove a connector that no one approved. `control` compares the list of connectors. */
export function removeConnectorSteps(control: Control | undefined, name: string, plan: Plan): RestoreStep[] {
  return [
    placed(`Remove ${name}.`, control, 0),
    {
      words: `Ask the person who linked ${name} to disconnect it in ${name} too; removing it in Claude may not end the link there.`,
      where: null,
      link: null,
      checked: null,
    },
    placed(
      `To prove it: write into the connectors table one line with ${name} and “no” under enabled, and import it. A table that leaves ${name} out proves nothing.${orLog(plan)}`,
      control,
      1,
    ),
  ];
}

/** Steps to turn an approved connector on again. */
export function addConnectorSteps(control: Control | undefined, name: string, plan: Plan): RestoreStep[] {
  return [
    placed(`Add ${name} again, and set its actions as the charter says before anyone links it.`, control, 0),
    placed(
      `To prove it: write the connectors table again, with the lines of ${name}, and import it.${orLog(plan)}`,
      control,
      1,
    ),
  ];
}

/** Steps to set a setting back, from the control that reads it. */
export function restoreSetting(control: Control | undefined, first: string): RestoreStep[] {
  return restoreByProof(control, first, 'To prove it: save the settings file again and import it.');
}

/** Steps to restore something, from the control that reads it, and how to prove it. */
export function restoreByProof(control: Control | undefined, first: string, proof: string): RestoreStep[] {
  return [placed(first, control, 0), { words: proof, where: null, link: null, checked: null }];
}

function orLog(plan: Plan): string {
  return plan === 'enterprise'
    ? ' On Enterprise the audit log or activity feed with the change proves it as well.'
    : '';
}
