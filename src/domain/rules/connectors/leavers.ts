import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import type { Evidence } from '../../model/reading.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { contradictedEntries, contradictedWords } from '../../people/departed.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { maybeLeavers, staffUnknown } from '../accounts/people-files.ts';
import { leaversWithOtherLastDay } from '../operations/leavers-other-last-day.ts';
import { leaversWithoutAddress } from '../operations/leavers-without-address.ts';
import { because } from '../outcome.ts';
import { connectorGrants, consentsForAll, linksOfStrangers, openLinks } from './open-links.ts';
import { allLeavers, offboardedStaff } from './people-who-left.ts';

/** CON-26: connectors of people who left are removed (guide 3.4). */
export const leaversConnectors = defineRule({
  name: 'connectors-of-leavers',
  about:
    'For each person who left, according to the members file, roster or journal, checks whether the removal is recorded and whether a Microsoft 365 consent or an event shows that a link remains. A link of someone who is not in the members file at all is a finding too.',
  needs: { members: ['name', 'status', 'seat'], roster: ['name', 'endsOn'] },
  failsWithout: { members: ['name'], roster: ['name'] },
  failsFromPart: ['roster'],
  params: z.strictObject({ days: z.number().int().min(0) }),
  decide(context, { days }) {
    const people = context.people();
    const leavers = allLeavers(context);
    const grants = connectorGrants(context);
    const links = openLinks(context);
    const status: Item[] = [];
    const overdue: Item[] = [];
    const waiting: (Item & { due: string })[] = [];
    const undated: Item[] = [];
    for (const person of leavers) {
      const open = [
        ...grants.filter((one) => one.principalId === person.entraId?.toLowerCase()),
        ...links.filter((one) => person.emails.has(one.email)),
      ];
      const due = person.lastDay === null ? null : addDays(person.lastDay, days);
      const left = person.lastDay === null ? 'Has left' : `Last day ${dayWords(person.lastDay)}`;
      const item = (detail: string, more: readonly Evidence[] = []): Item => ({
        key: person.key,
        label: person.label,
        detail: `${left}. ${detail}`,
        evidence: [...person.evidence, ...more],
      });
      if (due !== null && due >= context.today && (open.length > 0 || person.revoked === null))
        waiting.push({ ...item('The removal has not been recorded yet.'), due });
      else if (open.length > 0)
        status.push(
          item(
            `${names(open.map((one) => one.words))}${person.revoked ? `, although the journal says removed on ${dayWords(person.revoked)}` : ''}.`,
            open.map((one) => one.evidence),
          ),
        );
      else if (person.revoked !== null) continue;
      else if (due === null)
        undated.push(item('It is not recorded whether and when the connectors were removed.'));
      else
        overdue.push(
          item(`The removal is ${count(daysBetween(due, context.today), 'day')} overdue and not recorded.`),
        );
    }
    const strangers = linksOfStrangers(context, links, leavers);
    const bad = [...status, ...overdue, ...strangers.items];
    const evidence: Evidence[] = [
      ...people.restsOn,
      ...(context.journal.ok && context.journal.value.offboardings
        ? [
            context.journal.cite(
              'offboardings',
              count(context.journal.value.offboardings.length, 'offboarding'),
            ),
          ]
        : []),
    ];
    if (bad.length > 0) {
      const said = [
        ...(status.length > 0
          ? [
              `${count(status.length, 'person', 'people')} who left still ${verb(status.length, 'has', 'have')} a connector link: ${names(
                status.map((item) => item.label),
                4,
              )}.`,
            ]
          : []),
        ...(overdue.length > 0
          ? [
              `For ${names(
                overdue.map((item) => item.label),
                4,
              )} no removal of connectors is recorded within ${days} days of the last day.`,
            ]
          : []),
        ...(undated.length > 0
          ? [
              `When ${names(
                undated.map((item) => item.label),
                4,
              )} left is not stated, and no removal is recorded.`,
            ]
          : []),
        ...(strangers.items.length > 0
          ? [
              `A connector is linked by ${count(strangers.items.length, 'person', 'people')} without a seat: ${names(
                strangers.items.map(({ label, detail }) => `${label} (${detail.replace(/\.$/, '')})`),
                4,
              )}.`,
            ]
          : []),
      ];
      return because('connectors.leavers.not_removed', said.join(' ')).fail(
        [...evidence, ...bad.flatMap((item) => item.evidence)],
        [...bad, ...undated],
      );
    }
    const later =
      strangers.later.length > 0
        ? ` Linked after the members file was made, by people whom it does not list: ${names(strangers.later, 4)}.`
        : '';
    if (!people.ready.ok)
      return because('connectors.leavers.people_unread', `${people.ready.why}${later}`).cannotRead(
        people.ready.howToGet,
        evidence,
      );
    if (undated.length > 0)
      return because(
        'connectors.leavers.day_unknown',
        `${count(undated.length, 'person has', 'people have')} left without a known last day, and the removal of connectors is not recorded: ${names(
          undated.map((item) => item.label),
          4,
        )}.`,
      ).cannotRead(
        ask(
          'journal',
          'offboardings',
          'Write each under `offboardings` in the journal with `lastDay` and `connectorsRevoked`.',
          'with_last_day',
        ),
        evidence,
        undated,
      );
    if (waiting.length > 0) {
      const due = waiting.map((item) => item.due).sort()[0] ?? context.today;
      return because(
        'connectors.leavers.not_due',
        `${names(
          waiting.map((item) => item.label),
          4,
        )} left; the removal of connectors is due by ${dayWords(due)}.`,
      ).pending(
        due,
        evidence,
        waiting.map(({ due: _, ...item }) => item),
      );
    }
    const nobodys = links.filter(({ email }) => email === '');
    if (nobodys.length > 0)
      return because(
        'connectors.leavers.links_unnamed',
        `${count(nobodys.length, 'connector link')} that no event undoes ${verb(nobodys.length, 'belongs', 'belong')} to an account whose address no event gives, so it is not known whether someone who left made ${verb(nobodys.length, 'it', 'them')}: ${names(
          nobodys.map(({ to }) => to),
          4,
        )}.`,
      ).cannotRead(
        ask(
          'source',
          'audit_log',
          'Export the audit log for the days of these links, which gives the address of each account. For an account that was deleted, check in the source system whether the link is still there.',
          'links_unnamed',
        ),
        [...evidence, ...nobodys.map((link) => link.evidence)],
      );
    const otherDay = leaversWithOtherLastDay(context);
    if (otherDay) return otherDay;
    const returned = offboardedStaff(context, leavers);
    const doubtful = returned.filter(
      ({ revoked, cameBack, email }) =>
        !cameBack && (revoked === null || links.some((link) => link.email === email)),
    );
    if (doubtful.length > 0)
      return because(
        'connectors.leavers.roster_differs',
        `According to the journal ${names(
          doubtful.map(({ email, lastDay }) => `${email} (last day ${dayWords(lastDay)})`),
          4,
        )} left, and the later roster lists ${verb(doubtful.length, 'this person', 'them')} as staff. Whether ${verb(doubtful.length, 'a link of this person has', 'their links have')} to be removed depends on which is right.`,
      ).cannotRead(
        ask(
          'journal',
          'offboardings',
          'Correct the offboardings in the journal, or import a roster that shows who has left, with the first day of work of anyone who came back.',
          ['listed_as_staff', ...doubtful.map(({ email }) => email)],
        ),
        [...evidence, ...doubtful.flatMap((one) => one.evidence)],
      );
    const back =
      returned.length === 0
        ? ''
        : ` The roster lists ${names(
            returned.map(({ email }) => email),
            4,
          )}, whom the journal lists as having left, as staff.`;
    const read = context.read('permission_grants').ok && context.read('service_principals').ok;
    const nameless = grants.length > 0 ? leavers.filter((person) => person.entraId === null) : [];
    const m365 =
      consentsForAll(context).length > 0
        ? ' Consent to Microsoft 365 was given for the whole organization, so no list shows who linked it, and that part rests on the journal.'
        : !read
          ? ' The Microsoft 365 consents have not been provided, so this rests on the journal.'
          : nameless.length > 0
            ? ` Whether a Microsoft 365 consent belongs to ${names(nameless.map((person) => person.label))} cannot be determined without the Entra users, so that part rests on the journal.`
            : '';
    const resembling = maybeLeavers(context) ?? leaversWithoutAddress(context);
    if (resembling) return resembling;
    if (leavers.length === 0) {
      // A roster of current staff does not show who has left, so the journal must state that no one did.
      if (!context.journal.ok || !context.journal.value.offboardings)
        return because(
          'connectors.leavers.nobody_listed',
          'No seat holder has left according to the roster, and other departures are not recorded.',
        ).cannotRead(
          ask(
            'journal',
            'offboardings',
            'List the people who left under `offboardings` in the journal, with `connectorsRevoked`; an empty list is a valid answer.',
            'connectors',
          ),
          evidence,
        );
      return (
        staffUnknown(context) ??
        because(
          'connectors.leavers.none_left',
          back === ''
            ? `No seat holder has left according to the roster, and the journal lists no one who did.${later}`
            : `No seat holder has left according to the roster.${back}${later}`,
        ).pass(evidence)
      );
    }
    const unknown = staffUnknown(context);
    if (unknown) return unknown;
    const undone = contradictedEntries(context, ['members']);
    const seated = leavers.filter(({ emails }) => [...emails].some((one) => undone.has(one)));
    if (seated.length > 0)
      return because(
        'connectors.leavers.journal_contradicted',
        `For ${names(
          seated.map(({ label }) => label),
          4,
        )} the journal says that the account and its connectors were removed, but since then ${contradictedWords(seated.flatMap(({ emails }) => [...emails].map((one) => undone.get(one))))}, so the entry cannot be relied on.`,
      ).cannotRead(
        ask(
          'source',
          'members',
          'Remove the accounts and their connectors from Claude, correct the journal, and export the members again.',
          'after_removal',
        ),
        [...evidence, ...seated.flatMap((one) => one.evidence)],
      );
    return because(
      'connectors.leavers.all_removed',
      `For ${count(leavers.length, 'person', 'people')} who left, the removal of connectors is recorded, and no reading shows a remaining link.${back}${m365}${later}`,
    ).pass(evidence);
  },
});

// Guide: G3.4-05
