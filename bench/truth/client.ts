import type { Statement, TruthCase } from './model.ts';

export const AS_OF = '2026-11-24';
export const DOMAIN = 'teasel.example.org';
/** Application ids of the vendor's Microsoft 365 connector, and of the client's own application for sign-in. */
export const CONNECTOR_CLIENT = '08ad6f98-a4f8-4635-bb8d-f1a3044760f0';
export const CONNECTOR_SERVER = '07c030f6-5743-41b7-ba00-0a6e85f37c17';
export const SIGN_IN_APP = '5ea5e100-2222-4333-8444-0123456789ab';
export const EMERGENCY_GROUP = '5ea5e100-0000-4000-8000-000000009001';
export const BUSINESS_PREMIUM = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: 'Primary Owner' | 'Owner' | 'Admin' | 'User';
  readonly department: string;
}

const FIRST =
  'Adele Bruno Carla Dimitri Elena Farid Gwen Henrik Isolde Jonas Katia Lukas Mirela Nils Olive Pavel Quinn Rosa Stefan Thea Umberto Vera Walter Xenia Yusuf Zelda Amira Bertil Cecile Dario'.split(
    ' ',
  );
const LAST =
  'Abbott Brenner Corelli Dufour Esposito Fischer Gallardo Hansen Ibarra Jansen Kowalczyk Laurent Meyer Novak Okafor Pereira Quiroga Rossi Schubert Tanaka Ulrich Vasseur Weber Xavier Ybarra Ziegler Aldana Bouchard Castro Delacroix'.split(
    ' ',
  );

/** Generates staff; the first three are the Primary Owner, an Owner and an Admin. */
export function staff(count: number, domain = DOMAIN): Person[] {
  return Array.from({ length: count }, (_, n) => {
    const first = FIRST[n % FIRST.length] ?? '';
    const last = LAST[(n + 7 * Math.floor(n / FIRST.length)) % LAST.length] ?? '';
    const round = Math.floor(n / (FIRST.length * LAST.length));
    const name = `${first} ${last}${round > 0 ? ` ${round + 1}` : ''}`;
    return {
      id: `5ea5e100-0000-4000-8000-${String(n + 1).padStart(12, '0')}`,
      name,
      email: `${name.toLowerCase().replaceAll(' ', '.')}@${domain}`,
      role: (['Primary Owner', 'Owner', 'Admin'] as const)[n] ?? 'User',
      department: ['Membership', 'Events', 'Finance', 'Policy'][n % 4] ?? '',
    };
  });
}

export function profile(more: object = {}): object {
  return {
    name: 'Teasel Guild',
    domains: [DOMAIN],
    claudePlan: 'team',
    claudeSeats: 60,
    m365: 'business_premium',
    addOns: [],
    swg: 'none',
    siem: 'none',
    staffCount: 20,
    timezone: 'America/New_York',
    holidays: [],
    normalHours: { start: '07:00', end: '19:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'] },
    asOf: AS_OF,
    ...more,
  };
}

export function makeCase(
  area: string,
  name: string,
  files: Readonly<Record<string, string | Uint8Array>>,
  statements: readonly Statement[],
  {
    profile: about = profile(),
    asOf = AS_OF,
    saved = {},
  }: { profile?: object; asOf?: string; saved?: Record<string, string> } = {},
): TruthCase {
  return { area, name: `${area}/${name}`, files, profile: about, asOf, statements, saved };
}

/** Creates cases of an area from a name, then files, statements, and differences from the usual client. */
export const clientsOf =
  (area: string) =>
  (name: string) =>
  (
    files: Readonly<Record<string, string | Uint8Array>>,
    statements: readonly Statement[],
    more?: Parameters<typeof makeCase>[4],
  ): TruthCase =>
    makeCase(area, name, files, statements, more);
