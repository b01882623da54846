import { html } from 'hono/html';
import { FACT_WORDS } from '#domain/labels.ts';
import { fieldWords } from '#domain/model/row-keys.ts';
import { count } from '#domain/text/words.ts';
import { coverageWords, factStatusWords, layerWords } from '../../shared/words.ts';
import { asksShown } from '../board/words.ts';
import type { Report } from '../model.ts';
import { differences, type PeopleList, peopleLists } from '../shared/groups.ts';
import {
  DECISIONS_TITLE,
  dateFromWords,
  EXCEPTION_WORDS,
  HAS_WORDS,
  OUTCOME_WORDS,
} from '../shared/report-words.ts';
import { controlList, guideSays } from './controls.ts';
import {
  day,
  evidence,
  head,
  type Markup,
  name,
  ref,
  refs,
  region,
  sources,
  statePill,
  stateWord,
  t,
} from './markup.ts';

export function people(report: Report): Markup {
  const { people: p } = report;
  const sum =
    p.members === null || p.staff === null
      ? ''
      : html`<p class="mute">${p.members} seat holders compared with ${p.staff} current staff.</p>`;
  return html`<section aria-labelledby="people"><h2 id="people">People</h2>
${p.ready ? sum : html`<div class="note"><p><b>The lists could not be made</b></p><p>${t(p.why ?? 'A file is missing.')}</p></div>`}
${p.restsOn.length === 0 ? '' : evidence(p.restsOn)}
<p class="mute">Two people of one name are never merged. Names are compared across case, plus-addresses, aliases and former names; every match shows why.</p>
${peopleLists(report).map((list) => peopleList(report, list))}
<h3 id="people-matched">Matched <span class="count">${p.matched.length}</span></h3>
${
  p.matched.length === 0
    ? html`<p class="mute">No seat was matched to a staff record.</p>`
    : html`<details class="more"><summary>Show the ${p.matched.length} matches and why</summary>${region(
        'Matched seats and staff',
        html`<table>${head(['In Claude', 'On the roster', 'Why treated as one person'])}<tbody>${p.matched.map(
          (m) =>
            html`<tr><th scope="row">${name(m.member)}</th><td>${name(m.staff)}</td><td>${t(m.words)}</td></tr>`,
        )}</tbody></table>`,
      )}</details>`
}</section>`;
}

function peopleList(report: Report, list: PeopleList): Markup {
  const state = report.controls.find((c) => c.id === list.control)?.state;
  const control =
    list.control === null || state === undefined
      ? ''
      : html`<span class="behind">${stateWord(state)} ${ref(report, list.control)}</span>`;
  return html`<div class="plist"><h3 id="people-${list.key}">${list.title} <span class="count">${list.count ?? 'not known'}</span></h3>${control}
<p class="mute">${list.people.length === 0 ? t(list.empty) : list.lead}</p>
${
  list.people.length === 0
    ? ''
    : region(
        list.title,
        html`<table class="ppl">${head(['Person', 'Why listed', 'Evidence'])}<tbody>${list.people.map(
          (p) =>
            html`<tr><th scope="row">${name(p.name)}${p.email === null ? '' : html`<br><span class="mute">${name(p.email)}</span>`}</th><td>${t(p.words)}${p.aside === null ? '' : html`<br><span class="mute">${p.aside}</span>`}</td><td>${evidence(p.observations)}</td></tr>`,
        )}</tbody></table>`,
      )
}</div>`;
}

export function exceptions(report: Report): Markup {
  return html`<section aria-labelledby="exceptions"><h2 id="exceptions">Exceptions</h2>
${
  report.exceptions.length === 0
    ? html`<p class="mute">No exceptions. An exception in the charter accepts a failing control until a date.</p>`
    : region(
        'Table of exceptions',
        html`<table>${head(['Control', 'State', 'Until', 'Owner', 'Reason', 'Covers'])}<tbody>${report.exceptions.map(
          (e) =>
            html`<tr><th scope="row">${ref(report, e.control)} ${t(e.title)}</th><td>${e.state === 'in_force' ? html`<span class="sw accepted">${EXCEPTION_WORDS[e.state]}</span>` : EXCEPTION_WORDS[e.state]}</td><td>${day(e.until)}</td><td>${name(e.owner)}</td><td>${t(e.reason)}</td><td>${e.items.length === 0 ? 'The whole control' : e.items.map((i, n) => html`${n ? ', ' : ''}${name(i)}`)}</td></tr>`,
        )}</tbody></table>`,
      )
}</section>`;
}

/** All decisions for the board; its own report has only the first of them. */
export function decisions(report: Report): Markup {
  const asks = asksShown(report);
  return html`<section aria-labelledby="decisions"><h2 id="decisions">${DECISIONS_TITLE}</h2>
${
  asks.length === 0
    ? html`<p class="mute">Nothing is waiting for a decision by the board.</p>`
    : region(
        'Table of decisions for the board',
        html`<table>${head(['Decision', 'Who', 'By'])}<tbody>${asks.map(
          ({ what, who, by }) => html`<tr><td>${t(what)}</td><td>${name(who)}</td><td>${by}</td></tr>`,
        )}</tbody></table>`,
      )
}</section>`;
}

export function risks(report: Report): Markup {
  return html`<section aria-labelledby="risks"><h2 id="risks">Risks, and what protects against them</h2>
<p class="mute">The risks of the guide, what each layer does about them, and what remains when everything is done.</p>
${report.risks.map(
  (r) =>
    html`<article class="card risk"><div class="pad"><h3 id="risk-${r.id}">${t(r.title)}</h3>${r.policyOnly ? html`<p>${statePill('policy_only')}</p>` : ''}<p>${t(r.story)}</p>
<dl class="about"><div><dt>Current status</dt><dd>${t(r.standing)}</dd></div><div><dt>What remains</dt><dd>${t(r.residual)}</dd></div>${r.controls.length === 0 ? '' : html`<div><dt>Controls</dt><dd>${controlList(report, r.controls)}</dd></div>`}</dl></div>
${
  r.layers.length === 0
    ? ''
    : region(
        `Layers against: ${r.title}`,
        html`<table>${head(['Layer', 'Does it help?', 'The guide', 'The vendors now'])}<tbody>${r.layers.map(
          (l) =>
            html`<tr><th scope="row">${layerWords(l.layer)}</th><td>${coverageWords(l.coverage)}</td><td>${t(l.guide)}</td><td><span class="tag">${factStatusWords(l.status)}</span> ${t(l.vendor)}</td></tr>`,
        )}</tbody></table>`,
      )
}</article>`,
)}</section>`;
}

export function facts(report: Report): Markup {
  const list = differences(report.facts);
  const agreeing = report.facts.length - list.length;
  return html`<section aria-labelledby="facts"><h2 id="facts">Where the guide and the vendors differ</h2>
<p class="mute">Verdicts follow the vendor. ${agreeing} other ${agreeing === 1 ? 'fact agrees' : 'facts agree'}. Newest vendor fact: ${day(report.factsAsOf)}.</p>
${
  list.length === 0
    ? ''
    : region(
        'Facts where guide and vendor differ',
        html`<table>${head(['Fact', 'The guide', 'The vendor', 'For this client'])}<tbody>${list.map(
          (f) =>
            html`<tr id="fact-${f.id}"><th scope="row">${t(f.title)}</th><td>${guideSays(f)}</td><td><span class="tag">${FACT_WORDS[f.status]}</span> ${t(f.vendor)} <span class="mute">${sources(f.sources)}</span></td><td><b>${HAS_WORDS[f.has]}</b><br><span class="mute">${t(f.hasReason)}</span></td></tr>`,
        )}</tbody></table>`,
      )
}</section>`;
}

export function files(report: Report): Markup {
  return html`<section aria-labelledby="files"><h2 id="files">Files read</h2>
<p class="mute">What each file was taken for, and which of its columns were used.</p>
<div class="card files">${report.files.map((f) => {
    const from = dateFromWords(f.dateFrom);
    return html`<details class="file"><summary><span class="mono fname">${name(f.file)}</span><span class="why">${f.problem === null ? (f.kindName === null ? 'Not recognized' : `Taken for: ${f.kindName}`) : t(f.problem)}</span><span class="tail"><span>${OUTCOME_WORDS[f.outcome]}</span><span class="mute seen">${f.rows === null ? '' : count(f.rows, 'row')}</span></span></summary>
<div class="pad"><dl class="about"><div><dt>Observed</dt><dd>${f.observedOn === null ? 'Not known' : html`${day(f.observedOn)}${from === null ? '' : ` (${from})`}`}</dd></div>
<div><dt>Size</dt><dd>${f.bytes} bytes</dd></div><div><dt>SHA-256</dt><dd class="mono">${f.sha256}</dd></div>
${f.unmapped.length === 0 ? '' : html`<div><dt>Columns left out</dt><dd>${f.unmapped.map((c, n) => html`${n ? ', ' : ''}${name(c)}`)}</dd></div>`}
${f.notes.length === 0 ? '' : html`<div><dt>Notes</dt><dd><ul class="ev">${f.notes.map((n) => html`<li>${n.row === null ? '' : html`Row ${n.row}${n.column === null ? '' : ', '}`}${n.column === null ? '' : html`column “${name(n.column)}”`}${n.row === null && n.column === null ? '' : ': '}${t(n.says)}</li>`)}</ul></dd></div>`}</dl>
${f.mapping.length === 0 ? '' : region(`Columns of ${f.file}`, html`<table>${head(['Column', 'Taken for', 'Recognized by'])}<tbody>${f.mapping.map((m) => html`<tr><th scope="row">${name(m.column)}</th><td>${t(fieldWords(m.field))}</td><td>${t(m.how)}</td></tr>`)}</tbody></table>`)}</div></details>`;
  })}</div></section>`;
}

export function notRead(report: Report): Markup {
  return html`<section aria-labelledby="not-read"><h2 id="not-read">What was not read</h2>
${
  report.notRead.length === 0
    ? html`<p class="mute">Everything that a control asks for was read.</p>`
    : region(
        'Table of what was not read',
        html`<table>${head(['What', 'Why', 'How to get it', 'Decides'])}<tbody>${report.notRead.map(
          (n) =>
            html`<tr><th scope="row">${name(n.what)}</th><td>${t(n.why)}</td><td>${t(n.howToGet)}</td><td>${n.controls.length === 0 ? html`<span class="mute">No control</span>` : refs(report, n.controls)}</td></tr>`,
        )}</tbody></table>`,
      )
}</section>`;
}
// Guide: G0-10 G4-00 G4.1-01 G4.1-02 G4.1-03 G4.1-05 G4.1-06 G4.1-07 G4.1-08 GB-10
