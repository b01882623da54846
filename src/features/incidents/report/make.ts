import { html } from 'hono/html';
import { paperOf } from '#domain/text/paper.ts';
import { visible } from '#domain/text/unsafe-text.ts';
import { findIncident, type IncidentRow } from '#store/incidents/incidents.ts';
import type { HandlerContext } from '../../context.ts';
import { notFound } from '../../problems.ts';
import { asDownload, fileWord } from '../../shared/download.ts';
import { keepSignedRecord, signedRecordFile } from '../../signed-records/index.ts';
import { stampDue, stampsWanted } from '../../time-stamps/index.ts';
import { announce } from '../read.ts';
import { showIncident } from '../show.ts';
import { INCIDENT_REPORT, reportName } from './kind.ts';
import { type ReportView, reportView } from './view.ts';

/** Creates the report of an incident as of now, signs it and stores it as evidence. */
export async function makeReport(
  context: HandlerContext,
  input: { readonly incident: string; readonly paper?: 'a4' | 'letter' | undefined },
) {
  const { services, client, actor, now } = context;
  const shown = await showIncident(context, input.incident);
  const row = await rowOf(context, input.incident);
  const paper = input.paper ?? paperOf(client.timezone);
  const created = await keepSignedRecord(context, {
    how: INCIDENT_REPORT,
    name: reportName(row),
    reason: `Report of ${shown.code} of ${client.name}`,
    template: new URL('report.typ', import.meta.url),
    view: (fingerprint) =>
      reportView(shown, {
        client: client.name,
        by: actor.name,
        at: now,
        zone: client.timezone,
        fingerprint,
        paper: paper === 'letter' ? 'us-letter' : 'a4',
      }),
    after: { incident: shown.code, state: shown.state },
    also: await stampsWanted(context),
  });
  await stampDue(services, client.id);
  announce(context, input.incident);
  return created;
}

/** A stored report; reports of other incidents are not found. */
export async function reportFile(
  context: HandlerContext,
  { incident, sha256 }: { readonly incident: string; readonly sha256: string },
) {
  await rowOf(context, incident);
  return signedRecordFile(context, INCIDENT_REPORT, sha256);
}

/** The same report as a self-contained page. */
export async function reportPage(context: HandlerContext, { incident }: { readonly incident: string }) {
  const { client, actor, now } = context;
  const shown = await showIncident(context, incident);
  const view = reportView(shown, {
    client: client.name,
    by: actor.name,
    at: now,
    zone: client.timezone,
    fingerprint: null,
    paper: '',
  });
  return asDownload({
    name: `${shown.code.toLowerCase()}-${fileWord(client.name)}.html`,
    type: 'text/html; charset=utf-8',
    bytes: Buffer.from(String(await pageOf(shownByCode(view)))),
  });
}

async function rowOf({ client, read }: HandlerContext, id: string): Promise<IncidentRow> {
  const row = await read((tx) => findIncident(tx, client.id, id));
  if (row === undefined) throw notFound();
  return row;
}

/** Shows invisible characters by their code, so that a name cannot change how the text next to it appears. */
function shownByCode(view: ReportView): ReportView {
  return JSON.parse(JSON.stringify(view), (_, value: unknown) =>
    typeof value === 'string' ? visible(value) : value,
  ) as ReportView;
}

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dd{margin:0}code{overflow-wrap:anywhere}@page{margin:16mm 14mm}@media print{body{max-width:none;margin:0;padding:0}h2,h3{break-after:avoid}li,section{break-inside:avoid}}';

function pageOf(view: ReportView) {
  return html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>${view.title}</title><style>${STYLE}</style></head><body><main>
<p>${view.client}</p><h1>${view.title}</h1><p><b>${view.headline}</b></p><p>${view.summary}</p>
<dl>${view.facts.map(({ term, value }) => html`<dt>${term}</dt><dd>${value}</dd>`)}</dl>
<h2>Steps</h2>
${view.steps.map(
  ({ title, words, lines }) =>
    html`<section><h3>${title}</h3><p>${words}</p>${lines.length === 0 ? '' : html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`}</section>`,
)}
<h2>Lessons</h2>
${view.lessons.length === 0 ? html`<p>None is recorded.</p>` : html`<ul>${view.lessons.map((line) => html`<li>${line}</li>`)}</ul>`}
<h2>Evidence</h2>
<ul>${view.evidence.map(({ what, words, code }) => html`<li>${what}. ${words} <code>${code}</code></li>`)}</ul>
<h2>Timeline</h2>
<ol>${view.timeline.map(({ when, words }) => html`<li><time>${when}</time> ${words}</li>`)}</ol>
<footer><p>${view.signature.join(' ')}</p><p>${view.foot}</p></footer>
</main></body></html>
`;
}
