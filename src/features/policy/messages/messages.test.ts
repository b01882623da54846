import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LANGUAGES } from '#domain/policy/languages.ts';
import { MESSAGES } from './format.ts';

const { en } = MESSAGES;
const argumentsOf = (text: string) => [...text.matchAll(/\{(\w+)\}/gu)].map(([whole]) => whole).sort();

test.each(LANGUAGES)('%s has every message, each with the arguments of the English one', (language) => {
  const theirs: Readonly<Record<string, string>> = MESSAGES[language];
  expect(Object.keys(theirs).sort()).toEqual(Object.keys(en).sort());
  for (const [key, text] of Object.entries(en)) {
    expect(argumentsOf(theirs[key] ?? ''), key).toEqual(argumentsOf(text));
    // Plain arguments alone, so that nothing in braces reaches a reader.
    expect((theirs[key] ?? '').replace(/\{\w+\}/gu, ''), key).not.toMatch(/[{}<>]/u);
  }
});

/** The Spanish of a file: what stands below a line, up to the next one that is not set in. */
function spanishOf(path: string, below = /^translations:\n/mu): string {
  const text = readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8');
  return text.split(below)[1]?.split(/^\S/mu)[0] ?? '';
}

test.each([
  ['messages', JSON.stringify(MESSAGES.es)],
  ['policy', spanishOf('catalogue/policy/template.yaml')],
  ['training', spanishOf('catalogue/training/training.yaml')],
  ['refusals', spanishOf('src/features/dlp/icap/words.ts', /^ {2}es: \{$/mu)],
])('the Spanish of the %s says usted, and one word for a thing', (_name, text) => {
  expect(text).toMatch(/[áéíóú]/u);
  // Not tú or vosotros.
  expect(text).not.toMatch(
    /(?<!\p{L})(tú|tu|tus|te|contigo|puedes|debes|tienes|quieres|haz|vuestr\p{L}+)(?!\p{L})/iu,
  );
  // Left out in favor of: correo del trabajo, vigente, reporte and reportar, equipo de TI, computadora.
  expect(text).not.toMatch(
    /dirección del trabajo|en vigor|(?<!\p{L})(informes?(?! financiero)|informar|infórm\p{L}+|informática|ordenador\p{L}*)(?!\p{L})/iu,
  );
});
// Guide: G8-00
