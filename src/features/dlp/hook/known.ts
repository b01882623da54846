import { CHECK_MODES, CHECK_VERDICTS } from '#domain/dlp/decision.ts';
import type { Journal } from '#domain/model/journal.ts';
import { localTime } from '#domain/model/local-time.ts';
import { checkCounts } from '#store/dlp/checks.ts';
import { findHook } from '#store/dlp/hooks.ts';
import type { Tx } from '#store/open.ts';
import { INFERENCE_HOOK } from './activity.ts';

type Known = NonNullable<Journal['inferenceHook']>;

/** The hook of a client as decisions see it, with real prompts only; null: none is configured. */
export async function hookKnown(tx: Tx, clientId: string, zone: string): Promise<Known | null> {
  const hook = await findHook(tx, clientId);
  if (hook === null || hook.secret_sealed === null) return null;
  const counts = await checkCounts(tx, clientId, INFERENCE_HOOK, new Date(0));
  const decided = counts.flatMap(({ verdict, last }): Known['decided'] => {
    const known = CHECK_VERDICTS.find((one) => one === verdict);
    const on = localTime(last.toISOString(), zone)?.day ?? last.toISOString().slice(0, 10);
    return known === undefined || known === 'tested' ? [] : [{ verdict: known, on }];
  });
  return {
    mode: CHECK_MODES.find((mode) => mode === hook.mode) ?? 'watch',
    decided: decided.toSorted((a, b) => (a.on < b.on ? 1 : -1)),
  };
}
