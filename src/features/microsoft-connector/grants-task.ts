import { contextFor } from '#domain/decide/context.ts';
import { CONNECTOR_APPS } from '#domain/rules/microsoft/apps.ts';
import { caInput } from '#domain/rules/microsoft/ca-inputs.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    connectorGrantsOf: typeof connectorGrantsOf;
  }
}

/** Age in days up to which applications and grants are current. */
const FRESH_DAYS = 30;

/** One person's consents for the Microsoft 365 connector in the newest reading. */
export interface PersonGrants {
  /** Object ids of the people that match the text; exactly one if it is unambiguous. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly grants: readonly {
    /** null if the reading does not say. */
    readonly id: string | null;
    readonly scopes: readonly string[];
  }[];
  /** Whether an administrator consented for everyone, which includes this person. */
  readonly forEveryone: boolean;
  /** SHA-256 of the grant files that the facts rest on, in order. */
  readonly files: readonly string[];
}

/** @param params `person` is an address, a name or an object id. */
export function connectorGrantsOf(
  { shared }: TaskInput,
  { person }: { readonly person: string },
): PersonGrants | { readonly why: string } {
  const control = shared.input.catalogue.controls.find(({ id }) => id === 'CLA-M365-04');
  if (control === undefined) return { why: 'The catalogue has no control of Claude’s applications.' };
  const context = contextFor(shared, control, FRESH_DAYS);
  const principals = context.read('service_principals');
  if (!principals.ok) return { why: `${principals.why} ${principals.howToGet.text}`.trim() };
  const grants = context.read('permission_grants');
  if (!grants.ok) return { why: `${grants.why} ${grants.howToGet.text}`.trim() };
  const { directory } = caInput(context, []);
  const people = [...new Set(directory.userIds(person))].map((id) => ({ id, name: directory.label(id) }));
  const apps = new Set(
    principals.rows
      .filter(({ appId }) => CONNECTOR_APPS.some((one) => one.appId === appId.trim().toLowerCase()))
      .flatMap(({ id }) => id?.toLowerCase() ?? []),
  );
  const ours = grants.rows.filter(({ clientId }) => apps.has(clientId.toLowerCase()));
  return {
    people,
    grants: ours
      .filter(
        ({ consentType, principalId }) =>
          consentType !== 'AllPrincipals' &&
          people.some(({ id }) => id.toLowerCase() === principalId?.toLowerCase()),
      )
      .map(({ id, scopes }) => ({ id, scopes })),
    forEveryone: ours.some(({ consentType }) => consentType === 'AllPrincipals'),
    files: grants.readings.map(({ sha256 }) => sha256).sort(),
  };
}
// Guide: G7.2-07
