import type { TenantRestriction } from '../model/network.ts';

export interface HeaderLine {
  readonly name: string;
  readonly value: string;
}

/**
 * none: no organization is known · too_many: more than Claude accepts · too_long: they do not fit into the headers that
 * Claude reads, at the size that this way allows.
 */
export type NoHeader = { readonly why: 'none' | 'too_many' | 'too_long'; readonly limit: number };

/** Length of an organization's id, and with the comma before the next one. */
const ID = 36;
const ID_AND_COMMA = ID + 1;

/**
 * The header that allows these organizations, with numbered continuations if one value is too short.
 *
 * @param maxValue Maximum characters of one value; null: the way documents none.
 * @param maxTotal Maximum characters of all names and values; null: the way documents none.
 */
export function headerLines(
  restriction: TenantRestriction,
  organizations: readonly string[],
  maxValue: number | null,
  maxTotal: number | null = null,
): readonly HeaderLine[] | NoHeader {
  const lines = linesOf(restriction, organizations, maxValue);
  if ('why' in lines || maxTotal === null || totalOf(lines) <= maxTotal) return lines;
  const ids = [...new Set(organizations.map((id) => id.toLowerCase()))];
  let limit = ids.length - 1;
  for (; limit > 0; limit -= 1) {
    const fewer = linesOf(restriction, ids.slice(0, limit), maxValue);
    if (!('why' in fewer) && totalOf(fewer) <= maxTotal) break;
  }
  return { why: 'too_long', limit };
}

const totalOf = (lines: readonly HeaderLine[]) =>
  lines.reduce((sum, { name, value }) => sum + name.length + value.length, 0);

function linesOf(
  { header, maxHeaders, maxOrganizations }: TenantRestriction,
  organizations: readonly string[],
  maxValue: number | null,
): readonly HeaderLine[] | NoHeader {
  const ids = [...new Set(organizations.map((id) => id.toLowerCase()))];
  if (ids.length === 0) return { why: 'none', limit: 0 };
  if (ids.length > maxOrganizations) return { why: 'too_many', limit: maxOrganizations };
  const one = ids.join(',');
  if (maxValue === null || one.length <= maxValue) return [{ name: header, value: one }];
  const suffix = `;n=${maxHeaders}`.length;
  const first = Math.floor((maxValue - suffix + 1) / ID_AND_COMMA);
  const each = Math.floor((maxValue + 1) / ID_AND_COMMA);
  const max = first + each * (maxHeaders - 1);
  if (first < 1 || ids.length > max) return { why: 'too_long', limit: Math.max(max, 0) };
  const parts = [ids.slice(0, first)];
  for (let at = first; at < ids.length; at += each) parts.push(ids.slice(at, at + each));
  return parts.map((part, at) => ({
    name: at === 0 ? header : `${header}${at}`,
    value: at === 0 ? `${part.join(',')};n=${parts.length}` : part.join(','),
  }));
}

/** Names of the numbered continuations, which clients must not be able to send. */
export function continuations({ header, maxHeaders }: TenantRestriction): readonly string[] {
  return Array.from({ length: maxHeaders - 1 }, (_, at) => `${header}${at + 1}`);
}
