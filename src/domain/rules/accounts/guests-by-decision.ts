import { z } from 'zod';
import { isWithoutMicrosoft } from '../../model/offered.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { placeOf } from './addresses.ts';
import { accountItem, labels, readMembers } from './members.ts';
import { byMembersOf, guestsSince } from './members-since.ts';

/** People from outside hold a seat only if the charter names them as guests. */
export const guestsByDecision = defineRule({
  name: 'guests-by-decision',
  about:
    'Accounts outside our domains, and accounts that Entra marks as guests, are named in the charter under people.guests.',
  needs: { members: ['status', 'seat'], entra_users: ['userType'] },
  failsWithout: { entra_users: ['userType'] },
  failsFromPart: ['members'],
  params: z.strictObject({}),
  decide: byMembersOf(guestsSince, (context) => {
    const members = readMembers(context);
    if (!members.ok) return members.outcome;
    const { accounts, read } = members;
    const { charter, profile } = context;
    const people = context.people();
    const marked = new Map(people.guests.map((one) => [one.key, one]));
    const unreadable = accounts.filter((one) => placeOf(one.key, profile.domains).kind === 'unreadable');
    const outside = accounts
      .filter((one) => marked.has(one.key) || placeOf(one.key, profile.domains).kind !== 'own')
      .filter((one) => !unreadable.includes(one))
      .map((one) => {
        const place = placeOf(one.key, profile.domains);
        const words =
          place.kind === 'own' ? (marked.get(one.key)?.words.toLowerCase() ?? 'a guest') : place.words;
        return { one, item: accountItem(one, words, read) };
      });
    const decided = charter.ok ? charter.value.people?.guests : undefined;
    const question = ask(
      'charter',
      'people.guests',
      'Name the guests who may hold a seat under `people.guests` in the charter; an empty list is a valid answer.',
    );
    const evidence = [
      ...read.evidence,
      ...(charter.ok && decided
        ? [charter.cite('people.guests', count(decided.length, 'approved guest'))]
        : []),
    ];
    const list = (items: readonly Item[]) => names(items.map((item) => `${item.label} (${item.key})`));
    if (outside.length > 0 && !decided) {
      const items = outside.map(({ item }) => item);
      return because(
        'accounts.guests_by_decision.undecided_possible',
        `${count(items.length, 'person', 'people')} from outside ${verb(items.length, 'holds', 'hold')} a seat: ${list(items)}. ${charter.ok ? 'The charter does not say which guests may.' : charter.why}`,
      ).cannotRead(question, evidence, items);
    }
    const allowed = new Set(decided ?? []);
    const open = outside
      .filter(({ one }) => ![one.key, ...people.addressesOf(one.row)].some((text) => allowed.has(text)))
      .map(({ item }) => item);
    if (open.length > 0)
      return because(
        'accounts.guests_by_decision.undecided',
        `${open.length} of ${count(outside.length, 'outside account')} ${verb(open.length, 'holds', 'hold')} a seat without a decision in the charter: ${list(open)}.`,
      ).fail(evidence, open);
    if (unreadable.length > 0)
      return because(
        'accounts.guests_by_decision.address_unreadable',
        `The address of ${labels(unreadable)} cannot be read, so whether the account is from outside is not known.`,
      ).cannotRead(
        ask(
          'source',
          'members',
          'Correct these addresses in the members file, or export it again.',
          'correct_addresses',
        ),
        evidence,
      );
    const entra = context.read('entra_users');
    const marks = entra.ok && entra.rows.some(({ userType }) => userType !== null);
    const scope = entra.ok
      ? marks
        ? 'by address and by the Entra file'
        : 'by address (the Entra file does not say who is a guest)'
      : isWithoutMicrosoft(context.profile)
        ? 'by address'
        : 'by address (no current Entra file was there to mark guests)';
    return because(
      'accounts.guests_by_decision.all_decided',
      outside.length === 0
        ? `None of ${count(accounts.length, 'account')} is from outside, judging ${scope}.`
        : `The charter decided on ${outside.length === 1 ? 'the one outside account' : `all ${outside.length} outside accounts`} among ${count(accounts.length, 'account')}: ${list(outside.map(({ item }) => item))}. Judged ${scope}.`,
    ).pass(evidence);
  }),
});
// Guide: G2.1-02 G7.1-02
