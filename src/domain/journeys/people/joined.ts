import { address } from '../../people/names.ts';
import { isAboutClaude } from '../../rules/operations/training-topic.ts';
import { coverageOf } from '../../rules/policy/coverage.ts';
import { dayWords } from '../../text/words.ts';
import type { Asked, Shown } from './person.ts';

function unread(code: string, words: string, on: string | null = null): Shown {
  return { is: 'unread', on, code, words, evidence: [] };
}

/** Whether they acknowledged the version of the policy in force. */
export function policyAcknowledged({ context, person }: Asked): Shown {
  const list = context.read('acknowledgements');
  if (!list.ok) return unread('acknowledgements_unread', list.why);
  const coverage = coverageOf(context, [{ key: person.key, name: person.name, addresses: person.addresses }]);
  if (!coverage.ok) return unread('acknowledgements_unread', coverage.outcome.reason);
  const on = list.observedOn;
  const one = coverage.people.find(({ person: { addresses } }) =>
    [...addresses].some((text) => person.addresses.has(text)),
  );
  if (one === undefined) return unread('acknowledgement_unread', 'Not in the list of acknowledgments.', on);
  const { state, words, evidence } = one.acknowledgement;
  if (state === 'unclear') return unread('acknowledgement_unclear', `${words}.`, on);
  return {
    is: state === 'acknowledged' ? 'done' : 'not_done',
    on,
    code: state,
    words:
      state === 'acknowledged'
        ? `Version ${coverage.version} is acknowledged in the list of ${dayWords(on)}.`
        : `Version ${coverage.version} is not acknowledged in the list of ${dayWords(on)}.`,
    evidence: state === 'acknowledged' ? evidence : list.evidence,
  };
}

/** Whether, since joining, they passed the quiz or are listed in the journal as attending a training. */
export function trained({ context, person, day }: Asked): Shown {
  const { journal, today } = context;
  const quiz = journal.ok
    ? journal.value.trainingsPassed?.find(
        (one) => one.on >= day && one.on <= today && person.addresses.has(address(one.address)),
      )
    : undefined;
  if (journal.ok && quiz !== undefined)
    return {
      is: 'done',
      on: quiz.on,
      code: 'quiz_passed',
      words: `Passed the quiz of the training on ${dayWords(quiz.on)}.`,
      evidence: [journal.cite('trainingsPassed', `quiz passed on ${dayWords(quiz.on)}`)],
    };
  if (!journal.ok || journal.value.trainings === undefined)
    return unread('trainings_unread', 'The journal does not list trainings.');
  const index = journal.value.trainings.findIndex(
    ({ on, topic, attended }) =>
      isAboutClaude({ topic }) &&
      on >= day &&
      on <= today &&
      attended?.some((one) => person.addresses.has(address(one))) === true,
  );
  const held = journal.value.trainings[index];
  if (held === undefined)
    return unread('not_trained', 'The journal names no training on Claude or AI that they attended.');
  return {
    is: 'done',
    on: held.on,
    code: 'trained',
    words: `Attended a training on ${dayWords(held.on)}.`,
    evidence: [journal.cite(`trainings.${index}`, `attended on ${dayWords(held.on)}`)],
  };
}
// Guide: G7.3-02 G7.3-05
