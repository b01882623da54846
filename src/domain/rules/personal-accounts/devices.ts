import { z } from 'zod';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import { address } from '../../people/names.ts';
import { count, dayWords } from '../../text/words.ts';
import { readMembers } from '../accounts/members.ts';
import { cannotRead, fail, policyOnly } from '../outcome.ts';

/** No technical control reaches a personal account on a personal device and network; the policy is the control. */
export const personalDevices = defineRule({
  name: 'personal-devices',
  about:
    'Always policy only: nothing technical reaches a personal account on a personal device. Shows how far policy, training and employment agreement carry.',
  params: z.strictObject({}),
  decide(context) {
    const { charter, journal, today } = context;
    const evidence: Evidence[] = [];
    const parts = ['No purchase changes this; the policy is the control.'];
    const share = acknowledged(context);
    parts.push(share.words);
    evidence.push(...share.evidence);
    if (charter.ok && charter.value.policy?.employmentAgreementClause) {
      parts.push(
        `Employment agreements carry the clause since ${dayWords(charter.value.policy.employmentAgreementClause)}.`,
      );
      evidence.push(charter.cite('policy.employmentAgreementClause', 'clause in employment agreements'));
    }
    const trainings = journal.ok ? (journal.value.trainings ?? []) : [];
    const last = trainings
      .map((entry, index) => ({ entry, index }))
      .filter(({ entry }) => entry.on <= today)
      .sort((a, b) => (a.entry.on < b.entry.on ? 1 : -1))[0];
    if (last && journal.ok) {
      parts.push(`The last training was on ${dayWords(last.entry.on)}.`);
      evidence.push(journal.cite(`trainings.${last.index}`, `training ${dayWords(last.entry.on)}`));
    }
    return policyOnly(parts.join(' '), evidence);
  },
});

/** Share of seat holders who acknowledged the version in force, by any of their addresses. */
function acknowledged(context: CheckContext): { words: string; evidence: readonly Evidence[] } {
  const none = (words: string) => ({ words, evidence: [] });
  const members = readMembers(context);
  const list = context.read('acknowledgements', 365);
  const { charter } = context;
  if (!list.ok) return none('How many have acknowledged the policy is not known.');
  if (!members.ok)
    return none(
      'How many of the seat holders have acknowledged the policy is not known, for want of a current members file.',
    );
  const version = charter.ok ? charter.value.policy?.version : undefined;
  if (!version)
    return none(
      'Which version of the policy is in force is not stated, so acknowledgements cannot be counted.',
    );
  const said = new Set(
    list.rows
      .filter((row) => row.acknowledged !== false && row.version?.trim() === version && row.email)
      .map((row) => address(row.email ?? '')),
  );
  const people = context.people();
  const done = members.accounts.filter((one) =>
    [one.key, ...people.addressesOf(one.row)].some((text) => said.has(text)),
  );
  return {
    words: `${done.length} of ${count(members.accounts.length, 'seat holder')} have acknowledged version ${version} of the policy.`,
    evidence: [...list.evidence, ...members.read.evidence],
  };
}

/** What the charter decides about the desktop app; that the lock is on the devices must be seen by a person. */
export const desktopOrgLock = defineRule({
  name: 'desktop-org-lock',
  about:
    'The charter decides whether the desktop app is locked to our organisation. A decision against it fails; a decision for it must be seen on the devices.',
  params: z.strictObject({}),
  decide(context) {
    const { charter } = context;
    const question = 'State `desktopOrgLock` in the charter (true or false).';
    if (!charter.ok) return cannotRead(charter.why, question);
    const wanted = charter.value.desktopOrgLock;
    if (wanted === undefined)
      return cannotRead('The charter does not say whether the desktop app is to be locked.', question);
    const cite = [charter.cite('desktopOrgLock', `desktopOrgLock: ${wanted}`)];
    if (!wanted)
      return fail(
        'The charter decides against locking the desktop app, so it signs in to any organisation and to personal accounts on our devices.',
        cite,
      );
    return cannotRead(
      'The charter wants the desktop app locked; whether the policy is on the devices no file shows.',
      '',
      cite,
    );
  },
});
