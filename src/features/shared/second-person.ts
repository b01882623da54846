import { type ClientPermission, type Grant, permissionsOf } from '#domain/access/permissions.ts';
import { mailboxOf } from '#domain/people/mailbox.ts';
import { grantFrom, TERMINAL, type UserRow } from '#store/identity/users.ts';
import type { Services } from '../context.ts';

/** What is known of the accounts of people, read before a decision that needs two of them. */
export interface Accounts {
  /** Why approvals of this person do not count; null where they do. */
  whyUnproven(userId: string): string | null;
  /**
   * Why this person is not a second one beside `hands`, who made, asked for or approved the same thing; null where they
   * are. `you` begins the sentence for someone who is among them: "You proposed this draft".
   */
  whyNotSecond(userId: string, hands: readonly string[], you: string): string | null;
  /** Every name that this person has or had here, and their address. */
  signaturesOf(userId: string): readonly string[];
  /** Whether an approval given earlier counts now: its person is let in, proven, and still holds the right to give it. */
  stillApproves(userId: string, clientId: string, permission: ClientPermission): boolean;
  /** Whether there is anyone who could approve, as a second person, what this one did. */
  hasSecond(userId: string, clientId: string, permission: ClientPermission): boolean;
}

interface Account {
  readonly name: string;
  /** As one address: whoever reads one mailbox proves every account under it. */
  readonly mailbox: string;
  readonly signatures: readonly string[];
  readonly proven: boolean;
  readonly disabled: boolean;
  readonly grants: readonly Grant[];
  /** Who could act as this account, or vouched for it: they are no second person beside it. */
  readonly behind: readonly string[];
}

const HOW_PROVEN =
  'nothing shows that this account is yours. Open the link that Bylaw emails to your address (under your account), sign in with a provider that vouches for it, or have an Owner who had no part in this confirm you under Access.';

/** Why the word of an account counts for nothing, whatever its role; null where it counts. */
export function whyNoWord(user: Pick<UserRow, 'proven_at'> | null): string | null {
  return user !== null && user.proven_at !== null ? null : `What you state does not count yet: ${HOW_PROVEN}`;
}

/** Whether a name or an address that something is about is one that this person has or had. */
export function isNamed(accounts: Accounts, userId: string, about: string): boolean {
  return isAmong(accounts.signaturesOf(userId), about);
}

/** Whether a name, an address or an id is one of these; the addresses of one mailbox are one. */
export function isAmong(names: readonly string[], about: string): boolean {
  const wanted = about.trim().toLowerCase();
  return (
    wanted !== '' &&
    names.some((one) => one.trim().toLowerCase() === wanted || mailboxOf(one) === mailboxOf(about))
  );
}

/** Reads the accounts. The one function that every rule of two people asks. */
export async function accountsOf({ store }: Pick<Services, 'store'>): Promise<Accounts> {
  const { rows, grants } = await store.read('system', async (tx) => ({
    rows: await tx
      .selectFrom('users')
      .select([
        'id',
        'name',
        'email',
        'former_names',
        'proven_at',
        'proven_how',
        'vouched_by',
        'handed_by',
        'disabled_at',
      ])
      .execute(),
    grants: Map.groupBy(
      await tx
        .selectFrom('grants')
        .select(['user_id', 'client_id', 'effect', 'role', 'permission'])
        .execute(),
      ({ user_id }) => user_id,
    ),
  }));
  return accountsFrom(
    new Map(
      rows.map((row) => {
        const proven = row.proven_at !== null;
        const itself = proven && ['mail', 'provider', 'earlier'].includes(row.proven_how ?? '');
        const behind = itself ? [] : [row.handed_by, row.vouched_by];
        // Anyone who sits there opens every account that they like: two such accounts may be one person.
        if (row.proven_how === 'machine') behind.push(TERMINAL);
        return [
          row.id,
          {
            name: row.name,
            mailbox: mailboxOf(row.email),
            signatures: [row.name, row.email, ...row.former_names],
            proven,
            disabled: row.disabled_at !== null,
            grants: (grants.get(row.id) ?? []).map(grantFrom),
            behind: behind.filter((one) => one !== null),
          },
        ];
      }),
    ),
  );
}

export function accountsFrom(accounts: ReadonlyMap<string, Account>): Accounts {
  const nameOf = (id: string) => accounts.get(id)?.name ?? 'Someone';
  /** Everyone who stands behind these accounts, over as many steps as there are. */
  const withBehind = (ids: readonly string[]): ReadonlySet<string> => {
    const all = new Set(ids);
    for (const id of all) for (const one of accounts.get(id)?.behind ?? []) all.add(one);
    return all;
  };
  const whyUnproven = (userId: string) =>
    accounts.get(userId)?.proven === true
      ? null
      : `Your approval does not count yet: ${HOW_PROVEN} If there is only one Owner and neither mail nor a provider is set up, the Owner has to set up one of them first: no one else can vouch for you.`;
  const stillApproves: Accounts['stillApproves'] = (userId, clientId, permission) => {
    const account = accounts.get(userId);
    return (
      account?.proven === true && !account.disabled && permissionsOf(account.grants, clientId).has(permission)
    );
  };
  const whyNotSecond: Accounts['whyNotSecond'] = (userId, hands, you) => {
    if (hands.includes(userId)) return `${you}. Someone else has to decide.`;
    const unproven = whyUnproven(userId);
    if (unproven !== null) return unproven;
    const mailbox = accounts.get(userId)?.mailbox;
    const twin = hands.find((id) => accounts.get(id)?.mailbox === mailbox);
    if (twin !== undefined)
      return `Your account and that of ${nameOf(twin)}, who had a part in this, share one mailbox (${mailbox}), so they count as one person. Someone else has to decide.`;
    const held = withBehind(hands);
    if (held.has(userId)) {
      const whose = hands.find((id) => withBehind([id]).has(userId)) ?? '';
      return `You handed over or confirmed the account of ${nameOf(whose)}, who had a part in this, so you would be approving your own work. Someone else has to decide, or ${nameOf(whose)} has to verify the account without you, with the link emailed to their own address or with a sign-in provider.`;
    }
    const shared = [...withBehind([userId])].find((id) => held.has(id));
    if (shared === TERMINAL)
      return 'Your account and one that had a part in this were both opened at the server’s own terminal, so they may be one person’s. Verify your account under your account, with the link that Bylaw emails to your address or with a sign-in provider, or have someone else decide.';
    return shared === undefined
      ? null
      : `${nameOf(shared)} handed over or confirmed your account and had a part in this. Someone else has to decide, or verify your account without them, under your account: with the link that Bylaw emails to your address, or with a sign-in provider. If neither is set up, an Owner can do so under Settings or Access.`;
  };
  return {
    whyUnproven,
    signaturesOf: (userId) => accounts.get(userId)?.signatures ?? [],
    stillApproves,
    hasSecond: (userId, clientId, permission) =>
      [...accounts.keys()].some(
        (one) => stillApproves(one, clientId, permission) && whyNotSecond(one, [userId], '') === null,
      ),
    whyNotSecond,
  };
}
