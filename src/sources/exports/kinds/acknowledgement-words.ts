import { inEnglish } from '../words/english.ts';

/** Patterns of the sentence that people agree to, for headings without accents and punctuation. */
const SENTENCES = [
  'acknowledg\\w*',
  'i (?:have )?(?:read|acknowledge|agree|understand|accept|confirm|certify|attest)',
  'read and (?:understood|accept|agree)',
  // French, German, Spanish, Portuguese, Italian, Dutch.
  'j ?(?:ai (?:bien )?lu|accepte|approuve|adhere)|je (?:confirme|reconnais|certifie|declare|m ?engage)|lu et (?:accepte|approuve|compris)',
  'ich (?:habe|bestatige|akzeptiere|erklare|stimme|erkenne)',
  '(?:he|hemos) le ?i?do|acept[oa]|confirmo|declaro|estoy de acuerdo',
  'li e (?:aceito|concordo|compreendi|entendi)|aceito|concordo|estou ciente',
  'ho letto|accetto|confermo|dichiaro',
  'ik (?:heb|bevestig|accepteer|verklaar|ga akkoord)',
];
export const AGREES = new RegExp(`\\b(?:${SENTENCES.join('|')})\\b`);
/** Words for a policy in these languages. */
export const POLICY =
  /\b(?:policy|agreement|politique|charte|reglement|richtlinie|leitlinie|nutzungsrichtlinie|politica|norma|regolamento|beleid)\b/;

const YES =
  /^(?:yes|y|true|x|1|✓|✔|☑|✅|i (?:agree|acknowledge|accept|confirm|understand|have read)\b.*|agree|agreed|acknowledged?|acknowledges|accept(?:ed)?|signed|completed?|done|attested|confirmed|read|read and understood|passed|completed? \(achieved pass grade\)|approved|submitted|finished|ja|oui|yes[,;:] i (?:agree|accept|acknowledge|confirm|have read)\b.*)[.!]?$/i;
const NO =
  /^(?:no|n|false|0|☐|(?:no|non|nein|nee|não)[,;:–—] .*|not .*|un(?:signed|acknowledged|read)|pending|in progress|enrolled|subscribed|registered|incomplete|outstanding|overdue|past due|declined?|refused|rejected|disagree|sent|delivered|viewed|opened|assigned|invited|waiting.*|awaiting.*|expired|void(?:ed)?|cancell?ed|missing|open|to do|none|never|i (?:do not|don['’]t|disagree|decline|refuse|withdraw|revoke)\b.*|(?:withdr(?:aw|ew|awn)|revoked?|rescind(?:ed)?)\b.*)[.!]?$/i;

/** "I have read it but do not agree" starts like a yes, but is not one. "I understand that I must not share" is one. */
const TAKES_BACK =
  /\b(?:(?:not|cannot|never|can['’]?t|don['’]?t|won['’]?t|didn['’]?t|haven['’]?t) (?:(?:yet|fully|really|to) )?(?:agree|accept|acknowledge|consent|confirm|comply|follow|sign|read|understand|understood)|disagree|under protest|only part(?:s|ly)?)\b/i;

/** Answer to "did you acknowledge it"; null: neither yes nor no. */
export function answerIn(text: string): boolean | null {
  const answer = inEnglish(text);
  if (YES.test(answer)) return TAKES_BACK.test(answer) ? null : true;
  return NO.test(answer) ? false : null;
}

/** A policy with its subject and a number after it: "KI-Richtlinie 2", "Politique IA 2". */
const NUMBERED =
  /(?:policy|agreement|\baup|richtlinie|leitlinie|ordnung|vereinbarung|\bpolitique|\bcharte|\br[èe]glement|\bpol[íi]tica|\bnorma|\breglamento|\bacuerdo|beleid|richtlijn|\bregolamento)(?:[ ’'](?:ai|ia|ki|claude|de|d|l|sur|sobre|zur|für|la|le|el|of|on|use|usage|uso|nutzung))* (\d{1,2}(?:\.\d{1,2})*)$/i;

/**
 * Version in a text: "AI policy v1.2", "AI policy 1.2" and "Version 1.2" give 1.2; a bare number is a version, a year
 * is not. Suffixes are included where versions may differ only in them: "v2026-1" is not v2026-2, and "v3b" not v3.
 */
export function versionIn(text: string): string | null {
  const bare = /^\d+(?:\.\d+)*$/.exec(text.trim());
  const named =
    /\b(?:v|ver|version|versi[oó]n|vers[aã]o|versione|versie|rev|revision)\.? ?((?:20\d\d(?:[-/]\d{1,2}){1,2}(?!\d)|\d+(?:\.\d+)*)(?:[a-z](?!\p{L}))?)/iu.exec(
      text,
    );
  const last = NUMBERED.exec(text.trim());
  return bare?.[0] ?? named?.[1] ?? last?.[1] ?? null;
}

/** Whether a text is only a version, such as "2", "v2.1", "Version 3" or "Rev. 2026-09", and so names no document. */
export function isBareVersion(text: string): boolean {
  return /^(?:\p{L}+\.? ?)?v?\d[\d./-]*[a-z]?$/iu.test(text.trim());
}
