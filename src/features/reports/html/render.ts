import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { html, raw } from 'hono/html';
import { STATES } from '#domain/model/verdict.ts';
import { visible } from '#domain/text/given.ts';
import { DARK, LIGHT, type Scheme } from '../../shared/design-tokens.ts';
import { longDay } from '../../shared/words.ts';
import type { Report } from '../model.ts';
import type { Logo } from '../shared/logo.ts';
import { TITLE } from '../shared/report-words.ts';
import { UPGRADES_TITLE } from '../shared/upgrades.ts';
import { controls } from './controls.ts';
import { exceptions, facts, files, notRead, people, risks } from './lists.ts';
import { finish, type Markup, name, shapeSheet, slug } from './markup.ts';
import { boardPoints, changed, nextActions, reportHead, standing } from './summary.ts';
import { upgrades } from './upgrades.ts';

/**
 * The report as one HTML file that needs nothing else: fonts, shapes, style and script are inside, the policy in its
 * head allows nothing from anywhere, and all of it can be read without script. The same report gives the same bytes.
 */
export function renderHtml(report: Report, options: { readonly logo?: Logo } = {}): string {
  const style = `${fontFaces()}${schemes()}${styleSheet()}${segments(report)}${pageRules(report)}`;
  const script = asset('page.client.js');
  const policy = [
    `default-src 'none'`,
    `style-src '${hash(style)}'`,
    `script-src '${hash(script)}'`,
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
<title>${client} · ${TITLE} · ${longDay(report.asOf)}</title>
<style>${raw(style)}</style></head><body>
<a class="skip" href="#main">Skip to the report</a>
${shapeSheet()}
<header class="top"><p class="crumb"><b>${name(report.client.name)}</b><span class="mute"> / ${TITLE}</span></p><button type="button" id="theme" hidden>Dark</button></header>
<div class="frame">${contents(report)}<main id="main" tabindex="-1">
${reportHead(report, options.logo)}
${boardPoints(report)}
${standing(report)}
${nextActions(report)}
${changed(report)}
${controls(report)}
${people(report)}
${exceptions(report)}
${risks(report)}
${upgrades(report)}
${facts(report)}
${files(report)}
${notRead(report)}
</main></div>
<footer class="foot"><p>${name(report.client.name)} · ${TITLE} · ${longDay(report.asOf)}</p><p>Made by ${report.generator.name} ${report.generator.version}. It names people: pass it on as you would a staff list.</p></footer>
<script>${raw(script)}</script></body></html>
`);
}

/** Where a reader can go, with the number of things that are there. */
function contents(report: Report): Markup {
  const links: readonly [string, string, number | null][] = [
    ['board', 'What the board should know', null],
    ['stand', 'Current status', null],
    ['next', 'Do next', report.nextActions.length],
    ['changed', 'Changed', report.changes?.controls.length ?? null],
    ['controls', 'All controls', report.total],
    ['people', 'People', null],
    ['exceptions', 'Exceptions', report.exceptions.length],
    ['risks', 'What no technology can prevent', report.risks.length],
    ['upgrades', UPGRADES_TITLE, report.upgrades?.upgrades.length ?? null],
    ['facts', 'Guide and vendors', report.facts.filter((f) => f.status !== 'agrees').length],
    ['files', 'Files read', report.files.length],
    ['not-read', 'Not read', report.notRead.length],
  ];
  return html`<nav aria-label="Contents"><details class="toc"><summary>Contents</summary><ul>${links.map(
    ([id, text, n]) =>
      html`<li><a href="#${id}"><span>${text}</span>${n === null ? '' : html`<span class="n">${n}</span>`}</a></li>`,
  )}</ul></details></nav>`;
}

const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** Files beside this one and fonts of packages are read once; they do not change while the program runs. */
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
 * The parts of the style sheet in the order of the cascade: a later part overrides an earlier one of the same weight,
 * so print stands last. `phone` holds whatever depends on the width of the screen, and motion.
 */
const STYLE = ['tokens', 'layout', 'lists', 'controls', 'phone', 'print'] as const;

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

/** The tokens as custom properties: light everywhere, dark on screens that ask for it or when chosen. */
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

/** Widths of the bar's segments. They stand in the style sheet because the page's policy forbids style attributes. */
function segments(report: Report): string {
  return STATES.map((state) => `.seg-${slug(state)}{flex-grow:${report.counts[state]}}`).join('');
}

/** The running foot of the printed page, with every character that is not plain written by its number. */
function pageRules(report: Report): string {
  const text = `${visible(report.client.name)} · ${TITLE} · ${longDay(report.asOf)}`;
  const quoted = text.replace(
    /[^A-Za-z0-9 .,]/gu,
    (c) => `\\${(c.codePointAt(0) ?? 0).toString(16).padStart(6, '0')}`,
  );
  return `@page{margin:16mm 14mm 18mm;@bottom-left{content:"${quoted}";font:10pt "Inter Variable",sans-serif;color:#5F6571}@bottom-right{content:"Page " counter(page) " of " counter(pages);font:10pt "Inter Variable",sans-serif;color:#5F6571}}`;
}
