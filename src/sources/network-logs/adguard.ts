import { isObject } from '../exports/kinds/json-values.ts';

/** AdGuard Home's reasons for a query that is rewritten and not refused: safe search. */
const REWRITTEN = new Set<unknown>([7, 'FilteredSafeSearch']);

/**
 * Maps a query of AdGuard Home, from its file `querylog.json` with abbreviated keys or from its API, to the field names
 * used for logs. Anything else is returned unchanged.
 */
export function ofAdguard(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { T, QH, IP, CID, Result } = value;
  if (typeof T === 'string' && typeof QH === 'string' && typeof IP === 'string') {
    const { IsFiltered, Reason } = isObject(Result) ? Result : {};
    return named(T, QH, CID, IP, IsFiltered === true && !REWRITTEN.has(Reason));
  }
  const { time, question, client, client_id: id, reason } = value;
  if (isObject(question) && typeof question.name === 'string' && typeof reason === 'string')
    return named(time, question.name, id, client, reason.startsWith('Filtered') && !REWRITTEN.has(reason));
  return value;
}

const named = (time: unknown, host: string, id: unknown, client: unknown, refused: boolean) => ({
  timestamp: time,
  queryname: host,
  clientip: typeof id === 'string' && id !== '' ? id : client,
  action: refused ? 'blocked' : 'allowed',
});
