import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { isEmptyReason } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
import { count, names } from '../../text/words.ts';
import { because } from '../outcome.ts';
import {
  accountItem,
  isOwner,
  labels,
  ROLE_QUESTION,
  readMembers,
  roleWords,
  unknownRoles,
} from './members.ts';
import { byMembersOf, rolesSince } from './members-since.ts';

/** Guide 2.2: at most one or two owners. The charter may set another number. */
const OWNERS_BY_THE_GUIDE = 2;

/** Counts everyone with an owner's rights, including the Primary Owner and open invitations. */
export const ownerCount = defineRule({
  name: 'owner-count',
  about:
    'Exactly one Primary Owner and, with it, at most two owners (or the number in the charter; more than two with a reason). Open invitations as Owner count.',
  needs: { members: ['role', 'status'] },
  failsFromPart: ['members'],
  params: z.strictObject({}),
  decide: byMembersOf(rolesSince, (context) => {
    const members = readMembers(context);
    if (!members.ok) return members.outcome;
    const { accounts, read } = members;
    const { charter } = context;
    const stated = charter.ok ? charter.value.maxOwners : undefined;
    const max = stated ?? OWNERS_BY_THE_GUIDE;
    const limit =
      stated === undefined ? `There should be at most ${max}` : `The charter allows at most ${max}`;
    const owners = accounts.filter(isOwner);
    const primary = owners.filter((one) => one.role === 'primary_owner');
    const unknown = accounts.filter((one) => one.role === null);
    const items = owners.map((one) => accountItem(one, roleWords(one), read));
    const evidence = [
      ...read.evidence,
      ...owners.map((one) => read.cite(one.row, roleWords(one))),
      ...(charter.ok && stated !== undefined ? [charter.cite('maxOwners', `at most ${stated} owners`)] : []),
    ];
    const who = names(
      owners.map((one) => `${one.label} (${roleWords(one)})`),
      6,
    );
    // Parts of the lists of two organizations add up to owners that neither of them has.
    if (primary.length > 1 && read.readings.some(({ complete }) => !complete))
      return because(
        'accounts.owner_count.parts_of_several',
        `The members files are not complete and name ${primary.length} people as Primary Owner: ${labels(primary)}. Claude has exactly one, so they may be from several organizations.`,
      ).cannotRead(
        ask(
          'source',
          'members',
          'Export the members again, and keep only the file of this organization.',
          'one_organization',
        ),
        evidence,
      );
    if (owners.length > max) {
      return because(
        'accounts.owner_count.too_many',
        `${owners.length} of ${count(accounts.length, 'account')} have an owner’s rights: ${who}. ${limit}.`,
      ).fail(evidence, items);
    }
    if (primary.length > 1) {
      return because(
        'accounts.owner_count.several_primaries',
        `${primary.length} people are marked as Primary Owner: ${labels(primary)}. Claude has exactly one, so one of the two entries is wrong.`,
      ).fail(evidence, items);
    }
    if (unknown.length > 0)
      return because(
        'accounts.owner_count.roles_unknown',
        `${unknownRoles(unknown, accounts)} So the number of owners is not known.`,
      ).cannotRead(ROLE_QUESTION, evidence);
    if (primary.length === 0)
      return because(
        'accounts.owner_count.no_primary',
        'The members file marks no one as Primary Owner, although Claude always has exactly one. So the file is not the whole list, or spells the role differently.',
      ).cannotRead(ROLE_QUESTION, evidence);
    const given = charter.ok ? charter.value.maxOwnersReason : undefined;
    const why = given === undefined || isEmptyReason(given) ? undefined : given;
    if (owners.length > OWNERS_BY_THE_GUIDE && why === undefined)
      return because(
        'accounts.owner_count.no_reason',
        `${count(owners.length, 'owner')} among ${count(accounts.length, 'account')}: ${who}. ${limit} and gives no reason for more than ${OWNERS_BY_THE_GUIDE}.`,
      ).cannotRead(
        ask(
          'charter',
          'maxOwnersReason',
          'Say under `maxOwnersReason` in the charter why more than two owners are needed.',
        ),
        evidence,
        items,
      );
    const alone =
      owners.length === 1
        ? ' With only one owner, losing that account is a risk that has a control of its own.'
        : '';
    return because(
      'accounts.owner_count.in_range',
      `${count(owners.length, 'owner')} among ${count(accounts.length, 'account')}: ${who}. ${limit}${why === undefined || stated === undefined ? '' : `: ${why.replace(/\.$/, '')}`}.${alone}`,
      { owners: owners.map(({ key }) => key) },
    ).pass(evidence);
  }),
});
// Guide: G1.1-01 G2.2-11
