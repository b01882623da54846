import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { html, raw } from 'hono/html';
import { STATES } from '#domain/model/verdict.ts';
import { visible } from '#domain/text/unsafe-text.ts';
import { longDay } from '#domain/text/words.ts';
import { DARK, LIGHT, type Scheme } from '../../shared/design-tokens.ts';

import type { Report } from '../model.ts';
import { finish, type Markup, name, shapeSheet, slug } from './markup.ts';

interface Parts {
  readonly report: Report;
  readonly title: string;
  /** Displayed in the sticky header, beside the title. */
  readonly button: Markup;
  /** Content between header and footer. */
  readonly frame: Markup;
  /** What readers should know before they share it. */
  readonly note: string;
  /** Script for optional conveniences, a file in this folder; null: none. */
  readonly script: string | null;
}

/**
 * A self-contained HTML file: fonts, symbols, style and script are inlined, its Content-Security-Policy allows no
 * requests, and everything is readable without script.
 */
export function documentOf({ report, title, button, frame, note, script: file }: Parts): string {
  const style = `${fontFaces()}${schemes()}${styleSheet()}${segments(report)}${pageRules(report, title)}`;
  const script = file === null ? null : asset(file);
  const policy = [
    `default-src 'none'`,
    `style-src '${hash(style)}'`,
    ...(script === null ? [] : [`script-src '${hash(script)}'`]),
    'img-src data:',
    'font-src data:',
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
  const client = visible(report.client.name);
  return finish(html`<!DOCTYPE html>
<html lang="en" data-theme="auto"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">
<meta name="generator" content="${report.generator.name} ${report.generator.version}">
<title>${client} · ${title} · ${longDay(report.asOf)}</title>
<style>${raw(style)}</style></head><body>
<a class="skip" href="#main">Skip to the report</a>
${shapeSheet()}
<header class="top"><p class="crumb"><b>${name(report.client.name)}</b><span class="mute"> / ${title}</span></p>${button}</header>
${frame}
<footer class="foot"><p>${name(report.client.name)} · ${title} · ${longDay(report.asOf)}</p><p>Made by ${report.generator.name} ${report.generator.version}. ${note}</p></footer>
${script === null ? '' : html`<script>${raw(script)}</script>`}</body></html>
`);
}

const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** Caches files of this folder and fonts of packages, which do not change while the program runs. */
const cache = new Map<string, string>();
function cached(key: string, read: () => string): string {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const text = read();
  cache.set(key, text);
  return text;
}

function asset(file: string): string {
  return cached(file, () => readFileSync(new URL(file, import.meta.url), 'utf8'));
}

/**
 * Parts of the style sheet in cascade order: a later part overrides an earlier one of the same specificity, so print
 * comes last. `phone` contains whatever depends on the width of the screen, and motion.
 */
const STYLE = ['tokens', 'layout', 'lists', 'controls', 'board', 'phone', 'print'] as const;

const styleSheet = () => STYLE.map((part) => asset(`style/${part}.css`)).join('\n');

const FACES: readonly (readonly [family: string, weight: string, file: string])[] = [
  ['Inter Variable', '100 900', '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'],
  ['IBM Plex Mono', '400', '@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2'],
];

function fontFaces(): string {
  return cached('fonts', () =>
    FACES.map(([family, weight, file]) => {
      const data = readFileSync(fileURLToPath(import.meta.resolve(file))).toString('base64');
      return `@font-face{font-family:"${family}";font-weight:${weight};font-display:block;src:url(data:font/woff2;base64,${data}) format("woff2")}`;
    }).join('\n'),
  );
}

/**
 * Design tokens as custom properties: the light values by default, the dark ones on screens that prefer them or when
 * chosen.
 */
function schemes(): string {
  const rules = (scheme: Scheme, name: 'light' | 'dark') =>
    [
      `color-scheme:${name}`,
      ...scheme.n.map((color, index) => `--n${index + 1}:${color}`),
      `--focus:${scheme.focus}`,
      ...STATES.flatMap((state) => {
        const { text, shape, tint } = scheme.verdict[state];
        return [`--v-${slug(state)}:${text}`, `--vs-${slug(state)}:${shape}`, `--vt-${slug(state)}:${tint}`];
      }),
    ].join(';');
  const perState = STATES.map(
    (state) =>
      `.${slug(state)}{--v:var(--v-${slug(state)});--vs:var(--vs-${slug(state)});--vt:var(--vt-${slug(state)})}`,
  ).join('');
  return `:root{${rules(LIGHT, 'light')}}
@media screen{@media (prefers-color-scheme:dark){:root[data-theme=auto]{${rules(DARK, 'dark')}}}:root[data-theme=dark]{${rules(DARK, 'dark')}}}
${perState}`;
}

/** Widths of the bar's segments. They are in the style sheet because the page's policy forbids style attributes. */
function segments(report: Report): string {
  return STATES.map((state) => `.seg-${slug(state)}{flex-grow:${report.counts[state]}}`).join('');
}

/** The running footer of the printed page. All but plain characters are escaped by code point. */
function pageRules(report: Report, title: string): string {
  const text = `${visible(report.client.name)} · ${title} · ${longDay(report.asOf)}`;
  const quoted = text.replace(
    /[^A-Za-z0-9 .,]/gu,
    (c) => `\\${(c.codePointAt(0) ?? 0).toString(16).padStart(6, '0')}`,
  );
  return `@page{margin:16mm 14mm 18mm;@bottom-left{content:"${quoted}";font:10pt "Inter Variable",sans-serif;color:#5F6571}@bottom-right{content:"Page " counter(page) " of " counter(pages);font:10pt "Inter Variable",sans-serif;color:#5F6571}}`;
}
