import { html } from 'hono/html';
import { STATES, type State } from '#domain/model/verdict.ts';
import { type BoardView, boardView } from '../board/view.ts';
import type { Report } from '../model.ts';
import type { Logo } from '../shared/logo.ts';
import { documentOf } from './document.ts';
import {
  head,
  type Markup,
  name,
  region,
  severity,
  shape,
  slug,
  stateShape,
  stateWord,
  t,
} from './markup.ts';
import { recordHash, reportHead } from './summary.ts';

/** The board's report: text and few figures, no script. The only people it names are the owners of decisions. */
export function renderBoard(
  report: Report,
  { logo, sha256 }: { readonly sha256: string; readonly logo?: Logo },
): string {
  const view = boardView(report, { sha256 });
  return documentOf({
    report,
    title: view.title,
    button: '',
    note: 'Please keep it confidential.',
    script: null,
    frame: html`<main id="main" tabindex="-1" class="board">
${reportHead(report, logo, view.title)}
<p class="lead">${t(view.lead)}</p>
${bar(view)}
${points(view)}
${section('changed', view.changed.title, html`<ul class="lines">${view.changed.lines.map((line) => html`<li>${t(line)}</li>`)}</ul>`)}
${section('asks', 'What we ask of you', asks(view))}
${section('stand', 'Current status', areas(view))}
${section('history', 'How this has changed over time', history(view))}
${section('wrong', 'What is wrong, and what will be done', wrong(view))}
${section('unread', 'What could not be checked', unread(view))}
${section('risks', 'Risks, and what protects against them', risks(view))}
${section('limits', 'What no technology can prevent', limits(view))}
${section('exceptions', 'Exceptions', exceptions(view))}
${section('upgrades', 'What each upgrade would buy', upgrades(view))}
${section('meaning', 'How to read this report', meaning(view))}
</main>`,
  });
}

const section = (id: string, title: string, body: Markup): Markup =>
  html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${body}</section>`;

const none = (words: string): Markup => html`<p class="mute">${words}</p>`;

function bar({ states }: BoardView): Markup {
  const held = states.filter(({ n }) => n > 0);
  return html`<div class="bar" aria-hidden="true">${held.map(({ state }) => html`<span class="seg seg-${slug(state)} ${slug(state)}"></span>`)}</div>
<ul class="legend">${held.map(({ state, word, n }) => html`<li class="${slug(state)}"><span>${shape(state)}${word}</span> <b>${n}</b></li>`)}</ul>`;
}

function points({ points: list, morePoints, failing }: BoardView): Markup {
  const drawn = (some: BoardView['points']) =>
    some.length === 0
      ? ''
      : html`<ul class="points">${some.map(
          (p) =>
            html`<li>${stateShape(p.state)}<span><strong>${t(p.bold)}</strong> ${t(p.rest)}</span><span class="code">${p.code}</span></li>`,
        )}</ul>`;
  // The failures and how many more there are add up to the number above; what depends on policy alone is none of them.
  const body =
    list.length === 0
      ? none('Nothing fails and nothing depends on policy alone.')
      : html`${drawn(list.filter(({ state }) => state === 'fail'))}${morePoints === 0 ? '' : none(`${morePoints} more of the ${failing} failures below.`)}${drawn(list.filter(({ state }) => state !== 'fail'))}`;
  return section('board', 'What is wrong', body);
}

function asks({ asks: list, moreAsks }: BoardView): Markup {
  if (list.length === 0) return none('Nothing is waiting for a decision by the board.');
  return html`${region(
    'What we ask of you, table',
    // On a phone its rows are displayed as a list; the ARIA roles keep it a table for screen readers.
    html`<table class="asks" role="table">${head(['Decision', 'Who', 'By'])}<tbody role="rowgroup">${list.map(
      ({ what, who, by }) =>
        html`<tr role="row"><td role="cell">${t(what)}</td><td role="cell">${name(who)}</td><td role="cell">${by}</td></tr>`,
    )}</tbody></table>`,
  )}${moreAsks === 0 ? '' : none(`${moreAsks} more in the technician’s appendix.`)}`;
}

function areas({ areas: rows, states }: BoardView): Markup {
  return region(
    'Controls per area and state',
    html`<table class="areas"><thead><tr><th scope="col">Area</th>${states.map(({ state, word }) => html`<th scope="col" class="num"><span class="th">${shape(state)}${word}</span></th>`)}<th scope="col" class="num">All</th></tr></thead>
<tbody>${rows.map(
      ({ name: area, counts, total, all }) =>
        html`<tr><th scope="row">${all ? html`<b>${area}</b>` : area}</th>${STATES.map((state) => html`<td class="num${counts[state] === 0 ? ' zero' : ''}">${counts[state]}</td>`)}<td class="num"><b>${total}</b></td></tr>`,
    )}</tbody></table>`,
  );
}

/** Height of a column in units of the viewBox, one for each percent of the controls. */
const TALL = 100;

/** One column per day with its states stacked; a day without a reading is an empty frame. */
function history({ history: found, states }: BoardView): Markup {
  if (found === null) return none('There is no history yet: this is the first month with figures.');
  const { days, words } = found;
  return html`<p>${words}</p>
<div class="history" aria-hidden="true">${days.map(
    ({ short, counts, total }) =>
      html`<div><svg viewBox="0 0 1 ${TALL}" preserveAspectRatio="none" focusable="false">${counts === null ? html`<rect class="gap" width="1" height="${TALL}"/>` : column(counts, total)}</svg><span>${short}</span>${counts === null ? html`<span>No reading</span>` : ''}</div>`,
  )}</div>
${region(
  'Controls per day and state',
  html`<table class="areas"><thead><tr><th scope="col">Day</th>${states.map(({ state, word }) => html`<th scope="col" class="num"><span class="th">${shape(state)}${word}</span></th>`)}<th scope="col" class="num">All</th></tr></thead>
<tbody>${days.map(
    ({ day, counts, total }) =>
      html`<tr><th scope="row">${day}</th>${
        counts === null
          ? html`<td colspan="${states.length + 1}" class="mute">No reading was current</td>`
          : html`${counts.map(({ n }) => html`<td class="num${n === 0 ? ' zero' : ''}">${n}</td>`)}<td class="num"><b>${total}</b></td>`
      }</tr>`,
  )}</tbody></table>`,
)}`;
}

function column(counts: readonly { readonly state: State; readonly n: number }[], total: number): Markup {
  let y = 0;
  return counts.map(({ state, n }) => {
    const height = (TALL * n) / total;
    y += height;
    return n === 0
      ? ''
      : html`<rect class="${slug(state)}" width="1" y="${(y - height).toFixed(2)}" height="${height.toFixed(2)}"/>`;
  });
}

function wrong({ wrong: groups }: BoardView): Markup {
  if (groups.length === 0) return none('No control fails.');
  return groups.map(
    (group) =>
      html`<h3>${severity(group.severity)} <span class="count">${group.findings.length}</span></h3>${group.findings.map(
        (f) =>
          html`<div class="finding"><div><p><strong>${t(f.headline)}</strong> ${t(f.rest)} ${f.why === null ? '' : t(f.why)}</p><p><span class="mute">To do:</span> ${t(f.todo)} <span class="mute">${f.who}. ${f.effort}.</span></p></div><span class="code">${f.code}</span></div>`,
      )}`,
  );
}

function unread({ unread: list }: BoardView): Markup {
  if (list.length === 0) return none('Every control that applies could be checked.');
  return html`${none('This report makes no claims about these controls. The table shows what is missing and what it would decide.')}${region(
    'What could not be checked, table',
    html`<table>${head(['What is missing', 'Controls', 'So we do not know whether'], ['Controls'])}<tbody>${list.map(
      ({ what, n, titles, more }) =>
        html`<tr><td>${t(what)}</td><td class="num">${n}</td><td><ul class="ev">${titles.map((title) => html`<li>${t(title)}</li>`)}${more === 0 ? '' : html`<li class="mute">and ${more} more</li>`}</ul></td></tr>`,
    )}</tbody></table>`,
  )}`;
}

function risks({ risks: rows, scopes }: BoardView): Markup {
  if (rows.length === 0) return none('The release that made this report did not show risks by layer.');
  return html`${none('Each cell shows the worst state among the controls in that layer, and how many of the controls that apply pass. A risk is covered only when every layer that technology can provide is in place.')}${region(
    'Risks by layer',
    html`<table class="risks">${head(['Risk', 'Now', ...scopes])}<tbody>${rows.map(
      (risk) =>
        html`<tr><th scope="row">${t(risk.title)}</th><td><span class="sw ${slug(risk.standing.state)}">${shape(risk.standing.state)}${risk.standing.word}</span></td>${risk.scopes.map((part) => html`<td>${part === null ? html`<span class="mute">None</span>` : html`${stateShape(part.state)}${part.words}`}</td>`)}</tr>`,
    )}</tbody></table>`,
  )}`;
}

function limits({ policy, residual }: BoardView): Markup {
  if (policy.length + residual.length === 0) return none('Nothing depends on policy alone.');
  return html`<ul class="points">${policy.map(
    (p) =>
      html`<li>${stateShape('policy_only')}<span><strong>${t(p.bold)}</strong> ${t(p.rest)}</span><span class="code">${p.code}</span></li>`,
  )}${residual.map((r) => html`<li>${stateShape('policy_only')}<span><strong>${t(r.title)}.</strong> ${t(r.residual)}</span></li>`)}</ul>`;
}

function exceptions({ exceptions: list, moreExceptions }: BoardView): Markup {
  if (list.length === 0) return none('No exceptions.');
  return html`${region(
    'Exceptions, table',
    html`<table>${head(['Exception', 'Why', 'Owner', 'Until'])}<tbody>${list.map(
      (e) =>
        html`<tr><td>${t(e.title)}</td><td>${t(e.reason)}</td><td>${name(e.owner)}</td><td>${e.until}</td></tr>`,
    )}</tbody></table>`,
  )}${moreExceptions === 0 ? '' : none(`${moreExceptions} more in the technician’s appendix.`)}`;
}

function upgrades({ upgrades: found }: BoardView): Markup {
  if (found === null) return none('The release that made this report did not compare upgrades.');
  const today = html`<p>${t(found.today)}</p>`;
  if (found.lines.length === 0)
    return html`${today}${none('No purchase that Bylaw knows of would change what can be enforced.')}`;
  return html`${today}${region(
    'What each upgrade would buy, table',
    html`<table>${head(['Purchase', 'Price', 'New controls', 'Risks covered better'])}<tbody>${found.lines.map(
      (line) =>
        html`<tr><th scope="row">${t(line.name)}</th><td>${t(line.cost)}</td><td>${line.newControls}</td><td>${line.better === '' ? html`<span class="mute">None</span>` : t(line.better)}</td></tr>`,
    )}</tbody></table>`,
  )}`;
}

function meaning({ meaning: list, sha256, factsAsOf }: BoardView): Markup {
  return html`${region(
    'What the states mean',
    html`<table>${head(['State', 'Meaning'])}<tbody>${list.map(({ state, means }) => html`<tr><td>${stateWord(state)}</td><td>${means}</td></tr>`)}</tbody></table>`,
  )}<p class="record">Every figure comes from one record, which the technician’s appendix shows in full: files, rows, days and people. Facts about Claude and Microsoft are as of ${factsAsOf}.</p>
${recordHash(sha256)}`;
}
