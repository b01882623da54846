/** The driver's conversion of values for PostgreSQL, which its types lack. */
declare module 'pg/lib/utils.js' {
  export function prepareValue(value: unknown): string | Buffer | null;
}
