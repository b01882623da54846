import type { z } from 'zod';
import { type Profile, profileSchema } from '#domain/model/profile.ts';
import { unicodeForm } from '#domain/text/unicode-form.ts';
import type { RowProblem, rowSchema } from '../foreign/schemas.ts';
import { badRequest, unprocessable } from '../problems.ts';
import type { offerSchema } from './schemas.ts';

export type NewRow = z.infer<typeof rowSchema>;
export type Offer = z.infer<typeof offerSchema>;

/** An existing client that the person may see. */
export interface KnownClient {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly profile: unknown;
}

export interface CheckedRows {
  readonly problems: readonly RowProblem[];
  readonly offers: readonly Offer[];
  /** Rows that become new clients. */
  readonly fresh: readonly NewRow[];
  /** Rows that update an existing client, with that client. */
  readonly updates: readonly { readonly row: NewRow; readonly client: KnownClient }[];
}

const fold = (text: string) => unicodeForm(text, 'NFKC').trim().toLowerCase().replace(/\s+/g, ' ');

/**
 * Checks across rows: duplicate names and domains, and clients that exist already. An existing client is updated only
 * if the row says so; otherwise an update is offered.
 */
export function checkRows(rows: readonly NewRow[], known: readonly KnownClient[]): CheckedRows {
  const problems: RowProblem[] = [];
  const offers: Offer[] = [];
  const fresh: NewRow[] = [];
  const updates: { row: NewRow; client: KnownClient }[] = [];
  const names = new Map<string, number>();
  const domains = new Map<string, number>();
  const taken = new Map<string, number>();
  const byDomain = new Map(known.flatMap((client) => domainsOf(client.profile).map((one) => [one, client])));
  const byName = new Map(known.map((client) => [fold(client.name), client]));
  for (const [at, row] of rows.entries()) {
    const number = row.row ?? at + 1;
    const before = problems.length;
    const say = (column: string, says: string) => problems.push({ row: number, column, says });
    const first = names.get(fold(row.name));
    if (first !== undefined) say('Name', `“${row.name}” is already in row ${first}.`);
    else names.set(fold(row.name), number);
    for (const domain of new Set(row.domains)) {
      const earlier = domains.get(domain);
      if (earlier !== undefined) say('Domains', `“${domain}” is already in row ${earlier}.`);
      else domains.set(domain, number);
    }
    const there = row.domains.map((domain) => byDomain.get(domain)).find((client) => client !== undefined);
    if (there !== undefined) {
      const claimed = taken.get(there.id);
      if (claimed !== undefined)
        say('Domains', `Row ${claimed} is about ${there.name} already, which has this domain.`);
      taken.set(there.id, number);
    } else if (byName.has(fold(row.name)))
      say(
        'Name',
        `A client with this name already exists, with other domains. Choose it from the list of clients, or give this one another name.`,
      );
    if (problems.length > before) continue;
    if (there === undefined) fresh.push(row);
    else if (row.update === true) updates.push({ row, client: there });
    else
      offers.push({
        row: number,
        client: there.slug,
        name: there.name,
        says: `${there.name} is there already with the domain ${row.domains.find((one) => byDomain.get(one) === there) ?? ''}. It can be updated instead.`,
      });
  }
  return { problems, offers, fresh, updates };
}

function domainsOf(profile: unknown): readonly string[] {
  const parsed = profileSchema.pick({ domains: true }).loose().safeParse(profile);
  return parsed.success ? parsed.data.domains : [];
}

/** Throws the first problem as a sentence with its row and column, and the number of further problems. */
export function refuseProblems({ problems, offers }: Pick<CheckedRows, 'problems' | 'offers'>): void {
  const all = [...problems, ...offers.map(({ row, says }) => ({ row, column: null, says }))];
  const [first] = all;
  if (first === undefined) return;
  const more = all.length - 1;
  throw unprocessable(
    `${rowWords(first)} Nothing was stored.${more === 0 ? '' : ` There ${more === 1 ? 'is 1 more row' : `are ${more} more rows`} to look at.`}`,
  );
}

export function rowWords({ row, column, says }: RowProblem): string {
  const place = [row === null ? null : `Row ${row}`, column === null ? null : `column “${column}”`]
    .filter((part) => part !== null)
    .join(', ');
  return place === '' ? says : `${place}: ${says}`;
}

export function requireSome(clients: readonly unknown[], rows: readonly unknown[]): void {
  if (clients.length + rows.length === 0)
    throw badRequest('Choose at least one client, or provide a table of new ones.');
}

/**
 * The client's profile completed from the row and the baseline's defaults; an existing client's values are not
 * replaced.
 */
export function filledProfile(
  given: Profile,
  row: Partial<Pick<NewRow, 'm365' | 'staffCount'>>,
  defaults: {
    readonly [K in 'swg' | 'siem' | 'deviceManagement' | 'normalHours']?: Profile[K] | undefined;
  } & { readonly addOns?: Profile['addOns'] | undefined },
): Profile {
  const m365 = given.m365 ?? row.m365 ?? undefined;
  const staffCount = given.staffCount ?? row.staffCount ?? undefined;
  const swg = given.swg === undefined ? defaults.swg : given.swg;
  const siem = given.siem === undefined ? defaults.siem : given.siem;
  const deviceManagement =
    given.deviceManagement === undefined ? defaults.deviceManagement : given.deviceManagement;
  const normalHours = given.normalHours ?? defaults.normalHours;
  const addOns = given.addOns.length > 0 ? given.addOns : (defaults.addOns ?? []);
  return {
    ...given,
    addOns,
    ...(m365 === undefined ? {} : { m365 }),
    ...(staffCount === undefined ? {} : { staffCount }),
    ...(swg === undefined ? {} : { swg }),
    ...(siem === undefined ? {} : { siem }),
    ...(deviceManagement === undefined ? {} : { deviceManagement }),
    ...(normalHours === undefined ? {} : { normalHours }),
  };
}
