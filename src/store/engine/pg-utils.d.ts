/** The part of the driver that translates values for PostgreSQL; its types do not name it. */
declare module 'pg/lib/utils.js' {
  export function prepareValue(value: unknown): string | Buffer | null;
}
