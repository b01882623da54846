import type { Paper } from '../formats.ts';

/** Countries whose offices print on US Letter, by Unicode CLDR (ISO 3166). Everywhere else it is A4. */
const LETTER = ['US', 'CA', 'MX', 'PR', 'PH', 'CL', 'CO', 'CR', 'DO', 'GT', 'HN', 'NI', 'PA', 'SV', 'VE'];

let letterZones: ReadonlySet<string> | null = null;

/** The time zones of a country; the compiler’s library does not know the function yet. */
const zonesOf = (locale: Intl.Locale & { getTimeZones?(): string[] | undefined }): string[] =>
  locale.getTimeZones?.() ?? [];

/** The paper of the country in which a time zone lies, which is the one that says where a client is. */
export function paperOf(timezone: string): Paper {
  letterZones ??= new Set(LETTER.flatMap((country) => zonesOf(new Intl.Locale('en', { region: country }))));
  const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions();
  return letterZones.has(timeZone) ? 'us-letter' : 'a4';
}

/** The same as it is stored with a report or schedule. */
export function storedPaper(timezone: string): 'a4' | 'letter' {
  return paperOf(timezone) === 'us-letter' ? 'letter' : 'a4';
}
