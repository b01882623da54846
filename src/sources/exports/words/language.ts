/** What one language calls the headings and values that the importers know in English. Spellings are parted by commas. */
export interface Language {
  readonly id: 'de' | 'fr' | 'es' | 'nl' | 'pt' | 'it' | 'ja';
  readonly name: string;
  readonly headings: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
}
