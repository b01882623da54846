import { z } from 'zod';
import type { RosterRow } from '../../model/kinds.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { address } from '../../people/names.ts';
import { ofOtherNames } from '../../people/other-name.ts';
import type { Match } from '../../people/types.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { decidedAddresses, once, openInPart, personItem, readPeople } from './people-files.ts';

/** Each account is one person and each person has one account. Reports how they were matched. */
export const seatsArePeople = defineRule({
  name: 'seats-are-people',
  about:
    'Every seat holder is matched to exactly one staff record by address, alias, employee number or decision, and no person holds two seats. Similar names raise a question; they are never a match.',
  needs: { members: ['name', 'status', 'seat'], roster: ['name'], entra_users: ['userType'] },
  failsFromPart: ['members', 'roster'],
  params: z.strictObject({}),
  decide(context) {
    const files = readPeople(context);
    if (!files.ok) return files.outcome;
    const { people, seats, lacks } = files;
    const decided = decidedAddresses(context);
    const byStaff = new Map<RosterRow, Match[]>();
    for (const match of people.matched)
      byStaff.set(match.staff, [...(byStaff.get(match.staff) ?? []), match]);
    const twice: Item[] = [...byStaff].flatMap(([staff, matches]) => {
      const addresses = [...new Set(matches.map(({ member }) => address(member.email)))];
      if (addresses.length < 2) return [];
      return [
        {
          key: addresses.sort()[0] ?? '',
          label: staff.name ?? addresses[0] ?? '',
          detail: `holds ${addresses.length} seats: ${names(addresses, 6)}`,
          evidence: people.restsOn,
        },
      ];
    });
    const known = new Set(people.matched.map(({ member }) => address(member.email)));
    const special = [...people.shared, ...people.service];
    const certain = new Set(special.filter((one) => one.certain).map((one) => one.key));
    const unmatched = once(
      [...people.notOnRoster, ...people.guests, ...special]
        .filter((one) => !decided.has(one.key) && !certain.has(one.key) && !known.has(one.key))
        .map(personItem),
    );
    const unsure = once(people.toConfirm.filter((one) => !decided.has(one.key)).map(personItem));
    const unsureKeys = new Set(unsure.map((one) => one.key));
    const alone = unmatched.filter((one) => !unsureKeys.has(one.key));
    const part = openInPart(context, alone);
    if (part !== null && twice.length === 0) return part;
    const list = (items: readonly Item[]) => names(items.map((one) => one.label));
    const question = ask(
      'charter',
      'people',
      'For each name, say in the charter under `people` which records are the same person (`same`) and which are not (`different`), or name the account under `guests`, `shared` or `service`.',
    );
    if (twice.length + alone.length > 0) {
      const two =
        twice.length > 0
          ? `${count(twice.length, 'person holds', 'people hold')} more than one seat: ${names(twice.map((one) => `${one.label} (${one.detail})`))}. `
          : '';
      const none =
        alone.length > 0 && part === null
          ? `${alone.length} of ${count(seats, 'seat holder')} ${verb(alone.length, 'is', 'are')} not matched to anyone on the roster: ${list(alone)}. `
          : '';
      const also = unsure.length > 0 ? `${list(unsure)} must be confirmed. ` : '';
      return because(
        'accounts.seats_are_people.not_people',
        `${two}${none}${also}${part?.reason ?? ''}`.trim(),
      ).fail(people.restsOn, part === null ? [...twice, ...alone] : twice);
    }
    if (unsure.length > 0)
      return because(
        'accounts.seats_are_people.unsure',
        `${unsure.length} of ${count(seats, 'seat holder')} ${verb(unsure.length, 'resembles', 'resemble')} a staff record by name only, or the record has no clear status: ${list(unsure)}.`,
      ).cannotRead(question, people.restsOn, unsure);
    const renamed = ofOtherNames(people.matched);
    if (renamed.length > 0)
      return because(
        'accounts.seats_are_people.other_names',
        `${renamed.length} of ${count(seats, 'seat holder')} ${verb(renamed.length, 'has', 'have')} the address of someone on the roster and another name: ${names(renamed.map(({ member, staff }) => `${member.name ?? ''} at ${address(member.email)}, which the roster gives ${staff.name ?? ''}`))}.`,
      ).cannotRead(
        ask(
          'charter',
          'people.same',
          'State the name of the account together with the address under `people.same` in the charter if both are one person, or correct the name in Claude or on the roster.',
          'other_names',
        ),
        people.restsOn,
        once(
          renamed.map(({ member, staff }) => ({
            key: address(member.email),
            label: member.name ?? member.email,
            detail: `the roster gives the address to ${staff.name ?? ''}`,
            evidence: people.restsOn,
          })),
        ),
      );
    const ways = new Map<string, number>();
    const each = new Map(people.matched.map((match) => [address(match.member.email), match]));
    for (const match of each.values()) ways.set(match.because, (ways.get(match.because) ?? 0) + 1);
    const exact = ways.get('same_address') ?? 0;
    const rest = each.size - exact;
    const decidedCount = seats - known.size;
    return because(
      'accounts.seats_are_people.matched',
      `${count(known.size, 'account')} of ${seats} matched one to one with a person on the roster, ${exact} by the same address${rest > 0 ? ` and ${rest} by alias, number, name record or decision` : ''}${decidedCount > 0 ? `; ${decidedCount} more ${verb(decidedCount, 'is', 'are')} decided in the charter or roster` : ''}.${lacks}`,
    ).pass(people.restsOn);
  },
});
// Guide: G7.1-02
