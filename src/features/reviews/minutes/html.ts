import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { visible } from '#domain/text/unsafe-text.ts';
import type { Minutes } from './view.ts';

const STYLE = `:root{color-scheme:light dark;--ink:#15171c;--soft:#5f6571;--rule:#e3e6ea;--ground:#fff}
@media screen and (prefers-color-scheme:dark){:root{--ink:#eceef1;--soft:#a6acb7;--rule:#33373f;--ground:#15171c}}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
main{max-width:46rem;margin:0 auto;padding:2rem 1.25rem;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25;margin:.25rem 0 .75rem}h2{font-size:1.15rem;margin:2rem 0 .25rem}h3{font-size:1rem;margin:1rem 0 0}
p{margin:.25rem 0}.soft{color:var(--soft)}.answer{font-weight:600}ul{margin:.25rem 0;padding-left:1.25rem}
dl{display:grid;grid-template-columns:minmax(7rem,auto) 1fr;gap:.25rem 1rem;margin:1rem 0}dt{color:var(--soft)}dd{margin:0}
section{border-top:1px solid var(--rule);break-inside:avoid-page}footer{border-top:1px solid var(--rule);margin-top:2rem;padding-top:.5rem;color:var(--soft)}
@page{margin:16mm 14mm}`;

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** The minutes as one self-contained HTML file that sends no requests. */
export function minutesHtml(given: Minutes): string {
  const minutes = shown(given);
  return String(html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>${minutes.title}</title><style>${raw(STYLE)}</style></head><body><main>
<p>${minutes.client}</p><h1>${minutes.title}</h1><p>${minutes.headline}.</p>
<dl>${minutes.facts.map(({ term, value }) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>
${minutes.items.map(
  (item) => html`<section><h2>${item.title}</h2><p class="soft">${item.rule}</p>
<p class="answer">${item.answer}</p>${item.note === '' ? '' : html`<p>${item.note}</p>`}
${item.parts.map((part) => html`<h3>${part.title}</h3><p>${part.words}</p>${list(part.lines)}`)}
${list(item.changes)}</section>`,
)}
${minutes.limits.length === 0 ? '' : html`<section><h2>What this review does not show</h2>${list(minutes.limits)}</section>`}
<footer>${minutes.foot}</footer></main></body></html>
`);
}

function list(lines: readonly string[]) {
  return lines.length === 0 ? '' : html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

/** Replaces characters that reorder or hide text by their codes. */
function shown(minutes: Minutes): Minutes {
  return JSON.parse(JSON.stringify(minutes), (_, value: unknown) =>
    typeof value === 'string' ? visible(value) : value,
  ) as Minutes;
}
