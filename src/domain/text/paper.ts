/** Countries that print on US Letter, by Unicode CLDR (ISO 3166 codes). All others use A4. */
const LETTER = ['US', 'CA', 'MX', 'PR', 'PH', 'CL', 'CO', 'CR', 'DO', 'GT', 'HN', 'NI', 'PA', 'SV', 'VE'];

let letterZones: ReadonlySet<string> | null = null;

/** Time zones of a country (ISO 3166 code); empty if this runtime does not know them. */
export function zonesOfCountry(country: string): readonly string[] {
  // Not in the compiler's library yet.
  const locale: Intl.Locale & { getTimeZones?(): string[] | undefined } = new Intl.Locale('en', {
    region: country,
  });
  return locale.getTimeZones?.() ?? [];
}

/** Paper size of the country of a time zone, which is what shows where a client is. */
export function paperOf(timezone: string): 'a4' | 'letter' {
  letterZones ??= new Set(LETTER.flatMap(zonesOfCountry));
  const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: timezone }).resolvedOptions();
  return letterZones.has(timeZone) ? 'letter' : 'a4';
}
