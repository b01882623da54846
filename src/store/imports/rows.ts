import { inflateSync } from 'node:zlib';

/**
 * Keys of rows as they were spelled before November 2026. Rows are stored deflated, where no migration reaches them. A
 * quotation mark inside a value is escaped, so what is found here is a key.
 */
const FORMER_KEYS = [
  ['"organisation":', '"organization":'],
  ['"organisationName":', '"organizationName":'],
] as const;

/** The rows of one stored part of an observation. */
export function unpackRows<Row = unknown>(part: Uint8Array): Row[] {
  return parseRows(rowsText(part));
}

/** The JSON of one stored part. */
export function rowsText(part: Uint8Array): string {
  let text = inflateSync(part).toString('utf8');
  for (const [former, key] of FORMER_KEYS) text = text.replaceAll(former, key);
  return text;
}

/** The rows of a part's JSON. */
export function parseRows<Row = unknown>(text: string): Row[] {
  const rows: unknown = JSON.parse(text);
  if (!Array.isArray(rows)) throw new Error('a stored part of an observation holds no list');
  return rows as Row[];
}
