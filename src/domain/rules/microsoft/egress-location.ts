import { z } from 'zod';
import type { CaPolicyRow, NamedLocationRow } from '../../model/kinds.ts';
import { type CheckContext, type Current, defineRule } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { CONNECTOR_APPS, CONNECTOR_EGRESS } from './apps.ts';
import { citePolicies } from './ca-inputs.ts';
import { concernsPeople, conditionWords, policyKey, reaches } from './ca-policy.ts';
import { coversRange, overlaps } from './cidr.ts';
import { type Policies, readPolicies, undecidedBy } from './policies.ts';

type Locations = Extract<Current<'named_locations'>, { ok: true }>;

export const egressLocation = defineRule({
  name: 'connector-egress-left-out',
  about: `Policies on location or sign-in frequency that reach the connector must exclude its servers’ own range (${CONNECTOR_EGRESS}), or the connector stops working. A device policy must not exclude it, and the location must not be trusted.`,
  params: z.strictObject({}),
  decide(context) {
    const policies = readPolicies(context);
    if (!policies.ok) return absent(policies).cannotRead(policies.howToGet);
    const outcome = judgeAll(context, policies);
    const open = policies.unread.length > 0 && outcome.state !== 'fail';
    if (open) return undecidedBy(outcome, policies, policies.unread);
    return outcome.state === 'pass' ? (unknownPlace(policies) ?? outcome) : outcome;
  },
});

/**
 * Cannot-read outcome if a policy reaches the connector and has a location condition that is not interpreted; else
 * null.
 */
function unknownPlace(policies: Policies): Outcome | null {
  const open = reachingConnector(policies).flatMap((policy) => {
    const condition = policy.otherConditions.find((name) => /location|network/i.test(name));
    return condition === undefined ? [] : [{ policy, condition }];
  });
  const [first] = open;
  if (first === undefined) return null;
  return because(
    'microsoft.egress_location.unknown_condition',
    `“${first.policy.name}” reaches the connector and acts only where ${conditionWords(first.condition)} says so, which Bylaw cannot interpret. So whether it leaves out ${CONNECTOR_EGRESS}, from which the connector calls, is not known.`,
  ).cannotRead(
    ask(
      'look',
      'ca_condition',
      'Open the policy in Entra and see whether it acts on sign-ins from the servers of the connector.',
    ),
    citePolicies(
      policies,
      open.map(({ policy }) => policy),
    ),
    open.map(({ policy, condition }) => ({
      key: policyKey(policy),
      label: policy.name,
      detail: `Acts only where ${conditionWords(condition)} says so.`,
      evidence: citePolicies(policies, [policy]),
    })),
  );
}

function reachingConnector(policies: Policies): readonly CaPolicyRow[] {
  return policies.rows.filter(
    (policy) =>
      policy.state !== 'disabled' &&
      concernsPeople(policy) &&
      CONNECTOR_APPS.some((app) => ['named', 'all', 'filtered'].includes(reaches(policy, app.appId))),
  );
}

function judgeAll(context: CheckContext, policies: Policies): Outcome {
  const reaching = reachingConnector(policies);
  const judged = reaching.filter((policy) => byLocation(policy) || byFrequency(policy));
  if (judged.length === 0)
    return because(
      'microsoft.egress_location.none_reaches',
      `Of ${count(policies.rows.length, 'policy', 'policies')} ${reaching.length === 0 ? 'none reaches' : `${reaching.length} ${verb(reaching.length, 'reaches', 'reach')}`} the Microsoft 365 connector${reaching.length === 0 ? '.' : ', and none of them depends on location or sign-in frequency.'}`,
    ).pass(policies.evidence);
  const locations = context.read('named_locations');
  if (!locations.ok) {
    const everywhere = judged.filter(namesNoLocation);
    if (everywhere.length > 0)
      return because(
        'microsoft.egress_location.everywhere',
        `${names(everywhere.map((p) => `“${p.name}”`))} ${verb(everywhere.length, 'asks', 'ask')} people to sign in again after a time wherever they are, so ${CONNECTOR_EGRESS}, from which the connector calls, is not excluded.`,
      ).fail(
        citePolicies(policies, everywhere),
        everywhere.map((policy) => ({
          key: policyKey(policy),
          label: policy.name,
          detail: 'Asks people to sign in again after a time and leaves out no location.',
          evidence: citePolicies(policies, [policy]),
        })),
      );
    return because(
      'microsoft.egress_location.ranges_unread',
      `${count(judged.length, 'policy that reaches', 'policies that reach')} the connector ${judged.length === 1 ? 'depends' : 'depend'} on location or sign-in frequency: ${names(judged.map((p) => `“${p.name}”`))}. Which locations they mean is not known. ${locations.why}`,
    ).cannotRead(locations.howToGet, citePolicies(policies, judged));
  }
  const wrong: Item[] = [];
  const unsure: Item[] = [];
  for (const policy of judged) {
    const found = judge(policy, locations);
    if (!found) continue;
    const item = {
      key: policyKey(policy),
      label: policy.name,
      detail: found.detail,
      evidence: citePolicies(policies, [policy]),
    };
    if (found.certain) wrong.push(item);
    else unsure.push(item);
  }
  const own = locations.rows.filter((row) => coversRange(row.ranges, CONNECTOR_EGRESS));
  const trusted = own.filter((row) => row.trusted === true);
  for (const row of trusted)
    wrong.push({
      key: (row.id ?? row.name).toLowerCase(),
      label: row.name,
      detail: 'Holds the connector’s range and is marked as trusted; Anthropic asks to leave it untrusted.',
      evidence: [locations.cite(row, 'trusted')],
    });
  const used = own.filter((row) =>
    judged.some((policy) => policy.excludeLocations.some((id) => id.toLowerCase() === row.id?.toLowerCase())),
  );
  for (const row of used.filter((location) => location.trusted === null))
    unsure.push({
      key: (row.id ?? row.name).toLowerCase(),
      label: row.name,
      detail: 'The file does not say whether this location is trusted.',
      evidence: [locations.cite(row, 'trust not reported')],
    });
  const evidence = [
    ...citePolicies(policies, judged),
    ...(own.length > 0 ? own.map((row) => locations.cite(row, row.ranges.join(', '))) : locations.evidence),
  ];
  if (wrong.length > 0)
    return because(
      'microsoft.egress_location.excludes_vendor',
      `${wrong
        .map((item) => `“${item.label}”: ${item.detail}`)
        .slice(0, 3)
        .join(' ')}${wrong.length > 3 ? ` And ${wrong.length - 3} more.` : ''}`,
    ).fail(evidence, [...wrong, ...unsure]);
  if (unsure.length > 0)
    return because(
      'microsoft.egress_location.unsure',
      unsure
        .map((item) => `“${item.label}”: ${item.detail}`)
        .slice(0, 3)
        .join(' '),
    ).cannotRead(
      ask(
        'source',
        'named_locations',
        'Save the list of named locations again, with ranges and trust.',
        'with_ranges',
      ),
      evidence,
      unsure,
    );
  const holds =
    used.length > 0
      ? ` through the location ${names(used.map((row) => `“${row.name}”`))}, which is not trusted`
      : '; their locations do not hold it';
  return because(
    'microsoft.egress_location.admits_vendor',
    `${count(judged.length, 'policy', 'policies')} on location or sign-in frequency ${judged.length === 1 ? 'reaches' : 'reach'} the connector, and ${judged.length === 1 ? 'it leaves' : 'all leave'} its range ${CONNECTOR_EGRESS} alone${holds}.`,
  ).pass(evidence);
}

function byLocation(policy: CaPolicyRow): boolean {
  const include = policy.includeLocations.map((id) => id.toLowerCase());
  return policy.excludeLocations.length > 0 || (include.length > 0 && !include.includes('all'));
}

/** No list of locations could show that such a policy excludes one. */
function namesNoLocation(policy: CaPolicyRow): boolean {
  const include = policy.includeLocations.map((id) => id.toLowerCase());
  return policy.excludeLocations.length === 0 && (include.length === 0 || include.includes('all'));
}

function byFrequency(policy: CaPolicyRow): boolean {
  return policy.session.signInFrequency !== null;
}

/** null: no problem. */
function judge(policy: CaPolicyRow, locations: Locations): { detail: string; certain: boolean } | null {
  const excluded = rowsOf(policy.excludeLocations, locations);
  const ranges = excluded.flatMap((row) => row.ranges);
  const leavesOut = coversRange(ranges, CONNECTOR_EGRESS);
  const device =
    policy.grant?.controls.some((control) => control.toLowerCase() === 'compliantdevice') ?? false;
  if (device && leavesOut && !byFrequency(policy))
    return {
      detail:
        'Asks for a compliant device and leaves out the connector’s range, which must stay inside a device policy.',
      certain: true,
    };
  if (leavesOut) return null;
  const include = policy.includeLocations.map((id) => id.toLowerCase());
  if (include.length > 0 && !include.includes('all')) {
    const named = rowsOf(policy.includeLocations, locations);
    const resolved = include.every(
      (id) => id === 'alltrusted' || named.some((row) => row.id?.toLowerCase() === id),
    );
    const trusted = include.includes('alltrusted')
      ? locations.rows.filter((row) => row.trusted !== false)
      : [];
    const all = [...named, ...trusted];
    if (resolved && all.every((row) => row.ranges.length > 0 && !overlaps(row.ranges, CONNECTOR_EGRESS)))
      return null;
  }
  const unknown = policy.excludeLocations.filter(
    (id) =>
      id.toLowerCase() !== 'alltrusted' &&
      !excluded.some((row) => row.id?.toLowerCase() === id.toLowerCase()),
  );
  if (unknown.length > 0)
    return {
      detail: `Leaves out ${count(unknown.length, 'location')} that the named locations file does not list.`,
      certain: false,
    };
  if (device)
    return {
      detail:
        'Mixes a device requirement, which must hold for the connector, with location or sign-in frequency, which must not; split it in two policies.',
      certain: true,
    };
  const why = byFrequency(policy) ? 'Asks people to sign in again after a time' : 'Depends on location';
  return {
    detail: `${why} and does not exclude ${CONNECTOR_EGRESS}, the range that the connector calls from.`,
    certain: true,
  };
}

function rowsOf(ids: readonly string[], locations: Locations): NamedLocationRow[] {
  const wanted = new Set(ids.map((id) => id.toLowerCase()));
  return locations.rows.filter((row) => row.id !== null && wanted.has(row.id.toLowerCase()));
}
// Guide: G3.2-03 G6.1-07
