import { inEnglish } from '../words/english.ts';

const YES =
  /^(?:yes|y|true|x|1|✓|✔|☑|✅|i (?:agree|acknowledge|accept|confirm|understand|have read)\b.*|agree|agreed|acknowledged?|acknowledges|accept(?:ed)?|signed|completed?|done|attested|confirmed|read|read and understood|passed|approved|submitted|finished|ja|oui)[.!]?$/i;
const NO =
  /^(?:no|n|false|0|☐|not .*|un(?:signed|acknowledged|read)|pending|in progress|incomplete|outstanding|overdue|past due|declined?|refused|rejected|disagree|sent|delivered|viewed|opened|assigned|waiting.*|awaiting.*|expired|void(?:ed)?|cancell?ed|missing|open|to do|none|never)[.!]?$/i;

/** What a cell answers to "did you acknowledge it"; null: neither. */
export function answerIn(text: string): boolean | null {
  const answer = inEnglish(text);
  if (YES.test(answer)) return true;
  return NO.test(answer) ? false : null;
}

/** "AI policy v1.2", "AI policy 1.2" and "Version 1.2" are 1.2; a bare number is itself, and a year is none. */
export function versionIn(text: string): string | null {
  const bare = /^\d+(?:\.\d+)*$/.exec(text.trim());
  const named = /\b(?:v|ver|version|rev|revision)\.? ?(\d+(?:\.\d+)*)/i.exec(text);
  const last = /\b(?:policy|agreement|aup) (\d{1,2}(?:\.\d{1,2})*)$/i.exec(text.trim());
  return bare?.[0] ?? named?.[1] ?? last?.[1] ?? null;
}
