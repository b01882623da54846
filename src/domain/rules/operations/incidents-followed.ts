import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import type { Journal } from '../../model/journal.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { saysNotDone, saysUnexplained } from '../../text/denials.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { askJournal } from './ask.ts';

type Incident = NonNullable<Journal['incidents']>[number];

/** Guide 7.2: every incident goes through its steps, and members are notified if the privacy policy requires it. */
export const incidentsFollowed = defineRule({
  name: 'incidents-followed',
  about:
    'Every incident, recorded in the journal or handled in Bylaw, is closed in time, with its steps done and the question of notifying members settled.',
  params: z.strictObject({
    /** Days after opening within which an incident has to be closed. */
    days: z.number().int().min(1).default(30),
  }),
  decide(context, { days }) {
    const { journal, today } = context;
    if (!journal.ok || !journal.value.incidents) {
      return askJournal(
        context,
        'incidents',
        'the incidents that happened',
        'an empty list says that there were none',
      );
    }
    const all = journal.value.incidents
      .map((incident, index) => ({
        incident,
        cite: journal.cite(`incidents.${index}`, `${incident.id}, opened ${dayWords(incident.opened)}`),
      }))
      .filter(({ incident }) => incident.opened <= today);
    const ahead = journal.value.incidents.filter(({ opened }) => opened > today);
    const whole = journal.cite('incidents', count(all.length, 'incident'));
    if (all.length === 0 && ahead.length === 0)
      return because(
        'operations.incidents_followed.none',
        'The journal states that there has been no incident.',
      ).pass([whole]);
    const item = ({ incident, cite }: (typeof all)[number], detail: string): Item => ({
      key: incident.id.toLowerCase(),
      label: `Incident ${incident.id}`,
      detail,
      evidence: [cite],
    });
    const wrong = all.flatMap((entry) => {
      const fault = faultOf(entry.incident, today, days);
      return fault ? [{ id: entry.incident.id, item: item(entry, fault) }] : [];
    });
    if (wrong.length > 0) {
      return because(
        'operations.incidents_followed.not_followed',
        `${wrong.length} of ${count(all.length, 'incident')} ${verb(wrong.length, 'has', 'have')} not been followed through: ${names(wrong.map(({ id, item: { detail } }) => `${id} (${detail.charAt(0).toLowerCase()}${detail.slice(1).replace(/\.$/, '')})`))}.`,
      ).fail(
        [whole, ...wrong.flatMap(({ item }) => item.evidence)],
        wrong.map(({ item }) => item),
      );
    }
    if (ahead.length > 0)
      return because(
        'operations.incidents_followed.ahead',
        `The journal lists ${names(ahead.map(({ id }) => id))} as opened on a day in the future${all.length === 0 ? ', and lists no other incident' : ''}.`,
        { ids: ahead.map(({ id }) => id) },
      ).cannotRead(
        ask(
          'journal',
          'incidents',
          'Correct the day on which each incident was opened under “incidents” in the journal.',
          'opened',
        ),
        [journal.cite('incidents', count(ahead.length + all.length, 'incident'))],
      );
    const stillOpen = all.filter(
      ({ incident }) =>
        isClosed(incident, today) &&
        incident.note !== undefined &&
        (saysNotDone(incident.note) || saysUnexplained(incident.note)),
    );
    if (stillOpen.length > 0)
      return because(
        'operations.incidents_followed.note_contradicts',
        `The journal calls ${names(stillOpen.map(({ incident }) => incident.id))} closed and notes ${names(stillOpen.map(({ incident: { note = '' } }) => `“${note}”`))}.`,
      ).cannotRead(
        ask(
          'journal',
          'incidents',
          'Correct the note or the day on which each incident was closed under “incidents” in the journal.',
          'note',
        ),
        stillOpen.map(({ cite }) => cite),
      );
    const unsaid = all.filter(
      ({ incident }) =>
        isClosed(incident, today) &&
        (incident.stepsDone === undefined || incident.membersNotified === undefined),
    );
    if (unsaid.length > 0) {
      return because(
        'operations.incidents_followed.not_stated',
        `The journal does not say for ${names(unsaid.map(({ incident }) => incident.id))} whether the steps were done and members notified.`,
      ).cannotRead(
        ask(
          'journal',
          'incidents',
          'Write stepsDone and membersNotified (yes, not_needed or open) for each closed incident in the journal.',
          'steps',
        ),
        unsaid.map(({ cite }) => cite),
      );
    }
    const open = all.filter(({ incident }) => !isClosed(incident, today));
    if (open.length > 0) {
      const due = open.map(({ incident }) => addDays(incident.opened, days)).sort()[0] ?? today;
      return because(
        'operations.incidents_followed.open',
        `${count(open.length, 'incident')} ${verb(open.length, 'is', 'are')} open within ${days} days: ${names(open.map(({ incident }) => incident.id))}. The next has to be closed by ${dayWords(due)}.`,
      ).pending(
        due,
        [whole],
        open.map((entry) =>
          item(
            entry,
            `Opened on ${dayWords(entry.incident.opened)}, to be closed by ${dayWords(addDays(entry.incident.opened, days))}.`,
          ),
        ),
      );
    }
    return because(
      'operations.incidents_followed.all_closed',
      `${count(all.length, 'incident')} ${verb(all.length, 'is', 'are')} closed, with steps done and members notified where needed.`,
    ).pass([whole, ...all.map(({ cite }) => cite)]);
  },
});

function isClosed(incident: Incident, today: string): boolean {
  return incident.closed !== undefined && incident.closed <= today;
}

function faultOf(incident: Incident, today: string, days: number): string | null {
  if (!isClosed(incident, today)) {
    const age = daysBetween(incident.opened, today);
    return age > days ? `Open for ${count(age, 'day')}; the plan is ${days}.` : null;
  }
  if (incident.closed !== undefined && incident.closed < incident.opened)
    return 'Closed on a day before it was opened.';
  if (incident.stepsDone === false) return 'Closed with steps not done.';
  if (incident.membersNotified === 'open') return 'Closed while notifying members is still open.';
  return null;
}
// Guide: G7.2-00 G7.2-02 G7.2-03 G7.2-04 G7.2-06 G7.2-07 G7.2-08 G7.2-14 G7.2-15 G7.2-19 G7.2-20
