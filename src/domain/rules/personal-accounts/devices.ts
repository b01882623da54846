import { z } from 'zod';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords } from '../../text/words.ts';
import { trainedShare } from '../operations/training.ts';
import { absent, because } from '../outcome.ts';
import { acknowledgedShare, shareWords } from '../policy/coverage.ts';

/** Days for which a training is valid, as in CLA-OPS-12. */
const TRAINING_DAYS = 365;

/** No technical control reaches a personal account on a personal device and network; the policy is the control. */
export const personalDevices = defineRule({
  name: 'personal-devices',
  policyOnly: true,
  about:
    'Always policy only: nothing technical reaches a personal account on a personal device. Shows how far policy, training and employment agreement reach.',
  needs: { acknowledgements: ['version', 'on', 'acknowledged'], members: ['status', 'seat'] },
  params: z.strictObject({}),
  decide(context) {
    const { charter, journal, today } = context;
    const evidence: Evidence[] = [];
    const parts = [
      'Nothing technical reaches a personal account on a personal device. No purchase changes this; the policy is the control.',
    ];
    const share = acknowledged(context);
    parts.push(share.words);
    evidence.push(...share.evidence);
    const since = charter.ok ? charter.value.policy?.employmentAgreementClause : undefined;
    if (charter.ok && since) {
      parts.push(
        since > today
          ? `Employment agreements will include the clause from ${dayWords(since)}.`
          : `Employment agreements have included the clause since ${dayWords(since)}.`,
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
    const trained = trainedShare(context, TRAINING_DAYS);
    parts.push(
      trained === null
        ? 'How many have been trained is not known.'
        : `${trained.done} of ${count(trained.of, 'member')} are known to have been trained in the last ${TRAINING_DAYS} days.`,
    );
    evidence.push(...(trained?.evidence ?? []));
    return because('personal_accounts.devices.not_enforced', parts.join(' ')).policyOnly(evidence);
  },
});

/** The same count that other controls show, or a sentence that it is not known. */
function acknowledged(context: CheckContext): { words: string; evidence: readonly Evidence[] } {
  const share = acknowledgedShare(context);
  if (share === null) return { words: 'How many have acknowledged the policy is not known.', evidence: [] };
  return {
    words: shareWords(share, 'the policy in force'),
    evidence: share.evidence,
  };
}

/** What the charter decides about the desktop app; a person must see that the lock is on the devices. */
export const desktopOrgLock = defineRule({
  name: 'desktop-org-lock',
  about:
    'The charter decides whether the desktop app is locked to our organization. A decision against it fails; a decision for it must be seen on the devices.',
  params: z.strictObject({}),
  decide(context) {
    const { charter } = context;
    const question = ask(
      'charter',
      'desktopOrgLock',
      'State `desktopOrgLock` in the charter (true or false).',
    );
    if (!charter.ok) return absent(charter).cannotRead(question);
    const wanted = charter.value.desktopOrgLock;
    if (wanted === undefined)
      return because(
        'personal_accounts.devices.not_decided',
        'The charter does not say whether the desktop app should be locked.',
      ).cannotRead(question);
    const cite = [charter.cite('desktopOrgLock', `desktopOrgLock: ${wanted}`)];
    if (!wanted)
      return because(
        'personal_accounts.devices.decided_against',
        'The charter decides against locking the desktop app, so it can sign in to any organization and to personal accounts on our devices.',
      ).fail(cite);
    return because(
      'personal_accounts.devices.not_shown',
      'The charter requires the desktop app to be locked, but no file shows whether the policy is on the devices.',
    ).cannotRead(null, cite);
  },
});
// Guide: G1.1-13 G4.1-03 G4.1-04 G4.1-07 G4.1-08
