import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import type { EntraUserRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import {
  contradictedEntries,
  type Departed,
  ofThisLeaving,
  stepDay,
  whoHasLeft,
} from '../../people/departed.ts';
import { withoutTag } from '../../people/names.ts';
import { seenInClaude } from '../../people/seen-in-claude.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { maybeLeavers, staffUnknown } from '../accounts/people-files.ts';
import { LOOK_BACK_DAYS } from '../operations/leavers.ts';
import { leaversWithoutAddress } from '../operations/leavers-without-address.ts';
import { because } from '../outcome.ts';
import { connectorGrants, linksOfStrangers, openLinks } from './open-links.ts';

interface Leaver {
  readonly key: string;
  readonly label: string;
  readonly emails: ReadonlySet<string>;
  readonly entraId: string | null;
  /** null: the roster says that the person has left and not since when. */
  readonly lastDay: string | null;
  readonly revoked: string | null;
  readonly evidence: readonly Evidence[];
}

/** CON-26: connectors of people who left are removed (guide 3.4). */
export const leaversConnectors = defineRule({
  name: 'connectors-of-leavers',
  about:
    'For each leaver of members, roster and journal: is the removal written down, and does a Microsoft 365 consent or an event show that a link is still there. A link of someone who is not in the members file at all is a finding too.',
  needs: { members: ['name', 'status', 'seat'], roster: ['name', 'endsOn'] },
  failsWithout: { members: ['name'], roster: ['name'] },
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
    const read = context.read('permission_grants').ok && context.read('service_principals').ok;
    const nameless = grants.length > 0 ? leavers.filter((person) => person.entraId === null) : [];
    const m365 = !read
      ? ' The Microsoft 365 consents were not given, so this rests on the journal.'
      : nameless.length > 0
        ? ` Whether a Microsoft 365 consent belongs to ${names(nameless.map((person) => person.label))} cannot be determined without the Entra users, so that part rests on the journal.`
        : '';
    const resembling = maybeLeavers(context) ?? leaversWithoutAddress(context);
    if (resembling) return resembling;
    if (leavers.length === 0) {
      // A roster of current staff does not show who has left, so someone must have said that nobody did.
      if (!context.journal.ok || !context.journal.value.offboardings)
        return because(
          'connectors.leavers.nobody_listed',
          'No seat holder has left according to the roster, and other departures are not recorded.',
        ).cannotRead(
          ask(
            'journal',
            'offboardings',
            'List the people who left under `offboardings` in the journal, with `connectorsRevoked`; an empty list is an answer.',
            'connectors',
          ),
          evidence,
        );
      return (
        staffUnknown(context) ??
        because(
          'connectors.leavers.none_left',
          `No seat holder has left according to the roster, and the journal lists no one who did.${later}`,
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
        )} the journal says that the account and its connectors were removed, and the members file lists the account still, so the entry cannot be relied on.`,
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
      `For ${count(leavers.length, 'person', 'people')} who left, the removal of connectors is recorded, and no reading shows a remaining link.${m365}${later}`,
    ).pass(evidence);
  },
});

/** Everyone who left: members past their last day, roster entries, and the journal's offboardings; one entry per address. */
function allLeavers(context: CheckContext): readonly Leaver[] {
  const people = context.people();
  const journal = context.journal.ok
    ? (context.journal.value.offboardings ?? [])
        .map((entry, index) => ({ ...entry, index }))
        .sort((a, b) => (a.lastDay < b.lastDay ? 1 : -1))
    : [];
  const users = context.read('entra_users');
  const idOf = (emails: ReadonlySet<string>): string | null => {
    const hits = users.ok
      ? users.rows.filter((user) => addresses(user).some((address) => emails.has(address)))
      : [];
    return hits.length === 1 ? (hits[0]?.id ?? null) : null;
  };
  const found: Leaver[] = [];
  for (const leaver of people.leavers) {
    const emails = new Set([
      ...people.addressesOf(leaver.member),
      leaver.member.email.toLowerCase(),
      ...leaver.staff.emails.map((email) => email.toLowerCase()),
    ]);
    const entry = journal.find((one) => emails.has(one.email) && ofThisLeaving(one, leaver.staff));
    found.push({
      key: leaver.key,
      label: leaver.name,
      emails,
      entraId: people.entraUser(leaver.member)?.id ?? people.entraUser(leaver.staff)?.id ?? idOf(emails),
      lastDay: leaver.staff.endsOn ?? entry?.lastDay ?? null,
      revoked: stepDay(entry?.connectorsRevoked, entry?.lastDay ?? context.today, context.today) ?? null,
      evidence: [
        ...leaver.evidence,
        ...(entry && context.journal.ok
          ? [context.journal.cite(`offboardings.${entry.index}`, `last day ${dayWords(entry.lastDay)}`)]
          : []),
      ],
    });
  }
  const left = whoHasLeft(context, context.read('roster'));
  for (const { entry } of left) {
    if (entry === null || found.some((one) => one.emails.has(entry.value.email))) continue;
    const { value, path } = entry;
    const emails = new Set([value.email]);
    found.push({
      key: value.email,
      label: value.email,
      emails,
      entraId: idOf(emails),
      lastDay: value.lastDay,
      revoked: stepDay(value.connectorsRevoked, value.lastDay, context.today) ?? null,
      evidence: context.journal.ok ? [context.journal.cite(path, `last day ${dayWords(value.lastDay)}`)] : [],
    });
  }
  const gone = [...found, ...consentsOfGone(context, left, found)];
  return [...gone, ...formerMembers(context, left, gone, idOf)];
}

/** People whom the roster calls gone, whom no offboarding names, and whom some file shows in Claude before. */
function formerMembers(
  context: CheckContext,
  left: readonly Departed[],
  known: readonly Leaver[],
  idOf: (emails: ReadonlySet<string>) => string | null,
): Leaver[] {
  const seen = seenInClaude(context);
  const begin = addDays(context.today, -LOOK_BACK_DAYS);
  return left.flatMap(({ key, name, addresses: emails, row, entry, lastDay, evidence }) => {
    if (row === null || entry !== null || (lastDay !== null && lastDay < begin)) return [];
    if (![...emails].some((one) => seen.has(withoutTag(one)))) return [];
    if (known.some((one) => [...emails].some((email) => one.emails.has(email)))) return [];
    return [{ key, label: name, emails, entraId: idOf(emails), lastDay, revoked: null, evidence }];
  });
}

/** People whom the roster calls gone, who hold no seat anymore, and whose consent to the connector still stands. */
function consentsOfGone(
  context: CheckContext,
  left: readonly Departed[],
  known: readonly Leaver[],
): Leaver[] {
  const people = context.people();
  const holders = new Set(connectorGrants(context).map((grant) => grant.principalId));
  return left.flatMap(({ row, evidence }) => {
    if (row === null) return [];
    const id = people.entraUser(row)?.id ?? null;
    if (id === null || !holders.has(id.toLowerCase()) || known.some((one) => one.entraId === id)) return [];
    const emails = new Set(row.emails.map((email) => email.toLowerCase()));
    const label = row.name ?? row.emails[0] ?? 'a person without a name';
    return [
      {
        key: (row.emails[0] ?? label).toLowerCase(),
        label,
        emails,
        entraId: id,
        lastDay: row.endsOn,
        revoked: null,
        evidence,
      },
    ];
  });
}

function addresses(user: EntraUserRow): readonly string[] {
  return [user.upn, user.mail, ...user.aliases].flatMap((address) =>
    address ? [address.toLowerCase().replace(/^smtp:/, '')] : [],
  );
}
// Guide: G3.4-05
