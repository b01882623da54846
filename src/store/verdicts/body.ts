import type { Verdict } from '#domain/model/verdict.ts';

/** What a verdict lacks that was stored while its sentence was all that told it from others. */
const BEFORE_CODES: Pick<Verdict, 'code' | 'params' | 'asks'> = { code: '', params: {}, asks: [] };

/** A verdict as it was stored, of whatever day. */
export function verdictOf(body: unknown): Verdict {
  return { ...BEFORE_CODES, ...(body as Verdict) };
}
