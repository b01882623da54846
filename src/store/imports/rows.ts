import { inflateSync } from 'node:zlib';

/**
 * Spellings of row keys from before November 2026. Rows are stored deflated, out of reach of migrations. Quotation
 * marks inside values are escaped, so a match is always a key.
 */
const FORMER_KEYS = [
  ['"organisation":', '"organization":'],
  ['"organisationName":', '"organizationName":'],
] as const;

/** Rows of one stored part of an observation. */
export function unpackRows<Row = unknown>(part: Uint8Array): Row[] {
  return parseRows(rowsText(part));
}

/** JSON of one stored part. */
export function rowsText(part: Uint8Array): string {
  let text = inflateSync(part).toString('utf8');
  for (const [former, key] of FORMER_KEYS) text = text.replaceAll(former, key);
  return text;
}

/** Parses the JSON of a part. */
export function parseRows<Row = unknown>(text: string): Row[] {
  const rows: unknown = JSON.parse(text);
  if (!Array.isArray(rows)) throw new Error('a stored part of an observation holds no list');
  return rows as Row[];
}
