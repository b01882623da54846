import { html } from 'hono/html';
import { STATE_WORDS, STATES } from '#domain/model/verdict.ts';
import { longDay, zoneWords } from '#domain/text/words.ts';
import { ACTION_WORDS, initials, minutesWords } from '../../shared/words.ts';
import type { Report } from '../model.ts';
import type { Logo } from '../shared/logo.ts';
import { readLogo } from '../shared/logo.ts';
import {
  day,
  head,
  type Markup,
  name,
  ref,
  refs,
  region,
  severity,
  shape,
  slug,
  stateWord,
  t,
} from './markup.ts';

/** Client, date and kind of document. */
export function reportHead(report: Report, logo: Logo | undefined, title: string): Markup {
  const { client } = report;
  const picture = logo ? readLogo(logo) : null;
  const mark = picture
    ? html`<img class="logo" alt="" src="data:${picture.mime};base64,${picture.bytes.toString('base64')}">`
    : html`<span class="initials" aria-hidden="true">${initials(client.name)}</span>`;
  return html`<header class="who">
<div class="party">${mark}<div><p class="client">${name(client.name)}</p>${report.preparedBy === null ? '' : html`<p class="mute">Prepared by ${name(report.preparedBy)}</p>`}</div></div>
<p class="when mute">As of <time datetime="${report.asOf}">${longDay(report.asOf)}</time><br>${zoneWords(client.timezone)}</p>
</header>
<h1 id="top">${title}</h1>`;
}

/** Shown by both the board's report and the appendix, to prove that they are made from the same record. */
export const recordHash = (sha256: string): Markup =>
  html`<p class="mute record">SHA-256 of the record, the same on the board’s report, on the appendix and in the audit log: <span class="mono">${sha256}</span></p>`;

/** What the client has, as far as its profile and files show. */
function clientFacts(report: Report): Markup {
  const { client } = report;
  const facts: readonly [string, Markup][] = [
    [
      'Claude',
      `${client.claudePlan}${client.claudeSeats === null ? '' : `, ${client.claudeSeats} seats bought`}`,
    ],
    ['Microsoft', t(client.m365)],
    [
      'Domains',
      client.domains.length ? client.domains.map((d, i) => html`${i ? ', ' : ''}${name(d)}`) : 'None stated',
    ],
    ['Staff', client.staffCount === null ? 'Not stated' : String(client.staffCount)],
    ['Web gateway', client.swg === null ? 'None stated' : t(client.swg)],
    ['SIEM', client.siem === null ? 'None stated' : t(client.siem)],
    ['Device management', client.deviceManagement === null ? 'None stated' : t(client.deviceManagement)],
  ];
  return html`<dl class="facts">${facts.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** The bar, the counts beside it, and a table whose numbers link to the lists. */
export function standing(report: Report): Markup {
  const link = (n: number, target: string, label: string, state: string) =>
    n === 0
      ? html`<td class="num zero">0</td>`
      : html`<td class="num"><a class="n ${state}" href="#${target}">${n}<span class="vh"> ${label}</span></a></td>`;
  const present = STATES.filter((state) => report.counts[state] > 0);
  return html`<section aria-labelledby="stand"><h2 id="stand">Current status</h2>
<div class="bar" aria-hidden="true">${present.map((state) => html`<span class="seg seg-${slug(state)} ${slug(state)}"></span>`)}</div>
<ul class="legend">${STATES.map((state) => {
    const n = report.counts[state];
    const label = html`${shape(state)}<span>${STATE_WORDS[state]}</span><b>${n}</b>`;
    return html`<li class="${slug(state)}">${n === 0 ? html`<span class="none">${label}</span>` : html`<a href="#state-${slug(state)}">${label}</a>`}</li>`;
  })}</ul>
${region(
  'Controls per area and state',
  html`<table class="areas"><thead><tr><th scope="col">Area</th>${STATES.map((state) => html`<th scope="col" class="num"><span class="th">${shape(state)}${STATE_WORDS[state]}</span></th>`)}<th scope="col" class="num">All</th></tr></thead>
<tbody>${report.areas.map(
    ({ area, name: areaName, counts, total }) =>
      html`<tr><th scope="row">${areaName}</th>${STATES.map((state) => link(counts[state], `${slug(state)}-${slug(area)}`, `${STATE_WORDS[state]} in ${areaName}`, slug(state)))}${link(total, `area-${slug(area)}`, `in ${areaName}`, 'all')}</tr>`,
  )}</tbody>
<tfoot><tr><th scope="row">All areas</th>${STATES.map((state) => link(report.counts[state], `state-${slug(state)}`, STATE_WORDS[state], slug(state)))}${link(report.total, 'controls', 'controls', 'all')}</tr></tfoot></table>`,
)}${clientFacts(report)}</section>`;
}

const FIRST_ACTIONS = 10;

export function nextActions(report: Report): Markup {
  const row = (a: Report['nextActions'][number]) =>
    html`<li><div class="act"><p class="kind">${ACTION_WORDS[a.kind]}</p><div><p class="do">${t(a.title)}</p><p class="mute">${t(a.detail)}</p>
<p class="meta">${severity(a.severity)}${a.minutes === null ? '' : html`<span>${minutesWords(a.minutes)}</span>`}${a.due === null ? '' : html`<span>Due ${day(a.due)}</span>`}${refs(report, a.controls)}</p></div></div></li>`;
  const first = report.nextActions.slice(0, FIRST_ACTIONS);
  const rest = report.nextActions.slice(FIRST_ACTIONS);
  return html`<section aria-labelledby="next"><h2 id="next">Do next</h2>
<p class="mute">In this order: what is dangerous now, what settles the most, what is quickest. “Provide” asks for a file or an answer; “Wait” lists what is on schedule.</p>
${
  first.length === 0
    ? html`<p>Nothing is open.</p>`
    : html`<ol class="card acts">${first.map(row)}</ol>${rest.length === 0 ? '' : html`<details class="more"><summary>${rest.length} more</summary><ol class="card acts" start="${first.length + 1}">${rest.map(row)}</ol></details>`}`
}</section>`;
}

export function changed(report: Report): Markup {
  const { changes } = report;
  if (changes === null) {
    return html`<section aria-labelledby="changed"><h2 id="changed">Changed since the earlier report</h2><p class="mute">No earlier report was given to compare with.</p></section>`;
  }
  return html`<section aria-labelledby="changed"><h2 id="changed">Changed since the report of ${day(changes.since)}</h2>
<ul class="lines">${changes.lines.map((line) => html`<li>${t(line)}</li>`)}</ul>
${
  changes.controls.length === 0
    ? html`<p class="mute">No control changed state.</p>`
    : region(
        'Controls that changed',
        html`<table>${head(['Control', 'Was', 'Now', 'What changed'])}<tbody>${changes.controls.map(
          (c) =>
            html`<tr><th scope="row">${ref(report, c.control)} ${t(c.title)}</th><td>${c.from === null ? html`<span class="mute">Not there</span>` : stateWord(c.from)}</td><td>${c.to === null ? html`<span class="mute">Not there</span>` : stateWord(c.to)}</td><td>${t(c.detail)}</td></tr>`,
        )}</tbody></table>`,
      )
}</section>`;
}
