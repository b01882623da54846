import { html } from 'hono/html';
import type { Part } from '../formats.ts';
import type { Report } from '../model.ts';
import type { Logo } from '../shared/logo.ts';
import { APPENDIX_TITLE, DECISIONS_TITLE } from '../shared/report-words.ts';
import { UPGRADES_TITLE } from '../shared/upgrades.ts';
import { renderBoard } from './board.ts';
import { controls } from './controls.ts';
import { documentOf } from './document.ts';
import { decisions, exceptions, facts, files, notRead, people, risks } from './lists.ts';
import { type Markup, t } from './markup.ts';
import { changed, nextActions, recordHash, reportHead, standing } from './summary.ts';
import { upgrades } from './upgrades.ts';

/**
 * Renders the board's report or the technician's appendix as one self-contained HTML file. The same report gives the
 * same bytes.
 */
export function renderHtml(
  report: Report,
  options: { readonly part: Part; readonly sha256: string; readonly logo?: Logo },
): string {
  return options.part === 'board' ? renderBoard(report, options) : renderAppendix(report, options);
}

function renderAppendix(
  report: Report,
  { logo, sha256 }: { readonly sha256: string; readonly logo?: Logo },
): string {
  return documentOf({
    report,
    title: APPENDIX_TITLE,
    button: html`<button type="button" id="theme" hidden>Dark</button>`,
    note: 'It names people: pass it on as you would a staff list.',
    script: 'page.client.js',
    frame: html`<div class="frame">${contents(report)}<main id="main" tabindex="-1">
${reportHead(report, logo, APPENDIX_TITLE)}
<p class="lead">${t(report.summary.headline)}</p>
${standing(report)}
${nextActions(report)}
${changed(report)}
${controls(report)}
${people(report)}
${decisions(report)}
${exceptions(report)}
${risks(report)}
${upgrades(report)}
${facts(report)}
${files(report)}
${notRead(report)}
${recordHash(sha256)}
</main></div>`,
  });
}

/** Table of contents, with the number of entries in each section. */
function contents(report: Report): Markup {
  const links: readonly [string, string, number | null][] = [
    ['stand', 'Current status', null],
    ['next', 'Do next', report.nextActions.length],
    ['changed', 'Changed', report.changes?.controls.length ?? null],
    ['controls', 'All controls', report.total],
    ['people', 'People', null],
    ['decisions', DECISIONS_TITLE, report.board?.asks.length ?? null],
    ['exceptions', 'Exceptions', report.exceptions.length],
    ['risks', 'Risks, and what protects against them', report.risks.length],
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
