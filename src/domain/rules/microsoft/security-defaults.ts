import { z } from 'zod';
import type { CaPolicyRow } from '../../model/kinds.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, names } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { CONNECTOR_APPS } from './apps.ts';
import { asksForProof } from './ca-grant.ts';
import { citePolicies } from './ca-inputs.ts';
import { concernsPeople, reaches } from './ca-policy.ts';
import { readPolicies, UNREAD_QUESTION, unreadWords } from './policies.ts';

export const securityDefaults = defineRule({
  name: 'security-defaults',
  about:
    'Without Entra ID P1, security defaults are the baseline and must be on; with P1 and Conditional Access in use they must be off, since the two exclude each other.',
  params: z.strictObject({}),
  decide(context) {
    const defaults = context.read('security_defaults');
    if (!defaults.ok) return absent(defaults).cannotRead(defaults.howToGet);
    const row = defaults.rows[0];
    if (!row || row.enabled === null || defaults.rows.some((other) => other.enabled !== row.enabled))
      return because(
        'microsoft.security_defaults.unclear',
        'The security defaults file does not say clearly whether they are on.',
      ).cannotRead(
        ask('source', 'security_defaults', 'Save the security defaults again.', 'again'),
        defaults.evidence,
      );
    const on = row.enabled;
    const cite = [defaults.cite(row, on ? 'on' : 'off')];
    const license = context.capability('microsoft.conditional_access');
    if (license.has === 'unknown')
      return because(
        'microsoft.security_defaults.license_unknown',
        `Security defaults are ${on ? 'on' : 'off'}; whether that is right is not known. ${license.reason}`,
      ).cannotRead(
        ask(
          'profile',
          'm365',
          'State the Microsoft 365 license in the profile (m365, addOns), or add the Microsoft licenses file.',
        ),
        cite,
      );
    const policies = readPolicies(context);
    const enabled = policies.ok ? policies.rows.filter((policy) => policy.state === 'enabled') : [];
    const evidence = [...cite, ...license.evidence];
    if (license.has === 'no') {
      if (on)
        return because(
          'microsoft.security_defaults.on_without_p1',
          'Security defaults are on. Without Entra ID P1, they require MFA.',
        ).pass(evidence);
      const lapsed =
        enabled.length > 0
          ? ` ${count(enabled.length, 'Conditional Access policy is', 'Conditional Access policies are')} still on from an earlier license and cannot be changed without it.`
          : '';
      return because(
        'microsoft.security_defaults.off_without_p1',
        `Security defaults are off, and without Entra ID P1 nothing takes their place.${lapsed}`,
      ).fail(evidence);
    }
    if (!policies.ok)
      return because(
        'microsoft.security_defaults.policies_unread',
        `Security defaults are ${on ? 'on' : 'off'}; whether Conditional Access is in use is not known. ${policies.why}`,
      ).cannotRead(policies.howToGet, evidence);
    const unstated = policies.rows.filter((policy) => policy.state === null);
    const ofPeople = enabled.filter(concernsPeople);
    const asking = ofPeople.filter(asksForProof);
    const ofStaff = asking.filter((policy) => asksStaff(policy, context));
    const open = policies.unread.length + unstated.length > 0;
    if (!on && ofPeople.length > 0 && asking.length === 0 && !open)
      return because(
        'microsoft.security_defaults.off_and_no_proof',
        `Security defaults are off, and ${ofPeople.length === 1 ? 'the one Conditional Access policy that is on does not ask' : `none of the ${ofPeople.length} Conditional Access policies that are on asks`} for MFA or a managed device, so nothing takes their place.`,
      ).fail([...evidence, ...citePolicies(policies, ofPeople)]);
    if (!on && asking.length > 0 && ofStaff.length === 0 && !open)
      return because(
        'microsoft.security_defaults.off_and_few_asked',
        `Security defaults are off, and the Conditional Access policies that ask for MFA or a managed device do so only of guests or of people with certain roles, at a risk, or at applications other than Claude and Office 365: ${names(asking.map((p) => `“${p.name}”`))}. So nothing takes their place for staff.`,
      ).fail([...evidence, ...citePolicies(policies, asking)]);
    // A policy that applies to no staff is no replacement.
    if (on ? enabled.length > 0 : ofStaff.length > 0)
      return on
        ? because(
            'microsoft.security_defaults.on_beside_policies',
            `Security defaults are on while ${count(enabled.length, 'Conditional Access policy is', 'Conditional Access policies are')} on (${names(enabled.map((p) => `“${p.name}”`))}); the two exclude each other.`,
          ).fail([...evidence, ...citePolicies(policies, enabled)])
        : because(
            'microsoft.security_defaults.off_beside_policies',
            `Security defaults are off, and Conditional Access takes their place with ${count(enabled.length, 'policy', 'policies')} that ${enabled.length === 1 ? 'is' : 'are'} on.`,
          ).pass([...evidence, ...citePolicies(policies, enabled)]);
    const [unread] = policies.unread;
    if (unread !== undefined)
      return because(
        'microsoft.security_defaults.policies_unreadable',
        `It is not known whether Conditional Access is in use: no policy that can be read and is on asks staff for MFA, and ${unreadWords(unread)}`,
      ).cannotRead(UNREAD_QUESTION, [...evidence, policies.cite(unread, 'cannot be read')]);
    if (unstated.length > 0)
      return because(
        'microsoft.security_defaults.states_unknown',
        `The file does not say whether ${names(unstated.map((p) => `“${p.name}”`))} ${unstated.length === 1 ? 'is' : 'are'} on.`,
      ).cannotRead(
        ask(
          'source',
          'ca_policies',
          'Save the list of Conditional Access policies again, with the field state.',
          'with_state',
        ),
        [...evidence, ...citePolicies(policies, unstated)],
      );
    return on
      ? because(
          'microsoft.security_defaults.on_before_policies',
          'Security defaults are on, and no Conditional Access policy is on yet. They have to be turned off when the first one is enabled.',
        ).pass([...evidence, ...policies.evidence])
      : because(
          'microsoft.security_defaults.off_and_none_on',
          `Security defaults are off, and none of the ${count(policies.rows.length, 'Conditional Access policy', 'Conditional Access policies')} is on, so nothing requires MFA.`,
        ).fail([...evidence, ...policies.evidence]);
  },
});

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a policy covers more than guests and holders of certain roles, at any risk, for everything or for Claude. */
function asksStaff(policy: CaPolicyRow, context: CheckContext): boolean {
  const users = policy.includeUsers.map((id) => id.toLowerCase());
  const staff =
    policy.includeGroups.length > 0 || users.some((id) => !['none', 'guestsorexternalusers'].includes(id));
  const always =
    policy.signInRiskLevels.length + policy.userRiskLevels.length === 0 &&
    !policy.otherConditions.some((name) => /risk|authenticationFlows|agent/i.test(name));
  const own = context.charter.ok ? context.charter.value.entra?.ssoAppId : undefined;
  // Until the charter names the sign-in application, any application that a policy names may be it.
  const mayBeClaude = own === undefined ? policy.includeApplications.filter((id) => GUID.test(id)) : [own];
  const wide =
    policy.includeApplications.some((id) => id.toLowerCase() === 'office365') ||
    ['all', ...CONNECTOR_APPS.map(({ appId }) => appId), ...mayBeClaude].some((appId) =>
      ['named', 'all', 'filtered'].includes(reaches(policy, appId)),
    );
  return staff && always && wide;
}
// Guide: G6.2-03
