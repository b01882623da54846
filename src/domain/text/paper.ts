/** Countries whose offices print on US Letter, by Unicode CLDR (ISO 3166). Everywhere else it is A4. */
const LETTER = ['US', 'CA', 'MX', 'PR', 'PH', 'CL', 'CO', 'CR', 'DO', 'GT', 'HN', 'NI', 'PA', 'SV', 'VE'];

let letterZones: ReadonlySet<string> | null = null;

/** The time zones of a country (ISO 3166); none where this runtime does not know. */
export function zonesOfCountry(country: string): readonly string[] {
  // The compiler’s library does not know the function yet.
  const locale: Intl.Locale & { getTimeZones?(): string[] | undefined } = new Intl.Locale('en', {
    region: country,
  });
  return locale.getTimeZones?.() ?? [];
}

/** The paper of the country in which a time zone lies, which is the one that says where a client is. */
export function paperOf(timezone: string): 'a4' | 'letter' {
  letterZones ??= new Set(LETTER.flatMap(zonesOfCountry));
  const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions();
  return letterZones.has(timeZone) ? 'letter' : 'a4';
}
