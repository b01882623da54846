import { z } from 'zod';
import { addDays } from '../../model/day.ts';
import type { Journal } from '../../model/journal.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import { address, isEmptyReason } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { peopleWhoAcknowledge } from '../policy/acknowledgements.ts';
import { askJournal } from './ask.ts';
import { isAboutClaude } from './training-topic.ts';

/**
 * How many members are known to have been trained in the last `days` days, by passing a quiz or being listed as
 * attending a training; null if nothing is recorded. A training for "everyone" does not show who attended.
 */
export function trainedShare(
  context: CheckContext,
  days: number,
): { readonly done: number; readonly of: number; readonly evidence: readonly Evidence[] } | null {
  const { journal, today } = context;
  const members = context.read('members', 30);
  if (!journal.ok || !members.ok) return null;
  const { trainings, trainingsPassed = [] } = journal.value;
  if (trainings === undefined && trainingsPassed.length === 0) return null;
  const inTime = ({ on }: { readonly on: string }) => on <= today && addDays(on, days) >= today;
  const given = (trainings ?? []).filter(inTime);
  const held = given.filter(isAboutClaude);
  if (held.length === 0 && given.length > 0 && trainingsPassed.length === 0) return null;
  if (held.some(({ attended }) => attended === undefined)) return null;
  const trained = new Set([
    ...trainingsPassed.filter(inTime).map((one) => address(one.address)),
    ...held.flatMap(({ attended = [] }) => attended.map(address)),
  ]);
  const people = peopleWhoAcknowledge(context, members);
  if (people.length === 0) return null;
  const done = people.filter(({ addresses }) =>
    [...addresses].some((one) => trained.has(address(one))),
  ).length;
  return {
    done,
    of: people.length,
    evidence: [
      ...(trainings === undefined ? [] : [journal.cite('trainings', count(trainings.length, 'training'))]),
      ...(trainingsPassed.length === 0
        ? []
        : [journal.cite('trainingsPassed', count(trainingsPassed.length, 'passed quiz', 'passed quizzes'))]),
      ...members.evidence,
    ],
  };
}

type Training = NonNullable<Journal['trainings']>[number];

const isForAll = ({ attended, everyone }: Training): boolean => attended === undefined && everyone === true;

/** Guide 7.3: governance of Claude is part of security awareness training, which is repeated. */
export const training = defineRule({
  name: 'training',
  about:
    'Everyone who uses Claude attended a training within the last year, according to the journal, or passed the quiz on their own page here. People who joined recently have a few weeks. A training whose topic does not show that it took place and was about Claude or AI is asked about.',
  needs: { members: ['addedOn', 'status', 'seat'], roster: ['startsOn'] },
  params: z.strictObject({
    days: z.number().int().min(1).default(365),
    grace: z.number().int().min(0).default(60),
  }),
  decide(context, { days, grace }) {
    const { journal, today } = context;
    const askTrainings = () =>
      askJournal(
        context,
        'trainings',
        'the trainings that were held',
        'day, topic and who attended; an empty list is a valid answer',
      );
    if (!journal.ok) return askTrainings();
    /** If the journal has no list of trainings, others may have been held. */
    const listed = journal.value.trainings;
    const inTime = ({ on }: { readonly on: string }) => on <= today && addDays(on, days) >= today;
    const quizzes = (journal.value.trainingsPassed ?? []).filter(inTime);
    if (listed === undefined && quizzes.length === 0) return askTrainings();
    const all = (listed ?? [])
      .map((value, index) => ({ value, path: `trainings.${index}` }))
      .filter(({ value }) => value.on <= today && !isEmptyReason(value.topic));
    const recent = all.filter(({ value }) => inTime(value));
    const byQuiz = new Set(quizzes.map((one) => address(one.address)));
    const quiz =
      byQuiz.size === 0
        ? []
        : [
            journal.cite(
              'trainingsPassed',
              `${count(byQuiz.size, 'person', 'people')} passed the quiz in the last ${days} days`,
            ),
          ];
    const list = [
      ...(listed === undefined ? [] : [journal.cite('trainings', count(all.length, 'training'))]),
      ...quiz,
    ];
    if (recent.length === 0 && quizzes.length === 0) {
      const last = all
        .map(({ value }) => value.on)
        .sort()
        .at(-1);
      return because(
        'operations.training.none_held',
        last
          ? `The last training was on ${dayWords(last)}, more than ${days} days ago.`
          : 'The journal lists no training.',
      ).fail(list);
    }
    const members = context.read('members', 30);
    if (!members.ok) return absent(members).cannotRead(members.howToGet, list);
    const people = peopleWhoAcknowledge(context, members);
    if (people.length === 0)
      return because(
        'operations.training.members_empty',
        'The members file lists no one who can sign in.',
      ).cannotRead(
        ask('source', 'members', 'Export the members file again with all members.', 'all'),
        members.evidence,
      );
    const rowOf = new Map(members.rows.map((row) => [address(row.email), row]));
    const start = new Map(
      context.people().matched.map((match) => [address(match.member.email), match.staff.startsOn]),
    );
    /** First day of the person: the day the seat was given, else the first day of work. */
    const since = (key: string) => rowOf.get(key)?.addedOn ?? start.get(key) ?? null;
    const missed = (held: typeof recent) =>
      people.filter((person) => {
        if ([...person.addresses].some((mail) => byQuiz.has(mail))) return false;
        const joined = since(person.key);
        return !held.some(
          ({ value }) =>
            value.attended?.some((mail) => person.addresses.has(mail)) ||
            (isForAll(value) && joined !== null && joined <= value.on),
        );
      });
    const missing = missed(recent);
    const onOther = missed(recent.filter(({ value }) => isAboutClaude(value))).filter(
      (person) => !missing.includes(person),
    );
    // A list of attendees next to "everyone" contradicts it if someone is not on the list.
    const silent = recent.filter(({ value }) => (value.attended === undefined) !== (value.everyone === true));
    const forAll = recent.filter(({ value }) => isForAll(value));
    // "Everyone" means the staff of that day; without a start day it is not known who was among them.
    const undated = forAll.length > 0 ? missing.filter((person) => since(person.key) === null) : [];
    const certain = missing.filter((person) => !undated.includes(person));
    const evidence = [
      ...recent.map(({ value, path }) => journal.cite(path, `${value.topic}, ${dayWords(value.on)}`)),
      ...quiz,
      ...members.evidence,
    ];
    if (listed === undefined && missing.length > 0) {
      return because(
        'operations.training.others_unknown',
        `${missing.length} of ${count(people.length, 'member')} ${verb(missing.length, 'has', 'have')} not passed the quiz, and the journal does not state whether they attended another training.`,
      ).cannotRead(
        ask(
          'journal',
          'trainings',
          'Write the trainings that were held under “trainings” in the journal, with day, topic and who attended; an empty list is a valid answer. Or have these people pass the quiz.',
          'or_quiz',
        ),
        evidence,
      );
    }
    const items = certain.map((person) => {
      const row = rowOf.get(person.key);
      return {
        key: person.key,
        label: person.name,
        detail: `Attended no training in the last ${days} days.`,
        evidence: row ? [members.cite(row, 'member')] : [],
      };
    });
    const settled = silent.length === 0;
    const isNew = (key: string) => {
      const joined = since(key);
      return joined !== null && addDays(joined, grace) >= today;
    };
    const overdue = certain.filter((person) => !isNew(person.key));
    if (settled && overdue.length > 0) {
      return because(
        'operations.training.not_attended',
        `${overdue.length} of ${count(people.length, 'member')} ${verb(overdue.length, 'has', 'have')} attended no training in the last ${days} days: ${names(overdue.map((p) => p.name))}.`,
      ).fail(evidence, items);
    }
    if (!settled && missing.length > 0) {
      const last = silent.at(-1);
      return because(
        'operations.training.attendance_unknown',
        last?.value.everyone === true
          ? `The training of ${dayWords(last.value.on)} says that everyone attended, and lists only some.`
          : `The training of ${dayWords(last?.value.on ?? today)} does not say who attended.`,
      ).cannotRead(
        ask(
          'journal',
          'trainings',
          'Write attended (email addresses) or everyone: yes for that training in the journal.',
          'attended',
        ),
        evidence,
      );
    }
    if (undated.length > 0) {
      return because(
        'operations.training.joining_unknown',
        `A training was for everyone, but the members file does not say when ${undated.length === people.length ? 'people became members' : `${names(undated.map((p) => p.name))} became ${verb(undated.length, 'a member', 'members')}`}, and the roster gives no first day of work, so whether they were there cannot be determined.`,
      ).cannotRead(
        ask(
          'journal',
          'trainings',
          'List who attended (email addresses) for that training in the journal, or export the members with the day they were added.',
          'attended_or_members',
        ),
        evidence,
      );
    }
    if (onOther.length > 0) {
      const other = recent.filter(({ value }) => !isAboutClaude(value));
      return because(
        'operations.training.topic_unclear',
        `Whether ${onOther.length} of ${count(people.length, 'member')} ${verb(onOther.length, 'was', 'were')} trained on Claude is not known: ${names(other.map(({ value }) => `“${value.topic}” of ${dayWords(value.on)}`))} ${verb(other.length, 'does not show a training', 'do not show trainings')} on Claude or AI.`,
      ).cannotRead(
        ask(
          'journal',
          'trainings',
          'If the use of Claude or AI was part of it, say so in the topic of that training in the journal; otherwise, train these people on it.',
          'topic',
        ),
        evidence,
      );
    }
    if (certain.length > 0) {
      const due = certain.map((person) => addDays(since(person.key) ?? today, grace)).sort()[0] ?? today;
      return because(
        'operations.training.not_due',
        `${names(certain.map((p) => p.name))} joined recently and ${verb(certain.length, 'has', 'have')} not attended a training yet. The next is due by ${dayWords(due)}.`,
      ).pending(due, evidence, items);
    }
    return because(
      'operations.training.all_attended',
      byQuiz.size === 0
        ? `All ${count(people.length, 'member')} attended a training in the last ${days} days.`
        : `All ${count(people.length, 'member')} attended a training or passed the quiz in the last ${days} days.`,
    ).pass(evidence);
  },
});
// Guide: G4.1-07 G7.3-05
