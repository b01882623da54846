import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SEVERITIES, STATES } from '#domain/model/verdict.ts';
import { codeOf, visible } from '#domain/text/given.ts';
import { LIGHT } from '../../shared/design-tokens.ts';
import type { Report } from '../model.ts';
import { type Logo, readLogo } from '../shared/logo.ts';
import { picture, STATE_SHAPES, severityShape } from '../shared/shapes.ts';
import { compiler, toPdf, unprintable, WORKSPACE } from './compiler.ts';
import { pdfView } from './view.ts';

const template = readFileSync(new URL('report.typ', import.meta.url), 'utf8');

/**
 * The report as tagged PDF (PDF/UA-1) on A4 or US Letter. The document is dated with the day of the report and holds
 * no clock and no random number, so the same report gives the same bytes. Text reaches the page as data only.
 */
export async function renderPdf(
  report: Report,
  options: { readonly paper?: 'a4' | 'us-letter'; readonly logo?: Logo } = {},
): Promise<Uint8Array> {
  const logo = options.logo ? readLogo(options.logo) : null;
  const view = printableView(pdfView(report, options.paper ?? 'a4'));
  const file = logo === null ? null : `client-logo.${logo.format}`;
  const typst = compiler();
  if (logo !== null && file !== null) typst.mapShadow(join(WORKSPACE, file), logo.bytes);
  try {
    return toPdf(template, { data: JSON.stringify({ ...view, icons: icons(), logo: file }) });
  } catch (error) {
    if (logo !== null && String(error).includes('image'))
      throw new Error(`The logo cannot be drawn; a PNG of it will do. ${String(error)}`);
    throw error;
  } finally {
    typst.resetShadow();
    typst.evictCache(2);
  }
}

function icons(): Record<string, string> {
  const faint = LIGHT.n[6] ?? '#C5C9D1';
  return Object.fromEntries([
    ...STATES.map((s) => [
      s,
      picture(STATE_SHAPES[s], { shape: LIGHT.verdict[s].shape, mark: '#FFFFFF', faint }),
    ]),
    ...SEVERITIES.map((s) => [
      `severity-${s}`,
      picture(severityShape(s), { shape: '#15171C', mark: '#FFFFFF', faint }),
    ]),
  ]);
}

/** Keys whose text must stay exactly as it is: what is copied, followed or named. */
const EXACT = new Set(['command', 'url', 'to', 'area', 'icon', 'short', 'code', 'color']);

/** Makes every string fit for paper: invisible and unprintable characters by code, long words able to break. */
export function printableView<T>(view: T): T {
  const unusual = new Set<string>();
  walk(view, (text) => {
    for (const character of visible(text)) if (character > '~') unusual.add(character);
    return text;
  });
  const holes = unprintable(unusual);
  return walk(view, (text, key) => {
    const whole = [...visible(text)]
      .map((character) => (holes.has(character) ? `[${codeOf(character)}]` : character))
      .join('');
    return EXACT.has(key) ? whole : breakable(whole);
  }) as T;
}

function walk(value: unknown, change: (text: string, key: string) => string, key = ''): unknown {
  if (typeof value === 'string') return change(value, key);
  if (Array.isArray(value)) return value.map((one) => walk(one, change, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, change, name)]));
}

const LONG = 22;

/** Lets words that are longer than a narrow column break, after their joints or else anywhere. */
export function breakable(text: string): string {
  return text.replace(/\S+/gu, (word) =>
    [...word].length <= LONG
      ? word
      : word.replace(/([/@._=-]+)(?=.)/gu, '$1\u200b').replace(/[^\u200b]{16}(?=[^\u200b])/gu, '$&\u200b'),
  );
}
