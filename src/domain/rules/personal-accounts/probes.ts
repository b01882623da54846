import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import type { Journal } from '../../model/journal.ts';
import type { CheckContext } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { organizationsOf } from '../../network/plan.ts';
import { isEmptyReason } from '../../people/names.ts';
import { saysNotDone } from '../../text/denials.ts';
import { type Ask, ask } from '../../text/message.ts';
import { count, dayWords, names } from '../../text/words.ts';
import { firstAccessShown } from '../first-access-shown.ts';
import { absent, because } from '../outcome.ts';

const window = z.strictObject({ days: z.number().int().min(1).default(90) });

/** Why a dated entry does not count today; null if it does. An entry that is too old proves nothing anymore. */
function tooOldOrEarly(
  context: CheckContext,
  on: string,
  days: number,
  what: string,
  question: Ask,
  path: string,
): Outcome | null {
  const cite = context.journal.ok ? [context.journal.cite(path, dayWords(on))] : [];
  if (on > context.today)
    return because(
      'personal_accounts.probes.ahead',
      `${what} is dated ${dayWords(on)}, which is in the future.`,
    ).cannotRead(question, cite);
  const age = daysBetween(on, context.today);
  if (age > days)
    return because(
      'personal_accounts.probes.old',
      `${what} is ${count(age, 'day')} old. It is valid for ${count(days, 'day')}, so the next was due by ${dayWords(addDays(on, days))}.`,
    ).cannotRead(question, cite);
  return null;
}

type RestrictionProbe = NonNullable<Journal['tenantRestrictionProbe']>;

/** Describes whether a probe was signed by an enrolled device or only rests on the reporter's word. */
const onWordOf = ({ by, device }: Pick<RestrictionProbe, 'by' | 'device'>) =>
  device === undefined
    ? `on the word of ${by}, not signed by a device`
    : `signed by the device ${device.name}, which ${device.enrolledBy} enrolled on ${dayWords(device.enrolledOn)}`;

/** The organizations that the charter named at the time of a probe, if it names others now; null: it does not. */
function otherOrganizations({ charter, charterOn }: CheckContext, probe: RestrictionProbe) {
  if (!charter.ok || charter.value.claudeOrganization === undefined) return null;
  const earlier = charterOn(probe.on);
  const then =
    probe.organizations ?? (earlier?.claudeOrganization === undefined ? [] : organizationsOf(earlier, null));
  const now = organizationsOf(charter.value, null);
  if (then.length === 0 || new Set(then).symmetricDifference(new Set(now)).size === 0) return null;
  return { then, now, evidence: charter.cite('claudeOrganization', names(now)) };
}

/**
 * Whether a probe is from before both the charter in hand and the first invitation: staff used no organization of ours
 * then, or another one, and nothing in hand names the one that the network allowed. Null: it is not.
 */
function beforeOurs(context: CheckContext, probe: RestrictionProbe) {
  const { charter, charterOn } = context;
  if (!charter.ok || probe.organizations !== undefined) return null;
  const { claudeOrganization: ours, inForceSince: since } = charter.value;
  const first = firstAccessShown(context);
  if (ours === undefined || since === undefined || first === null) return null;
  if (since <= probe.on || first.day <= probe.on || charterOn(probe.on) !== undefined) return null;
  return {
    since,
    first,
    evidence: [charter.cite('claudeOrganization', ours), ...first.evidence],
  };
}

const WAYS: Readonly<Record<NonNullable<RestrictionProbe['way']>, string>> = {
  program: 'by a program with keys of the API',
  browser: 'in the browser',
  desktop: 'in the desktop app',
};

/** A request from a managed network was refused for another organization and allowed for ours. */
export const tenantRestrictionProbe = defineRule({
  name: 'tenant-restriction-probe',
  signed: () => ['tenantRestrictionProbe'],
  about:
    'A test from a managed network, recorded in the journal, not too old, made when the charter named the same organizations and, if no charter of that time is known, not before staff were first invited: a foreign organization is refused and our own is allowed. Only the observed refusal counts, not the gateway’s configuration.',
  params: window,
  decide(context, { days }) {
    const { journal } = context;
    const question = ask(
      'journal',
      'tenantRestrictionProbe',
      'On a managed device in the managed network, sign in to a Claude account of another organization and to ours, and record the results under `tenantRestrictionProbe` in the journal.',
    );
    if (!journal.ok) return absent(journal).cannotRead(question);
    const probe = journal.value.tenantRestrictionProbe;
    if (!probe)
      return because(
        'personal_accounts.probes.restriction_not_probed',
        'The journal records no test of the tenant restriction.',
      ).cannotRead(question);
    const old = tooOldOrEarly(
      context,
      probe.on,
      days,
      'The test of the tenant restriction',
      question,
      'tenantRestrictionProbe',
    );
    if (old) return old;
    const cite = [
      journal.cite(
        'tenantRestrictionProbe',
        `foreign organization ${probe.foreignOrganization}, own ${probe.ownOrganization}${probe.way === undefined ? '' : `, tried ${WAYS[probe.way]}`}; ${onWordOf(probe)}`,
      ),
    ];
    const when = `${probe.by} tested it on ${dayWords(probe.on)}`;
    if (probe.foreignOrganization === 'allowed')
      return because(
        'personal_accounts.probes.restriction_lets_in',
        `${when}: an account of another organization could sign in from the managed network.`,
      ).fail(cite);
    if (probe.foreignOrganization === 'misconfigured')
      return because(
        'personal_accounts.probes.header_malformed',
        `${when}: Claude answered that the header is malformed or sent twice, so the gateway does not set it correctly.`,
      ).fail(cite);
    if (probe.foreignOrganization === 'not_replaced')
      return because(
        'personal_accounts.probes.header_not_replaced',
        `${when}: the gateway leaves a header that a program sends itself, so the program chooses which organization is allowed.`,
      ).fail(cite);
    if (probe.ownOrganization === 'refused')
      return because(
        'personal_accounts.probes.own_refused',
        `${when}: other organizations are refused, and so is our own. The header does not name our organization.`,
      ).fail(cite);
    const others = otherOrganizations(context, probe);
    if (others !== null)
      return because(
        'personal_accounts.probes.restriction_of_others',
        `${when}: an account of another organization was refused and ours was allowed. At that time, the charter named ${names(others.then)} as what the network allows, and now it names ${names(others.now)}.`,
      ).cannotRead(question, [...cite, others.evidence]);
    const before = beforeOurs(context, probe);
    if (before !== null)
      return because(
        'personal_accounts.probes.restriction_before_ours',
        `${when}: an account of another organization was refused and ours was allowed. In our organization, ${before.first.words}, and the charter that names it took effect on ${dayWords(before.since)}, so the test may have been of another organization.`,
      ).cannotRead(question, [...cite, ...before.evidence]);
    return because(
      'personal_accounts.probes.restriction_works',
      `${when}: an account of another organization was refused and ours was allowed. This applies to managed networks only${probe.way === undefined ? '' : `, as tried ${WAYS[probe.way]}`}.${probe.headerElsewhere ? ' The header was also sent to a host that is not Claude’s, which reveals your organization to it.' : ''}${probe.tlsInspectedBy === undefined ? '' : ` TLS was inspected on the way by ${probe.tlsInspectedBy}, which can read what is sent to Claude.`}`,
      { by: probe.by },
    ).pass(cite);
  },
});

/** A network block of Claude admits managed devices and blocks all others, as shown by a test of both. */
export const networkBlockProbe = defineRule({
  name: 'network-block-probe',
  signed: () => ['networkBlockProbe'],
  about:
    'If the charter blocks Claude on the network, the allowlist for managed devices is described, and a recent test found Claude blocked on the guest network and allowed on a managed device.',
  params: window,
  decide(context, { days }) {
    const { charter, journal } = context;
    const allowlist = ask(
      'charter',
      'network.allowlistForManagedDevices',
      'Describe how managed devices get through under `network.allowlistForManagedDevices` in the charter.',
    );
    if (!charter.ok) return absent(charter).cannotRead(allowlist);
    const described = charter.value.network?.allowlistForManagedDevices;
    const list = described === undefined || saysNoAllowlist(described) ? undefined : described;
    const question = ask(
      'journal',
      'networkBlockProbe',
      'Open claude.ai once from the guest network and once from a managed device, and record the results under `networkBlockProbe` in the journal.',
    );
    const probe = journal.ok ? journal.value.networkBlockProbe : undefined;
    const old =
      probe &&
      tooOldOrEarly(context, probe.on, days, 'The test of the network block', question, 'networkBlockProbe');
    const cite =
      probe && journal.ok
        ? [
            journal.cite(
              'networkBlockProbe',
              `guest network ${probe.guestNetwork}, managed device ${probe.managedDevice}; ${onWordOf(probe)}`,
            ),
          ]
        : [];
    if (probe && !old) {
      const when = `${probe.by} tested it on ${dayWords(probe.on)}`;
      if (probe.guestNetwork === 'allowed')
        return because(
          'personal_accounts.probes.block_open',
          `${when}: Claude could be reached from the guest network, so the block does not work.`,
        ).fail(cite);
      if (probe.managedDevice === 'blocked')
        return because(
          'personal_accounts.probes.managed_blocked',
          `${when}: a managed device was blocked too, so staff are pushed to their own devices and networks.`,
        ).fail(cite);
    }
    if (!list)
      return because(
        'personal_accounts.probes.allowlist_not_described',
        'The charter blocks Claude on the network but does not describe the allowlist for managed devices.',
      ).cannotRead(allowlist, cite);
    if (!journal.ok) return absent(journal).cannotRead(question);
    if (!probe)
      return because(
        'personal_accounts.probes.block_not_probed',
        'The journal records no test of the network block.',
      ).cannotRead(question);
    if (old) return old;
    return because(
      'personal_accounts.probes.block_works',
      `${probe.by} tested it on ${dayWords(probe.on)}: blocked on the guest network, allowed on a managed device. Allowlist: ${list}.`,
      { by: probe.by },
    ).pass([...cite, charter.cite('network.allowlistForManagedDevices', list)]);
  },
});

/** Whether the text in place of a description says that there is no allowlist, or that one is only planned. */
function saysNoAllowlist(text: string): boolean {
  return isEmptyReason(text) || saysNotDone(text) || /(?:^|[,;.] ?)(?:no|none|without)(?!\p{L})/iu.test(text);
}

/** Someone reviews the AI tools seen on the network; an overdue review is a failure, not missing data. */
export const discoveryReviewed = defineRule({
  name: 'discovery-reviewed',
  signed: () => ['discoveryReview'],
  about: 'The journal records a review of the AI tools in Cloud App Discovery within the window.',
  params: window,
  decide(context, { days }) {
    const { journal, today } = context;
    const question = ask(
      'journal',
      'discoveryReview',
      'Review the generative AI apps in Cloud App Discovery and record it under `discoveryReview` in the journal (on, by, note).',
    );
    if (!journal.ok) return absent(journal).cannotRead(question);
    const review = journal.value.discoveryReview;
    if (!review)
      return because(
        'personal_accounts.probes.tools_not_looked_at',
        'The journal records no review of the AI tools on the network.',
      ).cannotRead(question);
    const cite = [journal.cite('discoveryReview', `looked at on ${dayWords(review.on)}`)];
    if (review.on > today)
      return because(
        'personal_accounts.probes.tools_ahead',
        `The review of AI tools is dated ${dayWords(review.on)}, which is in the future.`,
      ).cannotRead(question, cite);
    const age = daysBetween(review.on, today);
    if (age > days)
      return because(
        'personal_accounts.probes.tools_overdue',
        `The AI tools on the network were last reviewed on ${dayWords(review.on)}, ${count(age, 'day')} ago. A review is due every ${days} days.`,
      ).fail(cite);
    return because(
      'personal_accounts.probes.tools_looked_at',
      `${review.by} looked at the AI tools on the network on ${dayWords(review.on)}${review.note ? `: ${review.note.replace(/\.$/, '')}` : ''}.`,
      { by: review.by },
    ).pass(cite);
  },
});
// Guide: G4-00 G4.1-03 G4.4-00 G4.4-01 G4.4-02 G4.4-04 G4.4-05 G4.4-06 G4.4-07 GB-06
