import type { Control } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';
import type { Evidence } from '../model/reading.ts';
import type { CheckContext } from '../model/rule.ts';
import type { Item, Verdict } from '../model/verdict.ts';
import { type Account, accountKey, isOwner, readMembers, roleWords } from '../rules/accounts/members.ts';
import { dayWords } from '../text/words.ts';
import type { Causes } from './cause.ts';
import { restoreByProof } from './restore.ts';
import { addDeviation, type SettingsOut } from './settings-drift.ts';

export interface RolesInput {
  /** Context of the control that compares Owners and Admins with the charter. */
  readonly context: CheckContext;
  readonly charter: Charter;
  readonly control: Control;
  /** Current verdict of that control. */
  readonly verdict: Verdict;
  readonly causes: Causes;
}

/** States in which the control has compared everyone with a known role. */
const COMPARED: readonly Verdict['state'][] = ['pass', 'fail', 'accepted', 'pending', 'cannot_read'];

/**
 * Compares Owners and Admins with those whom the charter approves. The control finds them; here each one becomes a
 * deviation.
 */
export function compareRoles(
  { context, charter, control, verdict, causes }: RolesInput,
  out: SettingsOut,
): void {
  const { owners, admins } = charter;
  if (owners === undefined && admins === undefined) return;
  if (!COMPARED.includes(verdict.state)) return;
  const members = readMembers(context);
  if (!members.ok) {
    const { reason, ask } = members.outcome;
    out.unread.push({
      key: 'setting/roles',
      label: 'Owners and Admins',
      why: reason,
      question: ask?.text ?? '',
    });
    return;
  }
  const { accounts, read } = members;
  removedAccounts(context, accounts, read.evidence, out);
  const found = verdict.state === 'cannot_read' || verdict.state === 'pass' ? [] : verdict.items;
  for (const account of accounts) {
    const key = keyOf(account.key);
    const item = found.find((one) => one.key === account.key);
    if (item === undefined) {
      const holds = isOwner(account) || account.role === 'admin';
      const stated = isOwner(account) ? owners : admins;
      if (account.role === null || account.role === 'custom' || (holds && stated === undefined)) continue;
      if (holds) out.same += 1;
      out.status.set(key, {
        how: 'conforms',
        words: `${account.label} ${holdsWords(account)}${holds ? ', as the charter approves' : ''}.`,
        evidence: read.cite(account.row, roleWords(account)),
        at: null,
      });
    }
  }
  for (const item of found) {
    const account = accounts.find(({ key }) => key === item.key);
    const owner = account !== undefined && isOwner(account);
    const list = owner ? 'owners' : 'admins';
    addDeviation(out, {
      key: keyOf(item.key),
      subject: 'setting',
      system: 'Owners and Admins',
      label: `Role of ${item.label}`,
      direction: 'wider',
      urgency: owner ? 'urgent' : 'soon',
      words: `${item.label} (${item.key}) ${
        account !== undefined && (owner || account.role === 'admin')
          ? holdsWords(account)
          : `has the ${item.what ?? item.detail}`
      }, but the charter does not approve it.`,
      effect: null,
      charter: charter[list]?.includes(item.key) ? 'Admin only' : 'Not approved',
      observed: account === undefined ? 'Custom role that manages the organization' : roleWords(account),
      state: null,
      wanted: null,
      width: owner ? 2 : 1,
      on: observedOn(item, context),
      notCovered: false,
      evidence: item.evidence,
      cause: causes.ofEvents(
        ({ type, detail }) =>
          /role_(updated|changed)$/.test(type) && String(detail.user_email ?? '').toLowerCase() === item.key,
      ),
      invariant: null,
      listed: [{ control: control.id, keys: [item.key], states: {} }],
      restore: restoreByProof(
        control,
        `Give ${item.label} the role User, or remove the account.`,
        'To prove it: export the members again and import the file.',
      ),
      row: null,
      amend: { kind: 'part', part: list, value: [...(charter[list] ?? []), item.key] },
    });
  }
}

/**
 * An account in an earlier members file that is missing from the newest no longer holds a role, and the newest file is
 * the evidence. It proves nothing if it may be incomplete: it has no owner, or an account without a readable address.
 */
function removedAccounts(
  context: CheckContext,
  accounts: readonly Account[],
  [evidence]: readonly Evidence[],
  out: SettingsOut,
): void {
  const whole = accounts.some(isOwner) && accounts.every(({ key }) => key.includes('@'));
  if (evidence === undefined || !whole) return;
  const listed = new Set(accounts.map(({ key }) => key));
  for (const row of context.history('members').flatMap(({ rows }) => rows)) {
    const email = accountKey(row);
    if (listed.has(email)) continue;
    out.status.set(keyOf(email), {
      how: 'conforms',
      words: `${row.name || email} no longer has an account, according to the members file of ${dayWords(evidence.observedOn)}.`,
      evidence,
      at: null,
    });
  }
}

/** Describes an account's role for the rest of a sentence: "is an Admin", "is invited as an Owner". */
function holdsWords({ role, invited }: Account): string {
  if (role === null || role === 'custom')
    return role === null ? 'has a role that is not known' : 'has a custom role';
  return `${invited ? 'is invited as' : 'is'} ${ROLE_PHRASES[role]}`;
}

const ROLE_PHRASES = {
  primary_owner: 'the Primary Owner',
  owner: 'an Owner',
  admin: 'an Admin',
  user: 'a User',
} as const;

function keyOf(email: string): string {
  return `setting/role/${email}`;
}

function observedOn({ evidence }: Item, { today }: CheckContext): string {
  return evidence[0]?.observedOn ?? today;
}
// Guide: G2.2-10
