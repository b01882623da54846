import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { address, localPart, looksLikeService, looksShared } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
import { count, names } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { placeOf } from './addresses.ts';
import {
  type Account,
  accountItem,
  isOwner,
  labels,
  ROLE_QUESTION,
  readMembers,
  unknownRoles,
} from './members.ts';
import { byMembersOf, rolesSince } from './members-since.ts';
import { isAccountOwner } from './people-files.ts';

const ROLE_WORDS = new Set(
  'admin admins administrator claude ai it info office support help helpdesk team staff service shared mail system root owner tech ops security'.split(
    ' ',
  ),
);

/**
 * The addresses of owners. The guide allows a dedicated administration mailbox for the account owner that the charter
 * names; every other address that looks shared is listed, because it would not be known who used it.
 */
export const ownerAddresses = defineRule({
  name: 'owner-addresses',
  about:
    'No owner uses a personal mail provider, another organization’s domain, or a shared mailbox. A dedicated administration mailbox may be the account owner that the charter names.',
  needs: { members: ['name', 'role', 'status'], roster: ['name', 'engagement'] },
  failsWithout: { roster: ['engagement'] },
  failsFromPart: ['members'],
  params: z.strictObject({}),
  decide: byMembersOf(rolesSince, (context) => {
    const members = readMembers(context);
    if (!members.ok) return members.outcome;
    const { accounts, read } = members;
    const { charter, profile } = context;
    const owner = charter.ok ? charter.value.accountOwner : undefined;
    const people = context.people();
    const isOwn = ({ key, row }: Account) => isAccountOwner(context, { key, member: row });
    const stated = new Set(
      [...people.shared, ...people.service].filter((one) => one.certain).map((one) => one.key),
    );
    const guests = new Set(people.guests.map((one) => one.key));
    const persons = new Set(
      people.matched
        .filter((match) => people.isPerson(match.staff))
        .map((match) => address(match.member.email)),
    );
    const owners = accounts.filter(isOwner);
    const wrong: Item[] = [];
    const looks: Account[] = [];
    for (const one of owners) {
      const place = placeOf(one.key, profile.domains);
      if (place.kind === 'unreadable') continue;
      if (place.kind !== 'own') wrong.push(accountItem(one, place.words, read));
      else if (guests.has(one.key))
        wrong.push(accountItem(one, 'a guest, so another organization decides about the account', read));
      else if (isOwn(one)) continue;
      else if (stated.has(one.key))
        wrong.push(accountItem(one, 'a shared mailbox or service account, not a person', read));
      else if (looksLikeRole(one.key) && !persons.has(one.key)) looks.push(one);
    }
    // The roster confirms that the others are people; an account that is not on it may be a shared mailbox.
    const nobody = new Map(
      [
        ...people.notOnRoster,
        // An account that resembles several people is not cleared by one of them.
        ...people.toConfirm.filter(
          ({ resemblance: { candidates } }) =>
            candidates.length > 1 || !candidates.every((one) => people.isPerson(one)),
        ),
        ...[...people.shared, ...people.service].filter(
          ({ key, certain }) => !certain && !persons.has(key) && !looks.some((one) => one.key === key),
        ),
      ].map(({ key, words }) => [key, words]),
    );
    const untied = people.ready.ok ? owners.filter((one) => !isOwn(one) && nobody.has(one.key)) : [];
    const unreadable = owners.filter((one) => placeOf(one.key, profile.domains).kind === 'unreadable');
    const sharedItems = looks.map((one) =>
      accountItem(
        one,
        'the address belongs to a role or team, and the charter names another account owner',
        read,
      ),
    );
    const evidence = [
      ...read.evidence,
      ...owners.map((one) => read.cite(one.row, one.key)),
      ...(charter.ok && owner ? [charter.cite('accountOwner', `account owner ${owner}`)] : []),
    ];
    const items = owner ? [...wrong, ...sharedItems] : wrong;
    if (items.length > 0)
      return because(
        'accounts.owner_addresses.foreign',
        `${items.length} of ${count(owners.length, 'owner')} ${items.length === 1 ? 'uses' : 'use'} an address that does not belong to a named person of ours: ${names(items.map((item) => `${item.label} (${item.detail})`))}.`,
      ).fail(evidence, items);
    if (looks.length > 0)
      return because(
        'accounts.owner_addresses.may_be_shared',
        `Judging by the address, ${looks.length} of ${count(owners.length, 'owner')} may be a shared mailbox: ${labels(looks)}. The guide allows a dedicated administration mailbox for the account owner only, and ${charter.ok ? 'the charter does not name the account owner' : 'no charter was given'}.`,
      ).cannotRead(
        ask(
          'charter',
          'accountOwner',
          'State the account owner under `accountOwner` in the charter.',
          'one_of_these',
        ),
        evidence,
        looks.map((one) => accountItem(one, 'the address belongs to a role or team', read)),
      );
    if (unreadable.length > 0)
      return because(
        'accounts.owner_addresses.address_unreadable',
        `The address of ${labels(unreadable)} cannot be read, so what it belongs to is not known.`,
      ).cannotRead(
        ask(
          'source',
          'members',
          'Correct the address in the members file, or export it again.',
          'correct_address',
        ),
        evidence,
      );
    if (untied.length > 0)
      return because(
        'accounts.owner_addresses.not_on_roster',
        `${untied.length} of ${count(owners.length, 'owner')} ${untied.length === 1 ? 'is' : 'are'} not tied to one person on the roster: ${labels(untied)}. Whether ${untied.length === 1 ? 'the account is' : 'these accounts are'} shared cannot be determined.`,
      ).cannotRead(
        ask(
          'charter',
          'people',
          'Record whose account it is under `people: { same: … }` in the charter, or state a shared mailbox under `people: { shared: … }`.',
          ['owners_not_on_roster', ...untied.map(({ key }) => key)],
        ),
        evidence,
        untied.map((one) => accountItem(one, lower(nobody.get(one.key) ?? 'Not on the roster'), read)),
      );
    const unknown = accounts.filter((one) => one.role === null);
    if (unknown.length > 0)
      return because('accounts.owner_addresses.roles_unknown', unknownRoles(unknown, accounts)).cannotRead(
        ROLE_QUESTION,
        evidence,
      );
    if (owners.length === 0)
      return because(
        'accounts.owner_addresses.nobody_owns',
        'The members file marks no one as owner, although Claude always has a Primary Owner.',
      ).cannotRead(ROLE_QUESTION, evidence);
    const mailbox =
      owner && owners.some(isOwn) && looksLikeRole(owner)
        ? ` ${owner} is the account owner that the charter names.`
        : '';
    return because(
      'accounts.owner_addresses.all_on_own_domain',
      `${count(owners.length, 'owner')}, each at ${names(profile.domains)}, none personal or outside: ${labels(owners, 6)}. None is declared shared or looks shared by its address; no file can show whether several people use one of them.${mailbox}`,
      { owners: owners.map(({ key }) => key) },
    ).pass(evidence);
  }),
});

function lower(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** Whether an address looks like that of a role: one of the usual words, or made only of such words and digits. */
function looksLikeRole(email: string): boolean {
  if (looksShared(email) || looksLikeService(email)) return true;
  const words = localPart(email)
    .split(/[-_.\d]+/)
    .filter((word) => word !== '');
  return words.length > 0 && words.every((word) => ROLE_WORDS.has(word) || looksShared(`${word}@x`));
}
// Guide: G2.1-01 GA-01
