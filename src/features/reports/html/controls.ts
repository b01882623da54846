import { html } from 'hono/html';
import { FACT_WORDS, SEVERITY_WORDS } from '#domain/labels.ts';
import { SEVERITIES, STATE_WORDS } from '#domain/model/verdict.ts';
import { checkedWords, monthWords, shortId } from '#domain/text/words.ts';
import { concernWords, minutesWords, stateWords } from '../../shared/words.ts';
import type { Report } from '../model.ts';
import { groupByState } from '../shared/groups.ts';
import { assignedWords, observedOn, unseenWords } from '../shared/report-words.ts';
import {
  anchorOf,
  day,
  evidence,
  head,
  type Markup,
  name,
  region,
  severity,
  shape,
  slug,
  sources,
  statePill,
  stateShape,
  stateWord,
  t,
} from './markup.ts';

type Control = Report['controls'][number];

/** All controls in the fixed order of states, and an index by area. */
export function controls(report: Report): Markup {
  const groups = groupByState(report);
  return html`<section aria-labelledby="controls" class="controls"><h2 id="controls">All controls</h2>
<p class="mute">${report.total} controls, decided as of ${day(report.asOf)}. Each opens to its evidence and to how it is put right.</p>
<form class="filter" id="filter" hidden>
<label>State <select name="state"><option value="">All</option>${groups.map((g) => html`<option value="${slug(g.state)}">${STATE_WORDS[g.state]}</option>`)}</select></label>
<label>Area <select name="area"><option value="">All</option>${report.areas.map((a) => html`<option value="${slug(a.area)}">${a.name}</option>`)}</select></label>
<label>Severity <select name="severity"><option value="">All</option>${SEVERITIES.map((s) => html`<option value="${s}">${SEVERITY_WORDS[s]}</option>`)}</select></label>
<label class="grow">Find <input name="find" type="search" autocomplete="off"></label>
<button type="button" data-clear hidden>Show all</button><button type="button" data-open-all>Expand all</button>
<output name="shown">${report.total} of ${report.total}</output></form>
<p class="mute" id="none-shown" hidden>No control matches. “Show all” brings them back.</p>
<details class="more" id="by-area"><summary>List by area</summary><div class="byarea">${report.areas.map(
    (a) =>
      html`<section id="area-${slug(a.area)}" aria-labelledby="h-${slug(a.area)}"><h3 id="h-${slug(a.area)}">${a.name} <span class="count">${a.total}</span></h3><ul>${groups.flatMap(
        (g) =>
          g.areas
            .filter((inArea) => inArea.area === a.area)
            .flatMap((inArea) =>
              inArea.controls.map(
                (c) =>
                  html`<li>${stateShape(c.state)}<a href="#${anchorOf(c.id)}"><span class="id">${shortId(c.id)}</span> ${t(c.title)}</a></li>`,
              ),
            ),
      )}</ul></section>`,
  )}</div></details>
${groups.map(
  (g) =>
    html`<section class="state" data-state="${slug(g.state)}" aria-labelledby="state-${slug(g.state)}"><h3 id="state-${slug(g.state)}" class="sw ${slug(g.state)}">${shape(g.state)}${STATE_WORDS[g.state]} <span class="count">${g.controls.length}</span></h3>${g.areas.map(
      (a) =>
        html`<div class="area" data-area="${slug(a.area)}"><p class="areaname" id="${slug(g.state)}-${slug(a.area)}">${a.name} <span class="count">${a.controls.length}</span></p>${a.controls.map((c) => control(report, c))}</div>`,
    )}</section>`,
)}</section>`;
}

function control(report: Report, c: Control): Markup {
  const seen = observedOn(c);
  return html`<details class="control" id="${anchorOf(c.id)}" data-severity="${c.severity}"><summary><span class="id">${shortId(c.id)}</span><h4>${t(c.title)}</h4><span class="why">${t(c.reason)}</span><span class="tail">${severity(c.severity)}<span class="mute seen">${seen === null ? unseenWords(c) : day(seen)}</span></span></summary>
<div class="body"><div class="main">
<p class="pills">${statePill(c.state)}${severity(c.severity)}<span class="id">${c.id} v${c.version}</span></p>
<p class="reading">${t(c.reason)}</p>
${c.question === null ? '' : html`<div class="note"><p><b>To decide it</b></p><p>${t(c.question)}</p></div>`}
${c.exception === null ? '' : html`<div class="note"><p><b>Accepted until ${day(c.exception.until)}</b></p><p>${t(c.exception.reason)}. Owner: ${name(c.exception.owner)}. It covers ${c.exception.covers} ${c.exception.covers === 1 ? 'finding' : 'findings'}.</p></div>`}
${items(c)}${remedy(c, report.asOf)}${factsOf(report, c)}
</div><div class="side">
<div class="card"><h5>Evidence</h5><div class="pad">${c.observations.length === 0 ? html`<p class="mute">Nothing was read for this control.</p>` : evidence(c.observations)}</div></div>
<div class="card"><h5>About this control</h5><dl class="about">${about(report, c)}</dl></div>
</div></div></details>`;
}

function items(c: Control): Markup {
  if (c.items.length === 0) return '';
  return html`<div class="card"><h5>What was found <span class="count">${c.items.length}</span></h5>${region(
    `What was found: ${c.title}`,
    html`<table>${head(['Name', 'Finding', 'Evidence'])}<tbody>${c.items.map(
      (i) =>
        html`<tr><th scope="row">${name(i.label)}</th><td>${t(i.detail)}</td><td>${evidence(i.observations)}</td></tr>`,
    )}</tbody></table>`,
  )}</div>`;
}

function remedy(c: Control, asOf: string): Markup {
  const { remediation } = c;
  const title =
    c.state === 'pass' || c.state === 'not_applicable' ? 'How to fix it if it fails' : 'How to fix';
  return html`<div class="card"><h5>${title} <span class="aside">${minutesWords(remediation.minutes)} · ${t(remediation.who)}</span></h5><ol class="steps">${remediation.steps.map(
    (s) =>
      html`<li><p class="do">${t(s.do)}</p>${s.where === null ? '' : html`<p class="mute">${t(s.where)}.${s.checked === null ? '' : html` Menu path ${t(checkedWords(s.checked, asOf))}.`}</p>`}${s.why === null ? '' : html`<p class="mute">${t(s.why)}</p>`}${s.command === null ? '' : region('Command', html`<pre><code>${t(s.command, true)}</code></pre>`)}</li>`,
  )}</ol></div>`;
}

function factsOf(report: Report, c: Control): Markup {
  const facts = report.facts.filter((fact) => c.facts.includes(fact.id));
  if (facts.length === 0) return '';
  return html`<div class="card"><h5>What the guide says, what the vendor says <span class="aside">${facts.length} ${facts.length === 1 ? 'fact' : 'facts'}</span></h5>${region(
    `Guide and vendor: ${c.title}`,
    html`<table>${head(['Fact', 'Guide', 'Vendor'])}<tbody>${facts.map(
      (f) =>
        html`<tr><th scope="row">${t(f.title)}</th><td>${guideSays(f)}</td><td><span class="tag">${FACT_WORDS[f.status]}</span> ${t(f.vendor)} <span class="mute">${sources(f.sources)}</span></td></tr>`,
    )}</tbody></table>`,
  )}</div>`;
}

export function guideSays(f: Report['facts'][number]): Markup {
  if (f.guide === null) return html`<span class="mute">The guide does not mention it.</span>`;
  return html`${t(f.guide)}${f.guideAsOf === null ? '' : html` <span class="mute">${monthWords(f.guideAsOf)}</span>`}`;
}

function about(report: Report, c: Control): Markup {
  const area = report.areas.find((a) => a.area === c.area);
  const rows: [string, Markup][] = [
    ['Why', t(c.why)],
    ['Area', area?.name ?? ''],
    ['For', concernWords(c.concerns)],
  ];
  if (c.due !== null) rows.push(['Due', day(c.due)]);
  const assigned = assignedWords(c);
  if (assigned !== null) rows.push(['Assigned to', t(assigned)]);
  if (c.goodUntil !== null) rows.push(['Valid until', html`${day(c.goodUntil)}, then Cannot read`]);
  // A check with the same reason as the verdict adds nothing.
  if (c.tried.some((tried) => tried.reason !== c.reason))
    rows.push([
      'Checks',
      html`<ol class="tried">${c.tried.map((tried) => html`<li><b>${stateWords(tried.state)}.</b> ${t(tried.reason)}</li>`)}</ol>`,
    ]);
  if (c.guideSections.length > 0) rows.push(['Guide', c.guideSections.join(', ')]);
  if (c.sources.length > 0) rows.push(['Sources', sources(c.sources)]);
  return rows.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`);
}

/** A short list of controls with their states, for risks. */
export const controlList = (
  report: Report,
  list: readonly { control: string; title: string; state: Control['state'] }[],
): Markup =>
  html`<ul class="ctl">${list.map((c) => {
    const known = report.controls.some((one) => one.id === c.control);
    const text = html`<span class="id">${shortId(c.control)}</span> ${t(c.title)}`;
    return html`<li>${stateWord(c.state)} ${known ? html`<a href="#${anchorOf(c.control)}">${text}</a>` : text}</li>`;
  })}</ul>`;
// Guide: G2.2-02
