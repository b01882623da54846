import { z } from 'zod';
import { daysBetween } from '../../model/day.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { ask, message } from '../../text/message.ts';
import { count, dayWords } from '../../text/words.ts';
import { askCharter } from '../operations/ask.ts';
import { cannotRead, fail, pass } from '../outcome.ts';
import { versionKey } from './acknowledgements.ts';
import { firstAccess } from './first-access.ts';

/** When a policy was first out, as far as charter and journal tell. */
export type FirstPolicy =
  | {
      readonly known: true;
      readonly on: string;
      readonly words: string;
      readonly evidence: readonly Evidence[];
    }
  /** The version in force is a later one, so its day does not say when the first came out. */
  | { readonly known: false; readonly outcome: Outcome };

/** The first publication before `day`, or the best that is known of it. */
export function firstPolicy(context: CheckContext, day: string): FirstPolicy {
  const { charter, journal, today } = context;
  const policy = charter.ok ? charter.value.policy : undefined;
  if (!charter.ok || !policy) {
    return {
      known: false,
      outcome: askCharter(context, 'policy', 'the policy in force', 'version and the day it was published'),
    };
  }
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
    .filter(({ entry }) => entry.about === 'policy' && entry.on <= today)
    .sort((a, b) => (a.entry.on < b.entry.on ? -1 : 1))[0];
  if (journal.ok && announced && announced.entry.on < policy.published) {
    return {
      known: true,
      on: announced.entry.on,
      words: `the policy was announced on ${dayWords(announced.entry.on)}`,
      evidence: [
        journal.cite(`announcements.${announced.index}`, `policy announced ${dayWords(announced.entry.on)}`),
        cite,
      ],
    };
  }
  const major = Number(/^\d+/.exec(versionKey(policy.version))?.[0] ?? '1');
  if (major <= 1) return own;
  return {
    known: false,
    outcome: cannotRead(
      message(
        'policy.published_first.first_unknown',
        `The charter gives only the day of policy ${policy.version} (${dayWords(policy.published)}). When the first version was published is not stated.`,
      ),
      ask(
        'journal',
        'announcements',
        'Write the day on which the first version went to staff under "announcements" in the journal, about: policy.',
        'policy',
      ),
      [cite],
    ),
  };
}

/** Guide 2.1, item 5: the policy is out before anybody gets access. */
export const publishedFirst = defineRule({
  name: 'published-first',
  about:
    'The policy was published, or announced where a later version is in force, on or before the day of first access.',
  needs: { members: ['role', 'addedOn'] },
  params: z.strictObject({}),
  decide(context) {
    const access = firstAccess(context);
    if (!access.ok) return access.outcome;
    const policy = firstPolicy(context, access.day);
    if (!policy.known) return policy.outcome;
    const evidence = [...policy.evidence, ...access.evidence];
    const says = `${policy.words.charAt(0).toUpperCase()}${policy.words.slice(1)}`;
    return policy.on <= access.day
      ? pass(message('policy.published_first.in_time', `${says}, not later than ${access.words}.`), evidence)
      : fail(
          message(
            'policy.published_first.late',
            `${says}, ${count(daysBetween(access.day, policy.on), 'day')} after ${access.words}.`,
          ),
          evidence,
        );
  },
});
