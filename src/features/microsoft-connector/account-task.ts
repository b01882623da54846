import { contextFor } from '#domain/decide/context.ts';
import { caInput } from '#domain/rules/microsoft/ca-inputs.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    entraAccount: typeof entraAccount;
  }
}

/** Age in days up to which a reading of the directory's users is current. */
const FRESH_DAYS = 30;

export interface AccountFacts {
  /** Accounts that match the text; exactly one if it is unambiguous. */
  readonly accounts: readonly {
    readonly id: string;
    readonly name: string;
    /** null if the reading does not say. */
    readonly enabled: boolean | null;
    /** Sessions from before this instant are not valid; null if the reading does not say. */
    readonly sessionsValidFrom: string | null;
    /** Whether it is an emergency access account of the charter. */
    readonly emergency: boolean;
  }[];
  /** SHA-256 of the user files that the facts rest on, in order. */
  readonly files: readonly string[];
}

/**
 * What the newest reading of the directory's users says about one person's account.
 *
 * @param params `person` is an address, a name or an object id.
 */
export function entraAccount(
  { shared }: TaskInput,
  { person }: { readonly person: string },
): AccountFacts | { readonly why: string } {
  const control = shared.input.catalogue.controls.find(({ id }) => id === 'CLA-M365-17');
  if (control === undefined) return { why: 'The catalogue has no control of accounts of people who left.' };
  const context = contextFor(shared, control, FRESH_DAYS);
  const users = context.read('entra_users');
  if (!users.ok) return { why: `${users.why} ${users.howToGet.text}`.trim() };
  const { directory } = caInput(context, []);
  const charter = context.charter.ok ? (context.charter.value.entra?.emergencyAccess?.users ?? []) : [];
  const emergency = new Set(
    charter.flatMap((text) => [text.trim().toLowerCase(), ...directory.userIds(text)]),
  );
  return {
    accounts: [...new Set(directory.userIds(person))].map((id) => ({
      id,
      name: directory.label(id),
      enabled: directory.user(id)?.enabled ?? null,
      sessionsValidFrom: directory.user(id)?.sessionsValidFrom ?? null,
      emergency: emergency.has(id),
    })),
    files: users.readings.map(({ sha256 }) => sha256).sort(),
  };
}
// Guide: G6.6-01
