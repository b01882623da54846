import { EvaluationState } from '../decide/context.ts';
import type { DecisionInput } from '../decide/input.ts';
import type { Capability } from '../model/capability.ts';
import { positionOf } from './position.ts';

/** A difference between guide and vendor that changes what this client would have to buy. */
export interface Difference {
  readonly capability: Capability;
  /** The guide's answer for this client's plan and license. */
  readonly guide: 'yes' | 'no';
  /** What the vendor documents; Bylaw follows this. */
  readonly vendor: 'yes' | 'no';
  /** Controls that would be enforceable if the guide were right but are not, or vice versa. */
  readonly controls: readonly string[];
  /** Risks whose coverage would differ. */
  readonly risks: readonly string[];
  /** Goals whose result would differ. */
  readonly goals: readonly string[];
}

/** Capabilities on which guide and vendor give different answers for this client, with the consequences. */
export function differences(input: DecisionInput): readonly Difference[] {
  const shared = new EvaluationState(input);
  const now = positionOf(input);
  return input.catalogue.capabilities.flatMap((capability) => {
    const guide = guideSays(capability, input);
    const vendor = shared.capability(capability.id).has;
    if (guide === null || vendor === 'unknown' || guide === vendor) return [];
    const then = positionOf({ ...input, assumed: new Map([[capability.id, guide]]) });
    return [
      {
        capability,
        guide,
        vendor,
        controls: then.controls.flatMap(({ control, reach }, index) =>
          reach === now.controls[index]?.reach ? [] : [control],
        ),
        risks: then.risks.flatMap(({ risk, coverage }, index) =>
          coverage === now.risks[index]?.coverage ? [] : [risk],
        ),
        goals: then.goals.flatMap(({ goal, has }, index) =>
          goal === capability.id || has === now.goals[index]?.has ? [] : [goal],
        ),
      },
    ];
  });
}

/** The guide's table in the client's column. Values such as "limited" are not a clear answer. */
function guideSays({ guide }: Capability, { profile }: DecisionInput): 'yes' | 'no' | null {
  const column = guide?.cells[profile.claudePlan] ?? microsoftCell(guide?.cells ?? {}, profile.m365);
  return column?.value === 'yes' || column?.value === 'no' ? column.value : null;
}

function microsoftCell(
  cells: NonNullable<Capability['guide']>['cells'],
  m365: DecisionInput['profile']['m365'],
) {
  return typeof m365 === 'string' ? cells[m365] : undefined;
}
// Guide: G1.1-06
