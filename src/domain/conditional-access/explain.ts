import type { AccessTemplate, AccessTemplateId } from '../model/conditional-access.ts';
import { roleWords } from '../model/entra-roles.ts';
import type { CaPolicyRow } from '../model/kinds.ts';
import type { ClaudeApp } from '../rules/microsoft/apps.ts';
import { type CaInput, evaluate } from '../rules/microsoft/ca.ts';
import { exclusionsOf } from '../rules/microsoft/ca-exclusions.ts';
import { controlWords } from '../rules/microsoft/ca-grant.ts';
import { concernsPeople, REQUIREMENTS, type Reach, reaches } from '../rules/microsoft/ca-policy.ts';
import { regionOf } from '../rules/microsoft/ca-region.ts';
import type { Directory } from '../rules/microsoft/directory.ts';

/** What one policy of the tenant means for Claude. */
export interface ExplainedPolicy {
  readonly id: string | null;
  readonly name: string;
  /** null: the file does not say. */
  readonly state: CaPolicyRow['state'];
  /** How it reaches each of the Claude applications. */
  readonly reach: readonly { readonly appId: string; readonly is: Reach }[];
  /** false: it is about workload identities or agents. */
  readonly people: boolean;
  /** What it asks for, each in words; `all`: every one of them, otherwise one is enough. */
  readonly asks: readonly string[];
  readonly all: boolean;
  /** It lets nobody sign in: a block is all that it asks for. */
  readonly blocks: boolean;
  readonly session: readonly string[];
  /** Whom it is for, by name; empty: everyone. */
  readonly whom: readonly string[];
  readonly leavesOut: readonly string[];
  /** Where it does not act, each the end of "the policy …". */
  readonly limits: readonly string[];
  /** Templates whose demand it meets by itself at every Claude application that they are about. */
  readonly covers: readonly AccessTemplateId[];
}

/** No leniency for any requirement: what is said of a policy holds whatever is asked of it. */
const PLAIN = { ...REQUIREMENTS.mfa, egressMayBeLeftOut: false };

export function explainPolicy(
  policy: CaPolicyRow,
  apps: readonly ClaudeApp[],
  templates: readonly AccessTemplate[],
  input: CaInput,
): ExplainedPolicy {
  const { grant, session } = policy;
  const alone = { ...input, policies: [policy] };
  return {
    id: policy.id,
    name: policy.name,
    state: policy.state,
    reach: apps.map(({ appId }) => ({ appId, is: reaches(policy, appId) })),
    people: concernsPeople(policy),
    asks: [
      ...(grant?.controls ?? []).map(controlWords),
      ...(grant?.authenticationStrength
        ? [`the authentication strength “${grant.authenticationStrength}”`]
        : []),
    ],
    all: grant?.operator === 'AND',
    blocks: blocksAlone(grant),
    session: [
      ...(session.cloudAppSecurity ? [`cloudAppSecurity:${session.cloudAppSecurity}`] : []),
      ...(session.signInFrequency ? [`signInFrequency:${session.signInFrequency}`] : []),
      ...(session.others ?? []),
    ],
    whom: whom(policy, input.directory),
    leavesOut: exclusionsOf(policy).map(({ kind, id }) =>
      kind === 'guests' ? 'guests' : kind === 'role' ? roleWords(id) : input.directory.label(id),
    ),
    limits: [...new Set(regionOf(policy, PLAIN, input).lets)],
    covers: templates.flatMap((template) => (coversAlone(template, apps, alone) ? [template.id] : [])),
  };
}

function blocksAlone(grant: CaPolicyRow['grant']): boolean {
  if (grant === null || grant.authenticationStrength || grant.controls.length === 0) return false;
  return grant.controls.every((control) => control.toLowerCase() === 'block');
}

function whom(policy: CaPolicyRow, directory: Directory): readonly string[] {
  if (policy.includeUsers.some((id) => id.toLowerCase() === 'all')) return [];
  return [
    ...policy.includeUsers.flatMap((id) => {
      const key = id.toLowerCase();
      return key === 'none' ? [] : [key === 'guestsorexternalusers' ? 'guests' : directory.label(id)];
    }),
    ...policy.includeGroups.map((id) => directory.label(id)),
    ...policy.includeRoles.map(roleWords),
    ...(policy.includeGuests ? ['guests'] : []),
  ];
}

function coversAlone(template: AccessTemplate, apps: readonly ClaudeApp[], input: CaInput): boolean {
  const own = apps.filter(({ kind }) => template.apps === 'all' || kind === 'sign_in');
  return (
    own.length > 0 &&
    own.every(({ appId }) =>
      template.requirement.every((id) => evaluate(appId, REQUIREMENTS[id], input).is === 'covered'),
    )
  );
}
// Guide: G3.2-03 G6.2-08
