import { html, raw } from 'hono/html';
import { SEVERITY_WORDS } from '#domain/labels.ts';
import { SEVERITIES, type Severity, STATE_WORDS, STATES, type State } from '#domain/model/verdict.ts';
import { pieces } from '#domain/text/unsafe-text.ts';
import { dayWords, shortId } from '#domain/text/words.ts';
import { STATE_SHAPES, type Stroke, severityShape, svgPaths } from '../../shared/shapes.ts';
import { evidenceWords } from '../../shared/words.ts';
import type { Report } from '../model.ts';

/** Building blocks of every section. All external text is passed through `t` or `name`. */
export type Markup = ReturnType<typeof html> | readonly Markup[] | string | number | false | null;
export type Evidence = Report['people']['restsOn'][number];

/** Escapes a text, shows invisible characters by their code, and isolates right-to-left runs. */
export function t(text: string, lines = false): Markup {
  const parts = pieces(text, lines);
  if (parts.every((part) => part.is === 'plain')) return parts.map((part) => part.text).join('');
  return parts.map((part): Markup => {
    if (part.is === 'hidden') return html`<span class="hid" title="Invisible character">${part.text}</span>`;
    if (part.is === 'rtl') return html`<bdi>${part.text}</bdi>`;
    return part.text;
  });
}

/** An external name, isolated so that its direction does not affect the text around it. */
export const name = (text: string): Markup => html`<bdi>${t(text)}</bdi>`;

export const day = (value: string): Markup => html`<time datetime="${value}">${dayWords(value)}</time>`;

const symbol = (id: string, strokes: readonly Stroke[]) =>
  `<symbol id="${id}" viewBox="0 0 16 16">${svgPaths(strokes, ({ ink, line }) => `class="${ink}${line === undefined ? '' : ' line'}"`)}</symbol>`;

/** Definitions of the symbols; each use references them. */
export function shapeSheet(): Markup {
  const symbols = [
    ...STATES.map((state) => symbol(`s-${slug(state)}`, STATE_SHAPES[state])),
    ...SEVERITIES.map((severity) => symbol(`v-${severity}`, severityShape(severity))),
  ];
  return html`<svg class="sheet" aria-hidden="true" focusable="false">${raw(symbols.join(''))}</svg>`;
}

/** A code in the form used in ids and classes: `cannot-read`. */
export const slug = (code: string): string => code.replaceAll('_', '-');

export const shape = (state: State): Markup =>
  html`<svg class="i ${slug(state)}" aria-hidden="true" focusable="false"><use href="#s-${slug(state)}"/></svg>`;

/** Symbol and word in the color of the state. */
export const stateWord = (state: State): Markup =>
  html`<span class="sw ${slug(state)}">${shape(state)}${STATE_WORDS[state]}</span>`;

export const statePill = (state: State): Markup =>
  html`<span class="pill ${slug(state)}">${shape(state)}${STATE_WORDS[state]}</span>`;

/** The symbol alone, with the word for screen readers. */
export const stateShape = (state: State): Markup =>
  html`${shape(state)}<span class="vh">${STATE_WORDS[state]}: </span>`;

export const severity = (value: Severity): Markup =>
  html`<span class="sev"><svg class="i" aria-hidden="true" focusable="false"><use href="#v-${value}"/></svg>${SEVERITY_WORDS[value]}</span>`;

export const anchorOf = (control: string): string => shortId(control);

/** The id of a control, as a link if the report contains it. */
export function ref(report: Report, control: string): Markup {
  const id = shortId(control);
  return report.controls.some((c) => c.id === control)
    ? html`<a class="id" href="#${anchorOf(control)}">${id}</a>`
    : html`<span class="id">${id}</span>`;
}

export const refs = (report: Report, controls: readonly string[]): Markup =>
  html`<span class="ids">${controls.map((control) => html`${ref(report, control)} `)}</span>`;

/** Where a fact was found: file, row and day, and the text there. */
export function evidence(list: readonly Evidence[]): Markup {
  if (list.length === 0) return html`<span class="mute">None</span>`;
  return html`<ul class="ev">${list.map(
    (e) =>
      html`<li><span class="mono">${name(e.file)}</span>${e.row === undefined ? '' : `, row ${e.row}`}<span class="mute"> · ${evidenceWords(e)}, ${day(e.observedOn)} · </span>${t(e.says)}</li>`,
  )}</ul>`;
}

/** Links http and https addresses; any other is displayed as text. */
export function link(url: string, title: string): Markup {
  return /^https?:\/\//i.test(url)
    ? html`<a href="${url}" rel="noreferrer">${t(title)}</a>`
    : html`<span>${t(title)} (${t(url)})</span>`;
}

export const sources = (list: readonly { title: string; url: string; read: string }[]): Markup =>
  list.map((s) => html`<span class="src">${link(s.url, s.title)}, read ${day(s.read)}</span> `);

/** Lets a wide table scroll sideways in its own labeled region instead of the page. */
export const region = (label: string, table: Markup): Markup =>
  html`<div class="region" role="region" aria-label="${label}" tabindex="0">${table}</div>`;

/** Column headings; those in `numeric` are aligned right. */
export const head = (columns: readonly string[], numeric: readonly string[] = []): Markup =>
  html`<thead><tr>${columns.map((c) => html`<th scope="col"${numeric.includes(c) ? raw(' class="num"') : ''}>${c}</th>`)}</tr></thead>`;

/** Serializes the markup. A promise inside is a programming error: part of it would be missing. */
export function finish(markup: Markup): string {
  const out = html`${markup as string}`;
  if (out instanceof Promise) throw new Error('A part of the page was not ready.');
  return out.toString();
}
