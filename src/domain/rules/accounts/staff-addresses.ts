import { z } from 'zod';
import type { RosterRow } from '../../model/kinds.ts';
import { defineRule } from '../../model/rule.ts';
import { address, looksLikeService, looksShared, nameKey } from '../../people/names.ts';
import { isNoAddress } from '../../people/no-address.ts';
import { staffOn, unsureRemedy } from '../../people/staff.ts';
import { ask, askAll } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { placeOf } from './addresses.ts';
import { PEOPLE_DAYS, rosterInPart } from './people-files.ts';

/** Guide 2.1: everyone to be invited has an address on our domains, known from the roster before anyone is a member. */
export const staffAddresses = defineRule({
  name: 'staff-addresses',
  about:
    'Everyone on the roster who works here has an address on a domain of the profile. A shared or service mailbox does not count as a person.',
  needs: { roster: ['name', 'engagement'] },
  failsWithout: { roster: ['name'] },
  params: z.strictObject({}),
  decide(context) {
    const roster = context.read('roster', PEOPLE_DAYS);
    if (!roster.ok) return absent(roster).cannotRead(roster.howToGet);
    const { domains } = context.profile;
    const isStaff = staffOn(roster.rows, context.today);
    const people = roster.rows.flatMap((row) => {
      const works = isStaff(row);
      const counts = works !== false && row.engagement !== 'shared' && row.engagement !== 'service';
      return counts ? [{ row, works, addresses: row.emails.map(address).filter((one) => one !== '') }] : [];
    });
    const bring = ask(
      'source',
      'roster',
      'Import a roster with the work address of everyone who works here.',
      'with_addresses',
    );
    if (people.length === 0)
      return because(
        'accounts.staff_addresses.nobody_works',
        'The roster lists no one who works here.',
      ).cannotRead(bring, roster.evidence);
    if (people.every(({ addresses }) => addresses.length === 0))
      return because('accounts.staff_addresses.no_addresses', 'The roster has no addresses.').cannotRead(
        bring,
        roster.evidence,
      );
    const isOwn = (one: string) => placeOf(one, domains).kind === 'own' && !isNoAddress(one);
    const lacking = people.filter(({ addresses }) => !addresses.some(isOwn));
    const items = lacking.map(({ row, works, addresses }) => {
      const [first] = addresses;
      const wording =
        first === undefined
          ? 'the roster gives no address'
          : `the roster gives ${names(addresses, 3)}${isNoAddress(first) ? ', a placeholder' : `; ${placeOf(first, domains).words}`}`;
      const detail =
        works === null ? `${wording}; whether this person still works here is not reported` : wording;
      return {
        key: first ?? row.name?.trim().toLowerCase() ?? `row ${row.row}`,
        label: row.name ?? first ?? `the person in row ${row.row}`,
        detail,
        evidence: [roster.cite(row, wording)],
      };
    });
    const sure = lacking.filter(({ works }) => works === true).length;
    const of = count(people.length, 'person', 'people');
    const who = names(items.map(({ label }) => label));
    if (sure > 0)
      return because(
        'accounts.staff_addresses.outside_addresses',
        `${sure} of ${of} on the roster ${verb(sure, 'has', 'have')} no address at ${names(domains, 6)}: ${who}. No one is invited until everyone has one.`,
      ).fail([...roster.evidence, ...items.flatMap(({ evidence }) => evidence)], items);
    if (items.length > 0)
      return because(
        'accounts.staff_addresses.unclear_addresses',
        `Of ${of} on the roster ${items.length} ${verb(items.length, 'has', 'have')} no address at ${names(domains, 6)}, and the roster does not say whether they still work here: ${who}.`,
      ).cannotRead(askAll(unsureRemedy(lacking.map(({ row }) => row))), roster.evidence, items);
    const part = rosterInPart(context);
    if (part !== null) return part;
    const holders = Map.groupBy(
      people.flatMap(({ row, addresses }) => addresses.filter(isOwn).map((one) => ({ row, one }))),
      ({ one }) => one,
    );
    const personOf = (row: RosterRow) => nameKey(row.name) || (row.name ?? '').trim().toLowerCase();
    const isShared = (one: string) =>
      looksShared(one) ||
      looksLikeService(one) ||
      new Set(holders.get(one)?.map(({ row }) => personOf(row))).size > 1;
    const shared = people.filter(
      ({ row, addresses }) => row.name !== null && addresses.filter(isOwn).every(isShared),
    );
    if (shared.length > 0)
      return because(
        'accounts.staff_addresses.shared_addresses',
        `Of ${of} on the roster, ${shared.length} ${verb(shared.length, 'has', 'have')} only an address that others have too or that belongs to a role or team: ${names(shared.map(({ row, addresses }) => `${row.name ?? ''} (${addresses.find(isOwn) ?? ''})`))}.`,
      ).cannotRead(
        ask(
          'source',
          'roster',
          'Give each of these people an address of their own on the roster, or mark the rows of shared mailboxes as such.',
          'own_addresses',
        ),
        roster.evidence,
        shared.map(({ row, addresses }) => ({
          key: addresses.find(isOwn) ?? `row ${row.row}`,
          label: row.name ?? addresses[0] ?? '',
          detail: `${addresses.find(isOwn) ?? ''} is an address that others have too, or of a role or team`,
          evidence: [roster.cite(row, addresses.join(', '))],
        })),
      );
    return because(
      'accounts.staff_addresses.all_on_own_domains',
      `All ${of} on the roster ${verb(people.length, 'has', 'have')} an address at ${names(domains, 6)}.`,
    ).pass(roster.evidence);
  },
});
// Guide: G2.1-02
