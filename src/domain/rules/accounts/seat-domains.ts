import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, names } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { placeOf } from './addresses.ts';
import { accountItem, every, labels, readMembers } from './members.ts';
import { addressesSince, byMembersOf } from './members-since.ts';

/** Every account and open invitation in the members file is on a domain that the profile lists. */
export const seatDomains = defineRule({
  name: 'seat-domains',
  about:
    'The address of every member and open invitation is on a domain of the profile, letter by letter. Subdomains count only if listed; look-alikes and mail providers never do.',
  needs: { members: ['status', 'seat'] },
  failsFromPart: ['members'],
  params: z.strictObject({}),
  decide: byMembersOf(addressesSince, (context) => {
    const members = readMembers(context);
    if (!members.ok) return members.outcome;
    const { accounts, read } = members;
    const { profile, charter } = context;
    const guests = new Set(charter.ok ? (charter.value.people?.guests ?? []) : []);
    const placed = accounts.map((one) => ({ one, place: placeOf(one.key, profile.domains) }));
    const items = placed
      .filter(({ place }) => place.kind !== 'own' && place.kind !== 'unreadable')
      .map(({ one, place }) =>
        accountItem(
          one,
          `${place.words}${one.invited ? '; invitation open' : ''}${guests.has(one.key) ? '; a guest according to the charter' : ''}`,
          read,
        ),
      );
    const unreadable = placed.filter(({ place }) => place.kind === 'unreadable').map(({ one }) => one);
    const domains = names(profile.domains, 6);
    if (items.length > 0) {
      const further =
        unreadable.length > 0
          ? ` The address of ${count(unreadable.length, 'more account')} cannot be read.`
          : '';
      return because(
        'accounts.seat_domains.foreign',
        `${items.length} of ${count(accounts.length, 'account')} ${items.length === 1 ? 'uses' : 'use'} an address outside ${domains}: ${names(items.map((item) => item.key))}.${further}`,
      ).fail([...read.evidence, ...items.flatMap((item) => item.evidence)], items);
    }
    if (unreadable.length > 0)
      return because(
        'accounts.seat_domains.unreadable',
        `The address of ${unreadable.length} of ${count(accounts.length, 'account')} cannot be read: ${labels(unreadable)}.`,
      ).cannotRead(
        ask(
          'source',
          'members',
          'Correct these addresses in the members file, or export it again.',
          'correct_addresses',
        ),
        read.evidence,
        unreadable.map((one) => accountItem(one, 'no readable address', read)),
      );
    const open = accounts.filter((one) => one.invited).length;
    const invitations =
      open > 0
        ? `, ${count(open, 'open invitation')} among them`
        : ' (the file marks no open invitation; look at the Pending tab for those)';
    return because(
      'accounts.seat_domains.all_on_own_domains',
      `${every(accounts.length, 'account', 'accounts', ['uses', 'use'])} an address at ${domains}${invitations}.`,
      { domains: profile.domains },
    ).pass(read.evidence);
  }),
});
// Guide: G2.1-02 G2.2-09 GA-02
