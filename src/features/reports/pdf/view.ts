import { FACT_WORDS, SEVERITY_WORDS } from '#domain/labels.ts';
import { STATE_WORDS, STATES, type State } from '#domain/model/verdict.ts';
import { checkedWords, dayWords, monthWords, shortId } from '#domain/text/words.ts';
import { LIGHT } from '../../shared/design-tokens.ts';
import {
  ACTION_WORDS,
  coverageWords,
  evidenceWords,
  factStatusWords,
  layerWords,
  minutesWords,
  placeWords,
} from '../../shared/words.ts';
import { asksShown } from '../board/words.ts';
import type { Report } from '../model.ts';
import { differences, groupByState, peopleLists } from '../shared/groups.ts';
import {
  APPENDIX_TITLE,
  assignedWords,
  DECISIONS_TITLE,
  EXCEPTION_WORDS,
  HAS_WORDS,
  OUTCOME_WORDS,
  observedOn,
  unseenWords,
} from '../shared/report-words.ts';
import { enforceableWords, UPGRADES_TITLE, upgradesShown } from '../shared/upgrades.ts';
import { commandPieces } from './command-pieces.ts';
import { frameOf } from './frame.ts';

type Evidence = Report['people']['restsOn'][number];
type Control = Report['controls'][number];

/** States whose controls print how to fix them; for the others it would only take space. */
const OPEN: readonly State[] = ['fail', 'cannot_read', 'pending'];

/**
 * Maximum matched people in print; the other formats have all of them. No one has to act on these, and the compiler
 * needs 60 kB per row of a tagged table: 3,000 rows are 80 pages, for which a small container does not have the
 * memory.
 */
const MAX_MATCHED = 300;

/** The data of the Typst template: words instead of codes, and dates as people write them. */
export function pdfView(report: Report, paper: 'a4' | 'us-letter', sha256: string) {
  const known = new Set(report.controls.map((c) => c.id));
  const ref = (control: string) => ({ short: shortId(control), known: known.has(control) });
  const cell = (counts: Report['counts'], to: (s: State) => string) =>
    STATES.map((s) => ({ n: counts[s], to: to(s), fail: s === 'fail' }));
  const lists = peopleLists(report);
  const differing = differences(report.facts);
  const agreeing = report.facts.length - differing.length;
  const { people, changes } = report;
  const inForce = report.exceptions.filter((e) => e.state === 'in_force');
  return {
    ...frameOf(report, paper, APPENDIX_TITLE),
    sha256,
    headline: report.summary.headline,
    bar: STATES.filter((s) => report.counts[s] > 0).map((s) => ({
      n: report.counts[s],
      shape: LIGHT.verdict[s].shape,
      hollow: s === 'not_applicable',
    })),
    states: STATES.map((s) => ({ ...stateView(s), head: STATE_WORDS[s].split(' ') })),
    failColor: LIGHT.verdict.fail.text,
    policyOnly: stateView('policy_only'),
    areas: report.areas.map((a) => ({
      name: a.name,
      cells: cell(a.counts, (s) => `${s}-${a.area}`),
      total: a.total,
    })),
    totals: cell(report.counts, (s) => `state-${s}`),
    total: report.total,
    since: {
      title: changes === null ? 'Since the earlier report' : `Since the report of ${dayWords(changes.since)}`,
      lines: changes === null ? ['No earlier report was given to compare with.'] : changes.lines,
    },
    inForce:
      inForce.length === 0
        ? ['None.']
        : inForce.map((e) => `${e.title}, until ${dayWords(e.until)}, ${e.owner}`),
    facts: clientFacts(report),
    actions: report.nextActions.map((a) => ({
      kind: ACTION_WORDS[a.kind],
      title: a.title,
      detail: a.detail,
      severity: severityView(a.severity),
      minutes: a.minutes === null ? null : minutesWords(a.minutes),
      due: a.due === null ? null : dayWords(a.due),
      controls: a.controls.map(ref),
    })),
    changes:
      changes === null
        ? null
        : {
            title: `Changed since the report of ${dayWords(changes.since)}`,
            lines: changes.lines,
            controls: changes.controls.map((c) => ({
              ref: ref(c.control),
              title: c.title,
              from: c.from === null ? null : stateView(c.from),
              to: c.to === null ? null : stateView(c.to),
              detail: c.detail,
            })),
          },
    groups: groupByState(report).map((g) => ({
      state: stateView(g.state),
      n: g.controls.length,
      areas: g.areas.map((a) => ({
        area: a.area,
        name: a.name,
        controls: a.controls.map((c) => controlView(c, report.asOf)),
      })),
    })),
    people: {
      why: people.ready ? null : (people.why ?? 'A file is missing.'),
      sum:
        people.members === null || people.staff === null
          ? null
          : `${people.members} seat holders compared with ${people.staff} current staff.`,
      restsOn: people.restsOn.map(evidenceView),
      lists: lists.map((l) => {
        const state = report.controls.find((c) => c.id === l.control)?.state;
        return {
          title: l.title,
          lead: l.lead,
          empty: l.empty,
          count: l.count,
          control:
            l.control === null || state === undefined
              ? null
              : { state: stateView(state), ref: ref(l.control) },
          people: l.people.map((p) => ({
            name: p.name,
            email: p.email,
            words: p.words,
            aside: p.aside,
            evidence: p.observations.map(evidenceView),
          })),
        };
      }),
      matchedCount: people.matched.length,
      matched: people.matched
        .slice(0, MAX_MATCHED)
        .map(({ member, staff, words }) => ({ member, staff, words })),
      notPrinted:
        people.matched.length <= MAX_MATCHED
          ? null
          : `These are the first ${MAX_MATCHED} of ${people.matched.length.toLocaleString('en')}. The workbook (XLSX) and the web page (HTML) of this report list all of them.`,
    },
    decisionsTitle: DECISIONS_TITLE,
    decisions: asksShown(report),
    exceptions: report.exceptions.map((e) => ({
      ref: ref(e.control),
      title: e.title,
      state: EXCEPTION_WORDS[e.state],
      until: dayWords(e.until),
      owner: e.owner,
      reason: e.reason,
      covers: e.items.length === 0 ? 'The whole control' : e.items.join(', '),
    })),
    risks: report.risks.map((r) => ({
      title: r.title,
      policyOnly: r.policyOnly,
      story: r.story,
      standing: r.standing,
      residual: r.residual,
      controls: r.controls.map((c) => ({ state: stateView(c.state), ref: ref(c.control), title: c.title })),
      layers: r.layers.map((l) => ({
        layer: layerWords(l.layer),
        coverage: coverageWords(l.coverage),
        guide: l.guide,
        status: factStatusWords(l.status),
        vendor: l.vendor,
      })),
    })),
    upgradesTitle: UPGRADES_TITLE,
    upgrades: upgradesView(report, ref),
    differences: {
      lead: `Verdicts follow the vendor. ${agreeing} other ${agreeing === 1 ? 'fact agrees' : 'facts agree'}. Newest vendor fact: ${dayWords(report.factsAsOf)}.`,
      list: differing.map((f) => ({
        title: f.title,
        guide: f.guide,
        guideSays: `The guide${f.guideAsOf === null ? '' : ` (${monthWords(f.guideAsOf)})`}:`,
        vendorSays: `The vendor (${FACT_WORDS[f.status].toLowerCase()}):`,
        vendor: f.vendor,
        has: HAS_WORDS[f.has],
        hasReason: f.hasReason,
        sources: f.sources.map((s) => ({ title: s.title, url: s.url, read: dayWords(s.read) })),
      })),
    },
    files: report.files.map((f) => ({
      file: f.file,
      sha: `SHA-256 ${f.sha256.slice(0, 8)} … ${f.sha256.slice(-8)}`,
      kind: f.problem ?? f.kindName ?? 'Not recognized',
      outcome: OUTCOME_WORDS[f.outcome],
      observed: f.observedOn === null ? 'Not known' : dayWords(f.observedOn),
      rows: f.rows === null ? '' : String(f.rows),
    })),
    notRead: report.notRead.map((n) => ({
      what: n.what,
      why: n.why,
      how: n.howToGet,
      controls: n.controls.map(ref),
    })),
  };
}

function controlView(c: Control, asOf: string) {
  const seen = observedOn(c);
  const evidence = otherEvidence(c);
  return {
    short: shortId(c.id),
    title: c.title,
    severity: severityView(c.severity),
    seen: seen === null ? unseenWords(c) : dayWords(seen),
    reason: c.reason,
    question: c.question,
    assigned: assignedWords(c),
    exception:
      c.exception === null
        ? null
        : { until: dayWords(c.exception.until), text: `${c.exception.reason}. Owner: ${c.exception.owner}.` },
    items: c.items.map((i) => ({
      label: i.label,
      detail: i.detail,
      evidence: i.observations.map(evidenceView),
    })),
    evidenceTitle: evidence.length < distinct(c.observations).length ? 'Further evidence' : 'Evidence',
    evidence: evidence.map(evidenceView),
    effort: `${minutesWords(c.remediation.minutes)} · ${c.remediation.who}`,
    steps: OPEN.includes(c.state)
      ? c.remediation.steps.map((s) => ({
          do: s.do,
          where:
            s.where === null
              ? null
              : `${s.where}.${s.checked === null ? '' : ` Menu path ${checkedWords(s.checked, asOf)}.`}`,
          why: s.why,
          command: s.command === null ? null : s.command.split(/\r\n?|\n/).map(commandPieces),
        }))
      : [],
  };
}

function upgradesView(report: Report, ref: (control: string) => { short: string; known: boolean }) {
  const shown = upgradesShown(report);
  if (shown === null) return null;
  return {
    ...shown,
    lines: shown.lines.map((line) => ({
      name: line.name,
      month: line.month,
      year: line.year,
      reckoned: line.reckoned,
      priced: line.priced,
      enforceable: enforceableWords(line),
      gains: line.gains.map(ref),
      better: line.better,
    })),
  };
}

/** Evidence of a control apart from the rows that its findings name, each once. */
function otherEvidence(c: Control): readonly Evidence[] {
  const named = new Set(c.items.flatMap(({ observations }) => observations.map(evidenceKey)));
  return distinct(c.observations).filter((one) => !named.has(evidenceKey(one)));
}

/** Several findings may be based on the same row. */
function distinct(list: readonly Evidence[]): readonly Evidence[] {
  return [...new Map(list.map((one) => [evidenceKey(one), one])).values()];
}

const evidenceKey = (one: Evidence) => JSON.stringify(evidenceView(one));

const evidenceView = (e: Evidence) => ({
  place: placeWords(e),
  kind: evidenceWords(e),
  day: dayWords(e.observedOn),
  says: e.says,
});

const stateView = (state: State) => ({
  icon: state,
  word: STATE_WORDS[state],
  color: LIGHT.verdict[state].text,
});

const severityView = (code: Control['severity']) => ({ code, word: SEVERITY_WORDS[code] });

function clientFacts(report: Report) {
  const { client } = report;
  const seats = client.claudeSeats === null ? '' : `, ${client.claudeSeats} seats bought`;
  return [
    { term: 'Claude', value: `${client.claudePlan}${seats}` },
    { term: 'Microsoft', value: client.m365 },
    { term: 'Domains', value: client.domains.join(', ') || 'None stated' },
    { term: 'Staff', value: client.staffCount === null ? 'Not stated' : String(client.staffCount) },
    { term: 'Web gateway', value: client.swg ?? 'None stated' },
    { term: 'SIEM', value: client.siem ?? 'None stated' },
    { term: 'Device management', value: client.deviceManagement ?? 'None stated' },
  ];
}
