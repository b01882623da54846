import type { Language } from '#domain/policy/languages.ts';
import en from './en.json' with { type: 'json' };
import es from './es.json' with { type: 'json' };

export type MessageKey = keyof typeof en;

/** Messages for staff, in MessageFormat with simple arguments. A language that lacks a key does not compile. */
export const MESSAGES: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en, es };

/** BCP 47 tags for formatting days, instants and lists. */
export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US' };

/** Formats a message. Throws if an argument is missing, because that is a programming error. */
export function say(
  language: Language,
  key: MessageKey,
  values: Readonly<Record<string, string | number>> = {},
): string {
  return MESSAGES[language][key].replace(/\{(\w+)\}/gu, (_whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the message ${key} needs {${name}}`);
    return String(value);
  });
}

/** Formats a day given as YYYY-MM-DD: "November 24, 2026". */
export function sayDay(language: Language, day: string): string {
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

export function sayInstant(language: Language, at: Date, zone: string): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: zone,
  }).format(at);
}

/** "A, B and C", or "A, B o C" for `disjunction`. */
export function sayList(
  language: Language,
  items: readonly string[],
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  return new Intl.ListFormat(LOCALES[language], { type }).format(items);
}
