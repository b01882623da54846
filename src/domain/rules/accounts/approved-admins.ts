import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, names } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { type CustomRoles, customRoles, holdersOf, holdersOfUnknown } from './custom-roles.ts';
import {
  type Account,
  accountItem,
  every,
  isOwner,
  labels,
  ROLE_QUESTION,
  readMembers,
  roleWords,
  unknownRoles,
} from './members.ts';
import { adminsSince, byMembersOf } from './members-since.ts';
import { raisedUnapproved } from './raised-since.ts';

/** Every Owner and Admin in the members file is in the charter with at least that role. */
export const approvedAdmins = defineRule({
  name: 'approved-admins',
  about:
    'Every Owner and Admin, invited ones included, and everyone with a custom role that manages the organization, is named in the charter under owners or admins. If the roles were not read, it is not known what a custom role may do.',
  needs: { members: ['role', 'status'] },
  failsFromPart: ['members', 'claude_roles', 'claude_groups'],
  params: z.strictObject({}),
  decide: byMembersOf(
    adminsSince,
    (context) => {
      const members = readMembers(context);
      if (!members.ok) return members.outcome;
      const { accounts, read } = members;
      const { charter } = context;
      const question = ask(
        'charter',
        'owners',
        'List who may be Owner under `owners` and who may be Admin under `admins` in the charter; an empty list is a valid answer.',
      );
      if (!charter.ok) return absent(charter).cannotRead(question, read.evidence);
      const { accountOwner: owner, owners, admins } = charter.value;
      const approvedOwners =
        owners === undefined ? undefined : new Set([...owners, ...(owner ? [owner] : [])]);
      const approvedAdmins =
        admins === undefined ? undefined : new Set([...admins, ...(owners ?? []), ...(owner ? [owner] : [])]);
      const inside = (one: Account, list: ReadonlySet<string>) =>
        list.has(one.key) || [...context.people().addressesOf(one.row)].some((text) => list.has(text));
      const holdsOwner = accounts.filter(isOwner);
      const holdsAdmin = accounts.filter((one) => one.role === 'admin');
      const custom = accounts.filter((one) => one.role === 'custom');
      const own = customRoles(context);
      const unlisted = own === null ? [] : custom.filter((one) => !holdsListed(one, own));
      const administering = own?.roles.filter(({ administers }) => administers === true) ?? [];
      const isUnapproved = (email: string) =>
        approvedAdmins &&
        !approvedAdmins.has(email) &&
        !accounts.some(
          (one) => one.key === email && (isOwner(one) || one.role === 'admin' || inside(one, approvedAdmins)),
        );
      const throughRole = holdersOf(context, administering).filter(({ email }) => isUnapproved(email));
      const strangers = [
        ...holdsOwner
          .filter((one) => approvedOwners && !inside(one, approvedOwners))
          .map((one) =>
            stranger(
              accountItem(
                one,
                admins?.includes(one.key)
                  ? `${roleWords(one)}; the charter approves Admin only`
                  : `${roleWords(one)}; not approved as owner`,
                read,
              ),
              roleWords(one),
            ),
          ),
        ...holdsAdmin
          .filter((one) => approvedAdmins && !inside(one, approvedAdmins))
          .map((one) => stranger(accountItem(one, `${roleWords(one)}; not approved`, read), roleWords(one))),
        ...throughRole.map(({ email, role, group, evidence: cited }) => ({
          key: email,
          label: accounts.find(({ key }) => key === email)?.label ?? email,
          what: `custom role ${role.label}, which manages the organization`,
          detail: `custom role ${role.label}, which manages the organization; not approved (through the group ${group})`,
          evidence: [cited, ...(own === null ? [] : [own.cite(role.row, `custom role ${role.label}`)])],
        })),
      ];
      const checked = [...holdsOwner, ...holdsAdmin];
      const evidence = [
        ...read.evidence,
        ...checked.map((one) => read.cite(one.row, roleWords(one))),
        ...(owners ? [charter.cite('owners', count(owners.length, 'approved owner'))] : []),
        ...(admins ? [charter.cite('admins', count(admins.length, 'approved admin'))] : []),
      ];
      if (strangers.length > 0)
        return because(
          'accounts.approved_admins.not_approved',
          `The charter does not approve ${strangers.length} of ${count(checked.length + throughRole.length, 'Owner or Admin', 'Owners and Admins')}: ${names(strangers.map((item) => `${item.label} (${item.what})`))}.`,
        ).fail(evidence, strangers);
      const unknown = accounts.filter((one) => one.role === null);
      if (unknown.length > 0)
        return because('accounts.approved_admins.roles_unknown', unknownRoles(unknown, accounts)).cannotRead(
          ROLE_QUESTION,
          evidence,
        );
      if (holdsOwner.length > 0 && !approvedOwners)
        return because(
          'accounts.approved_admins.owners_not_stated',
          `The charter does not say who may be Owner; ${labels(holdsOwner)} ${holdsOwner.length === 1 ? 'is' : 'are'}.`,
        ).cannotRead(question, evidence);
      if (holdsAdmin.length > 0 && !approvedAdmins)
        return because(
          'accounts.approved_admins.admins_not_stated',
          `The charter does not say who may be Admin; ${labels(holdsAdmin)} ${holdsAdmin.length === 1 ? 'is' : 'are'}.`,
        ).cannotRead(question, evidence);
      if (checked.length === 0)
        return because(
          'accounts.approved_admins.nobody_administers',
          'The members file marks no one as Owner or Admin, although Claude always has a Primary Owner.',
        ).cannotRead(ROLE_QUESTION, evidence);
      // Someone holds a custom role, so an empty list of roles is incomplete.
      const harmless =
        own !== null && own.roles.length > 0 && own.roles.every(({ administers }) => administers === false);
      if (custom.length > 0 && !harmless) {
        const open = own?.roles.filter(({ administers }) => administers !== false) ?? [];
        return because(
          'accounts.approved_admins.custom_roles_unseen',
          own === null
            ? `${count(custom.length, 'person holds', 'people hold')} a custom role (${labels(custom)}). Such a role can carry administration rights, which the members file does not show.`
            : open.length === 0
              ? `${count(custom.length, 'person holds', 'people hold')} a custom role (${labels(custom)}), and the list of custom roles holds none.`
              : `${count(custom.length, 'person holds', 'people hold')} a custom role (${labels(custom)}), and ${labels(open)} ${open.length === 1 ? 'carries' : 'carry'} rights that manage the organization or that are not known. No list shows who holds a role directly, without a group.`,
        ).cannotRead(
          ask(
            'look',
            'custom_roles',
            'Open each custom role in Organization settings and look for administration areas (Can manage), and record what you see.',
          ),
          [...evidence, ...(own?.evidence ?? [])],
        );
      }
      if (own !== null && unlisted.length > 0)
        return because(
          'accounts.approved_admins.custom_roles_not_listed',
          `${count(unlisted.length, 'person holds', 'people hold')} a custom role that is not in the list of custom roles: ${names(unlisted.map(({ label, rows }) => `${label} (${rows.find(({ role }) => role === 'custom')?.roleText ?? 'custom role'})`))}. What it may do is not known.`,
        ).cannotRead(ROLES_AGAIN, [...evidence, ...own.evidence]);
      const throughUnknown = holdersOfUnknown(context, own).filter(isUnapproved);
      if (throughUnknown.length > 0) {
        const label = (email: string) => accounts.find(({ key }) => key === email)?.label ?? email;
        return because(
          'accounts.approved_admins.group_roles_unknown',
          `${count(throughUnknown.length, 'person holds', 'people hold')} a role through a group whose rights are not known: ${names(throughUnknown.map(label))}. ${own === null ? 'No current list of custom roles was given.' : 'The list of custom roles does not include it, or not everything it allows.'}`,
        ).cannotRead(ROLES_AGAIN, [...evidence, ...(own?.evidence ?? [])]);
      }
      return because(
        'accounts.approved_admins.all_approved',
        `${every(checked.length, 'Owner or Admin', 'Owners and Admins', ['is', 'are'])} named in the charter: ${labels(checked, 6)}. ${count(accounts.length, 'account')} checked.${custom.length > 0 ? ' No custom role manages the organization.' : ''}`,
      ).pass([...evidence, ...(custom.length > 0 ? (own?.evidence ?? []) : [])]);
    },
    raisedUnapproved,
  ),
});

const ROLES_AGAIN = ask(
  'source',
  'claude_roles',
  'Save the custom roles of the organization again, every page.',
  'every_page',
);

/**
 * Whether each custom role that a members file gives for a person, as in "Custom: Ops lead", is in the list of roles.
 */
function holdsListed({ rows }: Account, { roles }: CustomRoles): boolean {
  const listed = new Set(roles.map(({ label }) => plain(label)));
  return rows.every(({ role, roleText }) => {
    const text = plain(roleText ?? '');
    const name = /^custom\b/.test(text) ? text.replace(/^custom(?: roles?)?\b ?/, '') : '';
    return role !== 'custom' || name === '' || listed.has(name) || listed.has(text);
  });
}

/** Only the letters and digits of a name, in lower case. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Adds to an item what the person is, separate from what is wrong. */
function stranger(item: Item, what: string): Item {
  return { ...item, what };
}
// Guide: G1.1-01 G2.2-10
