import { HOOK_REFUSAL_WORDS, ICAP_REFUSAL_WORDS } from '../../../../src/domain/dlp/words.ts';

/** A reason of a newer server is shown as it is. */
export const refusalWords = (reason: string) =>
  HOOK_REFUSAL_WORDS[reason] ?? ICAP_REFUSAL_WORDS[reason] ?? reason;
