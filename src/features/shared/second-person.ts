import { type ClientPermission, type Grant, permissionsOf } from '#domain/access/permissions.ts';
import { mailboxOf } from '#domain/people/mailbox.ts';
import { grantFrom, TERMINAL, type UserRow } from '#store/identity/users.ts';
import type { Services } from '../context.ts';

/** Facts about people's accounts, read before a decision that needs two people. */
export interface Accounts {
  /** Why this person's approvals are not valid; null: they are. */
  whyUnverified(userId: string): string | null;
  /**
   * Why this person is not a second person beside `hands`, who made, requested or approved the same thing; null: they
   * are. `you` starts the sentence for someone among them: "You proposed this draft".
   */
  whyNotSecond(userId: string, hands: readonly string[], you: string): string | null;
  /** All current and former names of this person, and their address. */
  signaturesOf(userId: string): readonly string[];
  /**
   * Whether an earlier approval is valid now: its person has access, is verified, and still has the permission to give
   * it.
   */
  stillApproves(userId: string, clientId: string, permission: ClientPermission): boolean;
  /** Whether there is anyone who could approve, as a second person, what this one did. */
  hasSecond(userId: string, clientId: string, permission: ClientPermission): boolean;
}

interface Account {
  readonly name: string;
  /** Treats addresses of one mailbox as equal: whoever reads it can verify every account under it. */
  readonly mailbox: string;
  readonly signatures: readonly string[];
  readonly proven: boolean;
  readonly disabled: boolean;
  readonly grants: readonly Grant[];
  /** People who could act as this account, or vouched for it: none of them is a second person beside it. */
  readonly behind: readonly string[];
}

const HOW_PROVEN =
  'nothing shows that this account is yours. Open the link that Bylaw emails to your address (under your account), sign in with a provider that vouches for it, or have an Owner who had no part in this confirm you under Access.';

/** Why an account's statements and decisions are not valid, whatever its role; null: they are. */
export function whyNoWord(user: Pick<UserRow, 'proven_at'> | null): string | null {
  return user !== null && user.proven_at !== null ? null : `What you state does not count yet: ${HOW_PROVEN}`;
}

/** Whether a name or address that something is about is a current or former one of this person. */
export function isNamed(accounts: Accounts, userId: string, about: string): boolean {
  return isAmong(accounts.signaturesOf(userId), about);
}

/** Whether a name, address or id is one of these; addresses of one mailbox are equal. */
export function isAmong(names: readonly string[], about: string): boolean {
  const wanted = about.trim().toLowerCase();
  return (
    wanted !== '' &&
    names.some((one) => one.trim().toLowerCase() === wanted || mailboxOf(one) === mailboxOf(about))
  );
}

/** Reads the accounts. Every rule that needs two people uses this function. */
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
        // Someone at this machine can use any account they like: two such accounts may be one person.
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
  /** Everyone who is behind these accounts, transitively. */
  const withBehind = (ids: readonly string[]): ReadonlySet<string> => {
    const all = new Set(ids);
    for (const id of all) for (const one of accounts.get(id)?.behind ?? []) all.add(one);
    return all;
  };
  const whyUnverified = (userId: string) =>
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
    const unverified = whyUnverified(userId);
    if (unverified !== null) return unverified;
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
    whyUnverified,
    signaturesOf: (userId) => accounts.get(userId)?.signatures ?? [],
    stillApproves,
    hasSecond: (userId, clientId, permission) =>
      [...accounts.keys()].some(
        (one) => stillApproves(one, clientId, permission) && whyNotSecond(one, [userId], '') === null,
      ),
    whyNotSecond,
  };
}
