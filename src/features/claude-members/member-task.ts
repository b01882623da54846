import { contextFor } from '#domain/decide/context.ts';
import { DEFAULT_FRESH_DAYS } from '#domain/decide/fresh-days.ts';
import { personOf } from '#domain/journeys/people/person.ts';
import type { ClaudeRole } from '#domain/model/kinds.ts';
import { address } from '#domain/people/names.ts';
import { staffOn } from '#domain/people/staff.ts';
import { readSetting } from '#domain/rules/accounts/settings.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    claudeMember: typeof claudeMember;
  }
}

/** What the newest list of members shows of one person, and whether the roster lists them. */
export interface MemberFacts {
  /** Every address that is known to be the person's, in lower case. */
  readonly addresses: readonly string[];
  /** The person's accounts and invitations, each by its address. */
  readonly accounts: readonly {
    readonly address: string;
    readonly name: string | null;
    readonly role: ClaudeRole | null;
    readonly roleText: string | null;
    readonly seat: string | null;
    /** null: the list does not say. */
    readonly status: 'active' | 'invited' | 'suspended' | null;
  }[];
  /** Which of the addresses that were asked for the list holds. */
  readonly listed: readonly string[];
  /** false: the list tells of no invitations, so that it shows none to be gone. */
  readonly invitations: boolean;
  /** null: the roster does not say, or none was read. */
  readonly worksHere: boolean | null;
  /** People come and go by directory sync, which refuses to have members removed at Claude. */
  readonly synced: boolean;
  readonly observedOn: string;
  /** SHA-256 of the files that it rests on, in order. */
  readonly files: readonly string[];
}

/**
 * @param person address of the person
 * @param addresses addresses of accounts and invitations that are looked for
 */
export function claudeMember(
  { shared }: TaskInput,
  { person, addresses }: { readonly person: string; readonly addresses: readonly string[] },
): MemberFacts | { readonly why: string } {
  const control = shared.input.catalogue.controls.find(({ id }) => id === 'CLA-ACC-07');
  if (control === undefined) return { why: 'The catalogue has no control of seats of people who left.' };
  const context = contextFor(shared, control, DEFAULT_FRESH_DAYS);
  const members = context.read('members');
  if (!members.ok) return { why: `${members.why} ${members.howToGet.text}`.trim() };
  const { addresses: own, accounts, staff } = personOf(context, address(person), person);
  const works = staffOn(staff, context.today);
  const said = staff.map(works);
  const mode = readSetting(context, 'sso_provisioning_mode', 'how people are provisioned');
  const all = new Set(members.rows.map(({ email }) => address(email)));
  return {
    addresses: [...own],
    accounts: accounts
      .map(({ email, name, role, roleText, seat, status }) => ({
        address: address(email),
        name,
        role,
        roleText,
        seat,
        status,
      }))
      .sort((a, b) => (a.address < b.address ? -1 : 1)),
    listed: addresses.filter((one) => all.has(address(one))),
    invitations: members.rows.every((row) => row.invitations !== 'not_told'),
    worksHere: said.includes(true)
      ? true
      : said.length > 0 && said.every((one) => one === false)
        ? false
        : null,
    synced: mode.ok && typeof mode.value === 'string' && mode.value.startsWith('scim'),
    observedOn: members.observedOn,
    files: members.readings.map(({ sha256 }) => sha256).sort(),
  };
}
// Guide: G6.6-03
