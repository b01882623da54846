import { z } from 'zod';
import { hadNoEffect } from '../../activity/payload.ts';
import type { ActivityRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import { ownValue } from '../../model/own-value.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { address, withoutTag } from '../../people/names.ts';
import { staffOn } from '../../people/staff.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { byWhom, detailText } from '../connectors/events.ts';
import { absent, because } from '../outcome.ts';

/** Events that create a key, and below those that end one, with the field that identifies it. */
const MADE: Readonly<Record<string, string>> = {
  admin_api_key_created: 'admin_api_key_id',
  api_key_created: 'api_key_id',
  platform_api_key_created: 'api_key_id',
  service_key_created: 'service_key_id',
};
const ENDED: Readonly<Record<string, string>> = {
  admin_api_key_deleted: 'admin_api_key_id',
  api_key_deleted: 'api_key_id',
  scoped_api_key_deleted: 'api_key_id',
  service_key_revoked: 'service_key_id',
};

/**
 * Keys by who created them. Never passes: events without a stranger's key prove nothing about keys that are older than
 * the events.
 */
export const apiKeyMakers = defineRule({
  name: 'api-key-makers',
  about:
    'Finds, in the activity feed or the audit log, API keys made by anyone who is neither in the members file nor current staff on the roster. A key that the charter approves by id, or that was deleted since, is settled. This check never passes.',
  params: z.strictObject({}),
  decide(context) {
    const events = context.events();
    if (!events.ok) return absent(events).cannotRead(events.howToGet);
    const members = context.read('members', 31);
    if (!members.ok) return absent(members).cannotRead(members.howToGet, events.evidence);
    const known = knownPeople(context);
    const done = events.rows.filter(({ type, detail }) => !hadNoEffect(type, detail));
    const ended = endedKeys(done);
    const approved = new Set(
      (context.charter.ok ? (context.charter.value.approvedApiKeys ?? []) : []).map((text) =>
        text.trim().toLowerCase(),
      ),
    );
    const open = done.filter((row) => {
      if (ownValue(MADE, row.type) === undefined) return false;
      const id = idOf(row, MADE);
      return id === null || !(ended.has(id) || approved.has(id));
    });
    const unnamed = open.filter(({ actorEmail }) => actorEmail === null);
    const strange = open.filter((row) => row.actorEmail !== null && !isKnown(row.actorEmail, known));
    if (strange.length === 0)
      return because(
        'visibility.api_key_makers.all_known',
        unnamed.length > 0
          ? `The events do not name who made ${count(unnamed.length, 'API key')}: ${names(unnamed.map((row) => idOf(row, MADE) ?? 'one without an id'))}.`
          : 'No event shows an API key made by an unknown person. Keys that are older than the events are not in them.',
      ).cannotRead(
        unnamed.length > 0
          ? ask('charter', 'approvedApiKeys', 'Approve each in the charter by its id, or delete it.')
          : null,
        [...events.evidence, ...members.evidence],
      );
    const zone = context.profile.timezone;
    const items = strange.map((row): Item => {
      const id = idOf(row, MADE) ?? 'a key whose id the event does not give';
      const who = row.actorEmail ?? '';
      const words = `${id}: made by ${byWhom(row, zone)}${row.actorName === null ? '' : ` (${who})`}, who is neither a member nor current staff`;
      return { key: id, label: who, detail: `${words}.`, evidence: [events.cite(row, words)] };
    });
    return because(
      'visibility.api_key_makers.unknown_maker',
      `${count(items.length, 'API key')} ${verb(items.length, 'was', 'were')} made by an unknown person: ${names(items.map(({ detail }) => detail.replace(/\.$/, '')))}.`,
    ).fail([...events.evidence, ...members.evidence, ...items.flatMap(({ evidence }) => evidence)], items);
  },
});

/** Keys that were created according to events, not deleted since, and not listed. */
export function keysMade(
  context: CheckContext,
  isListed: (id: string) => boolean,
): readonly { readonly on: string; readonly label: string; readonly evidence: readonly Evidence[] }[] {
  const events = context.events();
  if (!events.ok) return [];
  const zone = context.profile.timezone;
  const ended = endedKeys(events.rows);
  return events.rows.flatMap((row) => {
    if (ownValue(MADE, row.type) === undefined || hadNoEffect(row.type, row.detail)) return [];
    const id = idOf(row, MADE);
    if (id !== null && (ended.has(id) || isListed(id))) return [];
    const label = `${id ?? 'a key whose id the event does not give'}, by ${byWhom(row, zone)}`;
    return [{ on: dayOf(row.at, zone), label, evidence: [events.cite(row, label)] }];
  });
}

/** Keys created under any of these addresses according to events and not deleted since. */
export function keysMadeBy(
  context: CheckContext,
  addresses: ReadonlySet<string>,
): readonly { readonly label: string; readonly evidence: Evidence }[] {
  const events = context.events();
  if (!events.ok) return [];
  const ended = endedKeys(events.rows);
  return events.rows.flatMap((row) => {
    if (ownValue(MADE, row.type) === undefined || hadNoEffect(row.type, row.detail)) return [];
    if (row.actorEmail === null || !isKnown(row.actorEmail, addresses)) return [];
    const id = idOf(row, MADE);
    if (id !== null && ended.has(id)) return [];
    const label = id ?? 'a key whose id the event does not give';
    return [
      { label, evidence: events.cite(row, `${label}, made by ${byWhom(row, context.profile.timezone)}`) },
    ];
  });
}

/** Ids of the keys that events show as deleted or revoked. */
export function endedKeys(rows: readonly ActivityRow[]): ReadonlySet<string> {
  return new Set(rows.flatMap((row) => idOf(row, ENDED) ?? []));
}

/** The last day on which events show each key as deleted or revoked. */
export function endDays(rows: readonly ActivityRow[], zone: string): ReadonlyMap<string, string> {
  return new Map(
    rows
      .flatMap((row) => {
        const id = idOf(row, ENDED);
        return id === null ? [] : [[id, dayOf(row.at, zone)] as const];
      })
      .sort(([, a], [, b]) => (a < b ? -1 : 1)),
  );
}

function idOf(row: ActivityRow, kinds: typeof MADE): string | null {
  const field = kinds[row.type];
  return field === undefined ? null : (detailText(row, field)?.toLowerCase() ?? null);
}

/** Addresses of members and of current staff, including other addresses of the same person. */
function knownPeople(context: CheckContext): ReadonlySet<string> {
  const people = context.people();
  const members = context.read('members', 31);
  const roster = context.read('roster', 31);
  const gone = new Set(people.leavers.map(({ member }) => member));
  // If it is not known whether a person still works here, they are not a stranger; only leavers are.
  const isStaff = staffOn(roster.ok ? roster.rows : [], context.today);
  return new Set([
    ...(members.ok
      ? members.rows
          .filter((member) => !gone.has(member))
          .flatMap((member) => [
            address(member.email),
            withoutTag(member.email),
            ...people.addressesOf(member),
          ])
      : []),
    ...(roster.ok
      ? roster.rows
          .filter((row) => isStaff(row) !== false)
          .flatMap(({ emails }) => emails.map((email) => address(email)))
      : []),
  ]);
}

function isKnown(email: string, known: ReadonlySet<string>): boolean {
  return known.has(address(email)) || known.has(withoutTag(email));
}
