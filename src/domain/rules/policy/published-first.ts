import { z } from 'zod';
import { daysBetween } from '../../model/day.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { namesNobody } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords } from '../../text/words.ts';
import { askCharter } from '../operations/ask.ts';
import { because } from '../outcome.ts';
import { signatureDoubt } from '../statements.ts';
import { statedAsDraft } from './draft-policies.ts';
import { ASK_EARLIER, firstAccess, maybeBefore } from './first-access.ts';
import { versionKey } from './version-key.ts';

/** When a policy was first published, as far as the charter and journal show. */
export type FirstPolicy =
  | {
      readonly known: true;
      readonly on: string;
      readonly words: string;
      readonly evidence: readonly Evidence[];
    }
  /** The version in force is a later one, so its day does not show when the first one was published. */
  | { readonly known: false; readonly outcome: Outcome };

/** The first publication before `day`, or the best available evidence of it. */
export function firstPolicy(context: CheckContext, day: string): FirstPolicy {
  const { charter, journal, today } = context;
  const policy = charter.ok ? charter.value.policy : undefined;
  if (!charter.ok || !policy) {
    return {
      known: false,
      outcome: askCharter(context, 'policy', 'the policy in force', 'version and the day it was published'),
    };
  }
  const draft = statedAsDraft(context);
  if (draft !== null) return { known: false, outcome: draft };
  const cite = charter.cite(
    'policy.published',
    `policy ${policy.version}, published ${dayWords(policy.published)}`,
  );
  const own = {
    known: true,
    on: policy.published,
    words: `policy ${policy.version} was published on ${dayWords(policy.published)}`,
    evidence: [cite],
  } as const;
  if (policy.published <= day) return own;
  const announced = (journal.ok ? (journal.value.announcements ?? []) : [])
    .map((entry, index) => ({ entry, index }))
    .filter(({ entry }) => entry.about === 'policy' && entry.on <= today && entry.recipients !== 0)
    .filter(({ entry }) => entry.on < policy.published)
    .map((one) => ({ ...one, is: againstInForce(one.entry.version, policy.version) }))
    .filter(({ is }) => is === 'earlier' || is === 'unknown')
    .sort((a, b) => (a.entry.on < b.entry.on ? -1 : 1));
  const major = Number(/^\d+/.exec(versionKey(policy.version))?.[0] ?? '1');
  // If the first version is in force, no earlier one can have been announced.
  const said = announced.find(({ is }) => is === 'earlier') ?? (major <= 1 ? undefined : announced[0]);
  if (journal.ok && said !== undefined) {
    const { entry, index, is } = said;
    const which = is === 'earlier' ? `policy ${entry.version}` : 'the policy';
    const words = `${which} was announced on ${dayWords(entry.on)}`;
    const evidence = [journal.cite(`announcements.${index}`, words), cite];
    if (is === 'earlier' || entry.on > day) return { known: true, on: entry.on, words, evidence };
    return {
      known: false,
      outcome: because(
        'policy.published_first.announced_version_unknown',
        `The journal has an announcement of the policy on ${dayWords(entry.on)}, before policy ${policy.version} was published (${dayWords(policy.published)}), and does not say which version it was about.`,
      ).cannotRead(
        ask(
          'journal',
          'announcements',
          'Add to that announcement in the journal which version of the policy went out, for example version: "1".',
          'policy_version',
        ),
        evidence,
      ),
    };
  }
  if (major <= 1) return own;
  return {
    known: false,
    outcome: because(
      'policy.published_first.first_unknown',
      `The charter gives only the day of policy ${policy.version} (${dayWords(policy.published)}). When the first version was published is not stated.`,
    ).cannotRead(
      ask(
        'journal',
        'announcements',
        'Write the day on which the first version went to staff under “announcements” in the journal, about: policy, with its version.',
        'policy',
      ),
      [cite],
    ),
  };
}

/** How an announced version compares with the one in force; unknown if either is not a number, or none is given. */
function againstInForce(
  version: string | undefined,
  inForce: string,
): 'earlier' | 'same' | 'later' | 'unknown' {
  const numbers = (text: string) =>
    /^\d+(?:[. ]\d+)*$/.test(versionKey(text)) ? versionKey(text).split(/[. ]/).map(Number) : null;
  if (version === undefined) return 'unknown';
  if (versionKey(version) === versionKey(inForce)) return 'same';
  const [one, other] = [numbers(version), numbers(inForce)];
  if (one === null || other === null) return 'unknown';
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const [a, b] = [one[at] ?? 0, other[at] ?? 0];
    if (a !== b) return a < b ? 'earlier' : 'later';
  }
  return 'same';
}

/** Guide 2.1, item 5: the policy is published before anyone gets access. */
export const publishedFirst = defineRule({
  name: 'published-first',
  signed: () => ['announcements'],
  about:
    'The policy was published (or, if a later version is in force, announced) on or before the day of first access, and the charter names who approved it.',
  needs: { members: ['role', 'addedOn'] },
  failsWithout: { members: ['role', 'addedOn'] },
  params: z.strictObject({}),
  decide(context) {
    const access = firstAccess(context);
    if (!access.ok) return access.outcome;
    const policy = firstPolicy(context, access.day);
    if (!policy.known) return policy.outcome;
    const evidence = [...policy.evidence, ...access.evidence];
    const says = `${policy.words.charAt(0).toUpperCase()}${policy.words.slice(1)}`;
    if (policy.on <= access.day && access.byThen)
      return because(
        'policy.published_first.access_unknown',
        `${says}, and whether that was before ${access.words} cannot be determined.`,
      ).cannotRead(ASK_EARLIER, evidence);
    if (policy.on > access.day)
      return because(
        'policy.published_first.late',
        `${says}, ${count(daysBetween(access.day, policy.on), 'day')} after ${access.words}.`,
      ).fail(evidence);
    const maybe = maybeBefore(context, policy.on);
    if (maybe !== null)
      return because(
        'policy.published_first.role_unknown',
        `${says}, no later than ${access.words}. But ${maybe.words}, which may have been staff.`,
      ).cannotRead(ASK_EARLIER, [...evidence, maybe.evidence]);
    const stated = context.charter.ok ? context.charter.value.policy : undefined;
    // Bylaw does not read the text of a policy kept elsewhere, so a person has to vouch that it is complete and valid.
    if (!context.charter.ok || stated?.approvedBy === undefined || namesNobody(stated.approvedBy))
      return because(
        'policy.published_first.no_approver',
        `${says}, no later than ${access.words}. Who approved it is not on record.`,
      ).cannotRead(
        ask(
          'charter',
          'policy.approvedBy',
          'State under “policy” in the charter who approved the text as it was published (`approvedBy`), with no placeholder left open in it.',
        ),
        evidence,
      );
    const doubt = signatureDoubt(context, stated.approvedBy, policy.on, 'act');
    if (doubt !== null)
      return because(
        'policy.published_first.approver_doubted',
        `${says}, no later than ${access.words}. That ${stated.approvedBy} approved it does not count: ${doubt}`,
        { by: stated.approvedBy },
      ).cannotRead(
        ask(
          'charter',
          'policy.approvedBy',
          'State under “policy” in the charter who approved the text when it was published (`approvedBy`): someone who worked here then.',
          'who_worked_here',
        ),
        [...evidence, context.charter.cite('policy.approvedBy', `approved by ${stated.approvedBy}`)],
      );
    return because(
      'policy.published_first.in_time',
      `${says}, no later than ${access.words}. ${stated.approvedBy} approved it.`,
      { by: stated.approvedBy },
    ).pass([...evidence, context.charter.cite('policy.approvedBy', `approved by ${stated.approvedBy}`)]);
  },
});
// Guide: G2.1-05 G4.2-04 GA-14
