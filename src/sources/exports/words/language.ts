/**
 * Words of a language for the headings and values that importers know in English. Spellings are separated by commas.
 */
export interface Language {
  readonly id: 'de' | 'fr' | 'es' | 'nl' | 'pt' | 'it' | 'ja';
  readonly name: string;
  readonly headings: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
}
