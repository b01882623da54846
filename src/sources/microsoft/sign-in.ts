import type { SignInRow } from '#domain/model/kinds.ts';
import { ImportProblem } from '../exports/file-kind.ts';
import { flag, instant, type JsonObject, member, numberOf, text } from '../exports/kinds/json-values.ts';
import { objectAt, objectsAt, stringsAt } from './members.ts';

const CA_STATUS = ['success', 'failure', 'notApplied'] as const;

/** A sign-in from Entra's log. */
export function readSignIn(item: JsonObject, file: string, row: number): SignInRow {
  const at = instant(member(item, 'createdDateTime'));
  if (!at)
    throw new ImportProblem('The sign-in has no time of the form 2026-11-24T15:00:00Z.', {
      row,
      column: 'createdDateTime',
    });
  const status = objectAt(item, 'status', row);
  const device = objectAt(item, 'deviceDetail', row);
  const ca = text(member(item, 'conditionalAccessStatus'));
  const errorCode = numberOf(member(status, 'errorCode'));
  return {
    file,
    row,
    at,
    upn: text(member(item, 'userPrincipalName'))?.toLowerCase() ?? null,
    appId: text(member(item, 'appId')),
    appName: text(member(item, 'appDisplayName')),
    resourceId: text(member(item, 'resourceId')),
    ip: text(member(item, 'ipAddress')),
    caStatus: CA_STATUS.find((known) => known === ca) ?? null,
    errorCode,
    compliantDevice: flag(member(device, 'isCompliant')),
    managedDevice: flag(member(device, 'isManaged')),
    mfa: mfaOf(item, status, errorCode, row),
    riskLevel: text(member(item, 'riskLevelDuringSignIn')),
    interactive: flag(member(item, 'isInteractive')) ?? byType(item, row),
    ...cameFrom(item, device),
    ...policiesOf(item, row),
  };
}

function cameFrom(item: JsonObject, device: JsonObject): Pick<SignInRow, 'from'> {
  const parts = {
    device: text(member(device, 'deviceId')),
    deviceName: text(member(device, 'displayName')),
    os: text(member(device, 'operatingSystem')),
    browser: text(member(device, 'browser')),
    app: text(member(item, 'clientAppUsed')),
  };
  const given = Object.entries(parts).filter(([, value]) => value !== null);
  return given.length === 0 ? {} : { from: Object.fromEntries(given) };
}

function policiesOf(item: JsonObject, row: number): Pick<SignInRow, 'policies'> {
  const policies = objectsAt(item, 'appliedConditionalAccessPolicies', row).flatMap((policy) => {
    const name = text(member(policy, 'displayName'));
    const result = text(member(policy, 'result'));
    return name === null || result === null ? [] : [{ name, result }];
  });
  return policies.length === 0 ? {} : { policies };
}

/** `signInEventTypes`, in beta only, used if the entry lacks `isInteractive`. */
function byType(item: JsonObject, row: number): boolean | null {
  const types = stringsAt(item, 'signInEventTypes', row);
  if (types.includes('interactiveUser')) return true;
  return types.includes('nonInteractiveUser') ? false : null;
}

/**
 * Whether a sign-in used a second factor.
 *
 * true: it succeeded, and MFA was the required level, a policy whose only control is MFA was satisfied, or a step says
 * that the requirement was satisfied. A satisfied policy with several controls proves nothing, since any one of them
 * may suffice. false: it succeeded, and a single factor was the required level. Otherwise unknown: v1.0 of the log
 * lacks the level, and MFA may have been required outside of Conditional Access.
 */
function mfaOf(item: JsonObject, status: JsonObject, errorCode: number | null, row: number): boolean | null {
  if (errorCode !== 0) return null;
  const needed = text(member(item, 'authenticationRequirement'))?.toLowerCase() ?? null;
  if (needed === 'multifactorauthentication') return true;
  const policies = objectsAt(item, 'appliedConditionalAccessPolicies', row);
  if (policies.some((policy) => policy.result === 'success' && enforcesOnlyMfa(policy, row))) return true;
  if (objectsAt(item, 'authenticationDetails', row).some(isSecondFactor)) return true;
  if (saysSatisfied(member(status, 'additionalDetails'))) return true;
  return needed === 'singlefactorauthentication' ? false : null;
}

function enforcesOnlyMfa(policy: JsonObject, row: number): boolean {
  const controls = stringsAt(policy, 'enforcedGrantControls', row);
  return (
    controls.length > 0 &&
    controls.every((control) =>
      /^(mfa|requiremfa|require multi-?factor authentication)$/i.test(control.trim()),
    )
  );
}

function isSecondFactor(step: JsonObject): boolean {
  if (step.succeeded !== true) return false;
  const requirement = text(member(step, 'authenticationStepRequirement')) ?? '';
  return /multi-?factor/i.test(requirement) || saysSatisfied(member(step, 'authenticationStepResultDetail'));
}

function saysSatisfied(value: unknown): boolean {
  return /^MFA (requirement satisfied|completed in )/i.test(text(value) ?? '');
}
