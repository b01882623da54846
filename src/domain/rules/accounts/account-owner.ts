import { z } from 'zod';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { notBegun } from '../../people/begun.ts';
import { whoHasLeft } from '../../people/departed.ts';
import { namesMailbox } from '../../people/names.ts';
import { MOVED_REMEDY, mayHaveMoved, movedWords } from '../../people/staff.ts';
import { ask } from '../../text/message.ts';
import { absent, because } from '../outcome.ts';
import { placeOf } from './addresses.ts';
import { accountItem, labels, ROLE_QUESTION, readMembers, unknownRoles } from './members.ts';
import { byMembersOf, primaryOwnerSince } from './members-since.ts';
import { PEOPLE_DAYS, rosterInPart } from './people-files.ts';

/** The charter names the account that owns the Claude organization, and the members file shows the same one. */
export const accountOwner = defineRule({
  name: 'account-owner',
  about:
    'The charter names an account owner on one of our domains, and the members file shows that account as Primary Owner. Claude has exactly one.',
  needs: { members: ['role', 'status'] },
  failsFromPart: ['roster'],
  params: z.strictObject({}),
  decide: byMembersOf(primaryOwnerSince, (context) => {
    const { charter, profile } = context;
    const question = ask(
      'charter',
      'accountOwner',
      'State the address that should own the Claude organization under `accountOwner` in the charter.',
    );
    if (!charter.ok) return primaryElsewhere(context) ?? absent(charter).cannotRead(question);
    const owner = charter.value.accountOwner;
    if (!owner) {
      const elsewhere = primaryElsewhere(context);
      if (elsewhere !== null) return elsewhere;
      return because(
        'accounts.account_owner.no_owner_named',
        'The charter does not name the account owner.',
      ).cannotRead(question);
    }
    const stated = charter.cite('accountOwner', `account owner ${owner}`);
    const place = placeOf(owner, profile.domains);
    if (place.kind !== 'own') {
      return because(
        'accounts.account_owner.owner_not_on_own_domain',
        `The charter names ${owner} as account owner: ${place.words}. Anyone who controls that mailbox controls Claude.`,
        { owner },
      ).fail([stated], [{ key: owner, label: owner, detail: place.words, evidence: [stated] }]);
    }
    const members = readMembers(context);
    if (!members.ok) return members.outcome;
    const { accounts, read } = members;
    const primary = accounts.filter((one) => one.role === 'primary_owner');
    const addresses = (one: (typeof accounts)[number]) => context.people().addressesOf(one.row);
    const right = primary.find((one) => one.key === owner || addresses(one).has(owner));
    const evidence = [stated, ...primary.map((one) => read.cite(one.row, 'Primary Owner'))];
    if (primary.length === 0) {
      const unknown = accounts.filter((one) => one.role === null);
      return because(
        'accounts.account_owner.primary_unknown',
        unknown.length > 0
          ? unknownRoles(unknown, accounts)
          : 'The members file marks no one as Primary Owner, although Claude always has exactly one.',
      ).cannotRead(ROLE_QUESTION, [stated, ...read.evidence]);
    }
    if (!right) {
      return because(
        'accounts.account_owner.primary_is_another',
        `The Primary Owner is ${labels(primary)} (${primary.map((one) => one.key).join(', ')}); the charter names ${owner}.`,
        { owner },
      ).fail(
        evidence,
        primary.map((one) => accountItem(one, `Primary Owner, and the charter names ${owner}`, read)),
      );
    }
    // Two addresses may belong to one person; still, whoever controls the other mailbox controls Claude.
    const seat = placeOf(right.key, profile.domains);
    if (seat.kind !== 'own')
      return signsInElsewhere(right, seat.words, { owner }).fail(evidence, [
        accountItem(right, `Primary Owner; ${seat.words}`, read),
      ]);
    if (primary.length > 1) {
      return because(
        'accounts.account_owner.several_primaries',
        `The members file marks ${primary.length} people as Primary Owner: ${labels(primary)}. Claude has exactly one, so the file is not from a single export.`,
      ).cannotRead(ROLE_QUESTION, evidence);
    }
    if (right.active === false) {
      const why = right.invited ? 'has not accepted the invitation' : 'is suspended';
      return because(
        'accounts.account_owner.primary_cannot_act',
        `The Primary Owner ${right.label} ${why}, so no one holds the owner’s rights.`,
      ).fail(evidence, [accountItem(right, `Primary Owner, ${why}`, read)]);
    }
    const gone = context.people().leavers.find(({ key }) => key === right.key);
    if (gone)
      return because(
        'accounts.account_owner.primary_left',
        `The Primary Owner ${right.label} has left: ${gone.words}.`,
      ).fail([...evidence, ...gone.evidence], [accountItem(right, 'Primary Owner, has left', read)]);
    const roster = context.read('roster', PEOPLE_DAYS);
    const left = whoHasLeft(context, roster).find((one) => one.addresses.has(right.key));
    if (left)
      return because(
        'accounts.account_owner.primary_left_by_journal',
        `The Primary Owner ${right.label} has left: ${left.evidence.map(({ says }) => says).join(', ')}.`,
      ).fail([...evidence, ...left.evidence], [accountItem(right, 'Primary Owner, has left', read)]);
    const staff = context.people().matched.find(({ member }) => right.rows.includes(member))?.staff;
    const early = staff === undefined ? null : notBegun(staff, context.today);
    if (roster.ok && staff && early !== null)
      return because(
        'accounts.account_owner.primary_not_begun',
        `The Primary Owner ${right.label} ${early.words}, according to the roster.`,
      ).cannotRead(
        ask(
          'source',
          'roster',
          'Correct the first day or the status on the roster and import it again, or hand over ownership to someone who works here.',
          'primary_begun',
        ),
        [...evidence, roster.cite(staff, early.words)],
      );
    const moved =
      roster.ok && staff ? mayHaveMoved(roster.rows, context.today, charter.value).get(staff) : null;
    if (roster.ok && staff && moved?.joined === false)
      return because(
        'accounts.account_owner.primary_may_have_moved',
        `It is not known whether the Primary Owner ${right.label} still works here. ${movedWords(staff, moved.next)}.`,
      ).cannotRead(MOVED_REMEDY, [...evidence, roster.cite(staff, movedWords(staff, moved.next))]);
    const isMailbox =
      namesMailbox(right.key) ||
      [...context.people().shared, ...context.people().service].some(
        ({ key, certain }) => certain && key === right.key,
      );
    if (!roster.ok && !isMailbox)
      return because(
        'accounts.account_owner.staff_unknown',
        `The Primary Owner is ${right.label} (${right.key}), as the charter says. Whether this person still works here is not known. ${roster.why}`,
        { owner, is: roster.code },
      ).cannotRead(roster.howToGet, evidence);
    const part = staff === undefined && !isMailbox ? rosterInPart(context) : null;
    if (part !== null)
      return {
        ...part,
        reason: `The Primary Owner is ${right.label} (${right.key}), as the charter says. Whether this person still works here is not known. ${part.reason}`,
      };
    return because(
      'accounts.account_owner.owner_as_stated',
      `The Primary Owner is ${right.label} (${right.key}), as the charter says, on our domain ${place.domain}.`,
      { owner },
    ).pass([stated, read.cite(right.row, 'Primary Owner')]);
  }),
});

/**
 * Fails if the Primary Owner is on another domain, since no charter can make that right; null: the members file shows
 * no such account.
 */
function primaryElsewhere(context: CheckContext): Outcome | null {
  const members = readMembers(context);
  if (!members.ok) return null;
  const { accounts, read } = members;
  const [primary, ...more] = accounts.filter((one) => one.role === 'primary_owner');
  if (primary === undefined || more.length > 0) return null;
  const place = placeOf(primary.key, context.profile.domains);
  if (place.kind === 'own') return null;
  return signsInElsewhere(primary, place.words).fail(
    [read.cite(primary.row, 'Primary Owner')],
    [accountItem(primary, `Primary Owner; ${place.words}`, read)],
  );
}

function signsInElsewhere(
  { label, key }: { readonly label: string; readonly key: string },
  words: string,
  params: { readonly owner?: string } = {},
) {
  return because(
    'accounts.account_owner.primary_elsewhere',
    `The Primary Owner ${label} signs in as ${key}: ${words}. Anyone who controls that mailbox controls Claude.`,
    params,
  );
}
// Guide: G2.1-01 G2.2-01 GA-01
