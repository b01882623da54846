import type { Verdict } from '#domain/model/verdict.ts';

/** Defaults for verdicts stored before they had codes. */
const BEFORE_CODES: Pick<Verdict, 'code' | 'params' | 'asks'> = { code: '', params: {}, asks: [] };

/** A stored verdict of any version. */
export function verdictOf(body: unknown): Verdict {
  return { ...BEFORE_CODES, ...(body as Verdict) };
}
