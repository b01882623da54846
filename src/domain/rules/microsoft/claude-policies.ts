import type { CaPolicyRow } from '../../model/kinds.ts';
import type { CheckContext } from '../../model/rule.ts';
import { type Ask, ask } from '../../text/message.ts';
import { names } from '../../text/words.ts';
import { CONNECTOR_APPS, GRAPH_APP_ID, SSO_QUESTION, signInApp } from './apps.ts';
import { concernsPeople, reaches } from './ca-policy.ts';

/** Policies that are on or in report-only mode and reach a Claude application, and those that may. */
export interface ClaudePolicies {
  /** By name of an application that is known to be Claude's, or through "All resources". */
  readonly reaching: readonly CaPolicyRow[];
  /**
   * Policies that may apply to the sign-in application, which the charter does not name, or that select applications by
   * an attribute.
   */
  readonly perhaps: readonly CaPolicyRow[];
  /** Why it is not known whether a policy of `perhaps` reaches Claude; ends a sentence that begins with the policy. */
  why(policy: CaPolicyRow): string;
  /** What would settle it. */
  readonly question: Ask;
}

export function claudePolicies(context: CheckContext, policies: readonly CaPolicyRow[]): ClaudePolicies {
  const own = context.charter.ok ? context.charter.value.entra?.ssoAppId?.trim().toLowerCase() : undefined;
  const known = [...CONNECTOR_APPS.map((app) => app.appId as string), ...(own ? [own] : [])];
  const mayBeSignIn = own ? () => false : signInCandidates(context);
  const acting = policies.filter((policy) => policy.state !== 'disabled' && concernsPeople(policy));
  const reachesOne = (policy: CaPolicyRow, wanted: readonly string[]) =>
    known.some((appId) => wanted.includes(reaches(policy, appId)));
  const byUnknownApp = (policy: CaPolicyRow) =>
    policy.includeApplications.some((appId) => mayBeSignIn(appId) && reaches(policy, appId) === 'named');
  const reaching = acting.filter((policy) => reachesOne(policy, ['named', 'all']));
  const perhaps = acting.filter(
    (policy) => !reaching.includes(policy) && (reachesOne(policy, ['filtered']) || byUnknownApp(policy)),
  );
  return {
    reaching,
    perhaps,
    why: (policy) =>
      byUnknownApp(policy)
        ? `is on ${names(policy.includeApplications)}, and the charter does not say whether that signs people in to Claude`
        : 'picks applications by a security attribute, and no file shows whether Claude carries it',
    question: perhaps.some(byUnknownApp)
      ? SSO_QUESTION
      : ask(
          'look',
          'ca_application_filter',
          'Open the application filter of the policy in Entra, and name the Claude applications in the policy instead.',
        ),
  };
}

/** Whether an application may be the one that signs people in to Claude, if the charter names none. */
function signInCandidates(context: CheckContext): (appId: string) => boolean {
  const principals = context.read('service_principals');
  const found = principals.ok ? signInApp(context, principals) : null;
  if (found?.is === 'absent') return () => false;
  if (found?.is === 'unknown' && found.candidates.length > 0) {
    const ids = new Set(found.candidates.map((row) => row.appId.toLowerCase()));
    return (appId) => ids.has(appId.toLowerCase());
  }
  // With nothing to distinguish the applications, any of the tenant's own may be it.
  return (appId) => /^[0-9a-f]{8}-/i.test(appId) && appId.toLowerCase() !== GRAPH_APP_ID;
}
