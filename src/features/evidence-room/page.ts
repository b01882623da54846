import { html } from 'hono/html';
import { EXCEPTION_STATE_WORDS, SEVERITY_WORDS } from '#domain/labels.ts';
import { STATE_WORDS } from '#domain/model/verdict.ts';
import { momentWords } from '#domain/text/moments.ts';
import { visible } from '#domain/text/unsafe-text.ts';
import { count, dayWords } from '#domain/text/words.ts';
import { type RoomFacts, type RoomFile, statesOf } from './facts.ts';

interface Made {
  readonly client: string;
  readonly takenAt: Date;
  readonly takenBy: string;
  readonly certificate: string;
}

const STYLE =
  ':root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{margin:0}main{max-width:64rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{line-height:1.2}h2{margin-top:2.5rem}h3{margin-bottom:.25rem}p,li,td,dd,code{overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.375rem .75rem .375rem 0;border-top:1px solid color-mix(in srgb,CanvasText 20%,Canvas)}.scroll{overflow-x:auto}nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;list-style:none}td ul{margin:0;padding-left:1rem}@media print{nav{display:none}}';

/** The overview page of an evidence room, with links to its files. It loads nothing from outside. */
export async function roomPage(given: RoomFacts, made: Made): Promise<string> {
  const facts = shownByCode(given);
  const client = visible(made.client);
  return String(
    await html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<title>Evidence room of ${client}</title><style>${STYLE}</style></head><body><main>
<h1>Evidence room of ${client}</h1>
<p>Taken on ${moment(made.takenAt.toISOString())} by ${visible(made.takenBy)}. <a href="README.txt">README.txt</a> says how it is proved. Signed with the certificate of SHA-256 <code>${made.certificate}</code>.</p>
<nav aria-label="Parts"><ul>
${PARTS.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}
</ul></nav>
${verdicts(facts)}
${exceptions(facts)}
${reviews(facts)}
${incidents(facts)}
${charters(facts)}
${policy(facts)}
${stamps(facts)}
${evidence(facts)}
<section id="audit"><h2>Audit log</h2>
<p>Every record in order, each with the hash of the one before: <a href="audit/audit.jsonl">audit.jsonl</a>. <a href="audit/README.txt">How the chain is proved</a>.</p></section>
</main></body></html>
`,
  );
}

const PARTS = [
  ['controls', 'Controls'],
  ['exceptions', 'Exceptions'],
  ['reviews', 'Reviews'],
  ['incidents', 'Incidents'],
  ['charters', 'Charter'],
  ['policy', 'Policy'],
  ['stamps', 'Time stamps'],
  ['evidence', 'Evidence'],
  ['audit', 'Audit log'],
] as const;

function verdicts(facts: RoomFacts) {
  const undecided = facts.verdicts.filter(({ state }) => state === null).length;
  const counts = statesOf(facts.verdicts)
    .filter(([, n]) => n > 0)
    .map(([state, n]) => `${STATE_WORDS[state]}: ${n}`);
  return html`<section id="controls"><h2>Controls</h2>
<p>${[...counts, ...(undecided === 0 ? [] : [`Not decided: ${undecided}`])].join(' · ')}. Only a pass is met. <a href="verdicts.json">verdicts.json</a>, <a href="assessment-results.json">assessment-results.json</a> (NIST OSCAL)</p>
<div class="scroll"><table><thead><tr><th>Control</th><th>State</th><th>Why</th><th>Evidence</th></tr></thead><tbody>
${facts.verdicts.map(
  (one) =>
    html`<tr><td>${one.control}<br>${one.title}</td><td>${one.state === null ? 'Not decided' : STATE_WORDS[one.state]}<br>${SEVERITY_WORDS[one.severity]}</td><td>${one.reason ?? ''}</td><td><ul>${one.evidence.map(
      (cited) =>
        html`<li>${cited.kept === null ? cited.file : link(cited.kept, cited.file)}${cited.row === null ? '' : `, row ${cited.row}`}, of ${dayWords(cited.observedOn)}: ${cited.says}${cited.removedOn === null ? '' : ` (removed by retention on ${dayWords(cited.removedOn)})`}</li>`,
    )}</ul></td></tr>`,
)}
</tbody></table></div></section>`;
}

function exceptions({ exceptions: all }: RoomFacts) {
  return html`<section id="exceptions"><h2>Exceptions</h2><p>${count(all.length, 'exception')}. <a href="exceptions.json">exceptions.json</a></p>
<ul>${all.map(
    (one) =>
      html`<li>${one.control}, ${one.title}. ${EXCEPTION_STATE_WORDS[one.state]}, until ${dayWords(one.until)}, owner ${one.owner}: ${one.reason} ${approvalWords(one)}${one.ended === null ? '' : ` Ended by ${one.ended.by} on ${moment(one.ended.at)}.`}</li>`,
  )}</ul></section>`;
}

function approvalWords({ source, requested, decided, state }: RoomFacts['exceptions'][number]): string {
  if (source === 'charter') return 'It is in the charter that was imported.';
  const asked = requested === null ? '' : `Requested by ${requested.by} on ${moment(requested.at)}.`;
  if (decided === null) return `${asked} No one has decided.`;
  const verb = state === 'refused' ? 'Refused' : 'Approved';
  return `${asked} ${verb} by ${decided.by} on ${moment(decided.at)}${decided.samePerson ? ', the same person' : ''}.`;
}

function reviews({ reviews: all }: RoomFacts) {
  return html`<section id="reviews"><h2>Reviews</h2><p>${count(all.filter(({ signed }) => signed !== null).length, 'signed review')}. <a href="reviews.json">reviews.json</a></p>
<ul>${all.map(
    (one) =>
      html`<li>${one.kind === 'monthly' ? 'Monthly' : 'Quarterly'} review of the time from ${dayWords(one.from)}: ${
        one.signed === null
          ? `open since ${moment(one.opened.at)}`
          : html`signed by ${one.signed.by} (${one.signed.as}) on ${moment(one.signed.at)}. Minutes: ${one.minutes.map((file) => html`${link(file, file.format.toUpperCase())} `)}`
      }</li>`,
  )}</ul></section>`;
}

function incidents({ incidents: all }: RoomFacts) {
  return html`<section id="incidents"><h2>Incidents</h2><p>${count(all.filter(({ drill }) => !drill).length, 'incident')}, ${count(all.filter(({ drill }) => drill).length, 'drill')}. <a href="incidents.json">incidents.json</a></p>
<ul>${all.map(
    (one) =>
      html`<li>${one.code}, ${one.type}: ${one.title}. Noticed ${moment(one.noticed)}, ${
        one.closed === null
          ? 'open'
          : `${one.outcome === 'false_alarm' ? 'closed as a false alarm' : 'resolved'} on ${moment(one.closed.at)} by ${one.closed.by}`
      }. ${one.reports.length === 0 ? 'No report was made.' : html`Reports: ${one.reports.map((file) => html`${link(file, file.name)} `)}`}</li>`,
  )}</ul></section>`;
}

function charters({ charters: all }: RoomFacts) {
  return html`<section id="charters"><h2>Charter</h2><p>${count(all.length, 'version')}. <a href="charters.json">charters.json</a></p>
<ul>${all.map(
    (one) =>
      html`<li>Version ${one.version}, stored ${moment(one.storedAt)}. ${
        one.approvals.length > 0
          ? `Approved by ${one.approvals.map(({ by, at }) => `${by} on ${moment(at)}`).join('; ')}.`
          : 'No approval is on record in Bylaw.'
      }</li>`,
  )}</ul></section>`;
}

function policy({ policy: { versions, register } }: RoomFacts) {
  return html`<section id="policy"><h2>Policy</h2><p>${count(versions.length, 'version')}, ${count(register.length, 'acknowledgment')} in the register. <a href="policy.json">policy.json</a></p>
<ul>${versions.map(
    (one) =>
      html`<li>${one.title}, version ${one.version}, in effect from ${dayWords(one.effectiveOn)}. Approved by ${one.approvedBy} on ${moment(one.approvedAt)}. SHA-256 of the text <code>${one.sha256}</code></li>`,
  )}</ul></section>`;
}

function stamps({ stamps: all }: RoomFacts) {
  return html`<section id="stamps"><h2>Time stamps</h2><p>${count(all.filter(({ state }) => state === 'proved').length, 'file')} whose day an authority proved. <a href="time-stamps.json">time-stamps.json</a></p>
<ul>${all.map(
    (one) =>
      html`<li>${link(one, one.name)}: ${
        one.at === null
          ? 'no authority has stamped it yet'
          : html`it was there on ${moment(one.at)}, as ${one.authority ?? ''} states (${one.token === null ? 'its answer is no longer kept' : html`<a href="${one.token}">its answer</a>`})`
      }</li>`,
  )}</ul></section>`;
}

function evidence({ evidence: all, paths }: RoomFacts) {
  return html`<section id="evidence"><h2>Evidence</h2><p>${count(all.length, 'file')}, each under its SHA-256 as it was received or made.</p>
<ul>${all.map(
    (row) =>
      html`<li>${link({ sha256: row.sha256, name: row.name, path: paths.get(row.sha256) ?? null }, row.name)}, added ${moment(row.addedAt.toISOString())} by ${row.addedByName ?? 'someone'} <code>${row.sha256}</code></li>`,
  )}</ul></section>`;
}

function link({ path }: RoomFile, words: string) {
  return path === null ? html`${words} (no longer kept)` : html`<a href="${path}">${words}</a>`;
}

/** For example "Nov 24, 2026, 3:00 PM UTC". */
function moment(at: string): string {
  return `${momentWords(at, 'UTC')} UTC`;
}

/** Shows invisible characters as codes, so that a name cannot alter the text around it. */
function shownByCode(facts: RoomFacts): RoomFacts {
  const shown = <T>(value: T): T => {
    if (typeof value === 'string') return visible(value) as T;
    if (Array.isArray(value)) return value.map(shown) as T;
    if (value === null || typeof value !== 'object' || value instanceof Date || value instanceof Map)
      return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shown(one)])) as T;
  };
  return shown(facts);
}
