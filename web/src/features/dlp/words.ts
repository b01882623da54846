import { HOOK_REFUSAL_WORDS, ICAP_REFUSAL_WORDS } from '../../../../src/domain/dlp/words.ts';
import { ownValue } from '../../../../src/domain/model/own-value.ts';
import type { client } from '../../api.ts';

/** An unknown reason, from a newer server, is shown as is. */
export const refusalWords = (reason: string) =>
  ownValue(HOOK_REFUSAL_WORDS, reason) ?? ownValue(ICAP_REFUSAL_WORDS, reason) ?? reason;

type Pattern = Awaited<ReturnType<typeof client.dlp.tuning.show>>['patterns'][number];
type Channel = Awaited<ReturnType<typeof client.dlp.try>>['channels'][number];

/** The characters that the rest of a password or key consists of. */
export const BODY_WORDS: Readonly<Record<Pattern['body'], string>> = {
  base62: 'letters and digits',
  digits: 'digits',
  hex: 'lowercase hexadecimal digits',
  hex_any: 'hexadecimal digits',
  lower: 'lowercase letters and digits',
  upper: 'uppercase letters and digits',
  base64: 'letters, digits, + / and =',
  base64url: 'letters, digits, _ - and =',
  dotted: 'letters, digits, _ . - and =',
  word: 'letters, digits and _',
};

export const CHANNEL_WORDS: Readonly<Record<Channel['id'], string>> = {
  inference_hook: 'Inference hook',
  icap: 'Check at the proxy',
  browser: 'Check in the browser, for people who are signed in',
  purview: 'Microsoft Purview',
};

export const STATE_WORDS: Readonly<Record<Channel['state'], string>> = {
  refuses: 'refuses anything it finds.',
  watches: 'watches; anything it finds is recorded and let through.',
  not_set_up: 'not set up.',
  shows: 'shows findings to the person preparing an export; nothing is refused.',
  by_hand: 'upload the package again; Bylaw cannot see the portal.',
};

/** The message after saving a change to the rules. */
export function savedWords(proposed: object | null): string {
  return proposed === null
    ? 'Saved. It takes effect with the next prompt.'
    : 'It waits for approval by someone else. The rules stay as they are until then.';
}

/** The message after saving a change to a guard or to the member list. */
export function guardSavedWords(proposed: object | null, saved: string): string {
  return proposed === null ? saved : 'It waits for approval by someone else. Until then it stays as it is.';
}
