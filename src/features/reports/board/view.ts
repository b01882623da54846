import { RISK_STATUS_WORDS, SCOPE_WORDS, SEVERITY_WORDS } from '#domain/labels.ts';
import { SCOPES } from '#domain/model/catalogue.ts';
import { SEVERITIES, STATE_WORDS, STATES, type State } from '#domain/model/verdict.ts';
import type { RiskStatus } from '#domain/risks/board.ts';
import { dayWords, longDay, shortDay, shortId, zoneWords } from '#domain/text/words.ts';
import { concernWords, minutesWords } from '../../shared/words.ts';
import type { Report } from '../model.ts';
import { TITLE } from '../shared/report-words.ts';
import { upgradesShown } from '../shared/upgrades.ts';
import { unreadOf } from './unread.ts';
import { asksShown, changedLines, historyWords, leadOf, STATE_MEANING, titlesInRow } from './words.ts';

type Control = Report['controls'][number];
type Finding = NonNullable<Report['board']>['findings'][number];

/** Maximum number of points on the first page, so that the decisions for the board fit on it. */
const FIRST_POINTS = 5;
const FIRST_CHANGES = 4;
/** Maximum rows of a list for the board; the appendix has all of them. */
const MAX_ROWS = 20;
const MAX_UPGRADES = 5;

/** Symbol for the status of a risk, by the verdict state with the same meaning. */
const RISK_SHAPE: Readonly<Record<RiskStatus, State>> = {
  open: 'fail',
  cannot_read: 'cannot_read',
  pending: 'pending',
  accepted: 'accepted',
  not_licensed: 'not_licensed',
  policy_only: 'policy_only',
  partly: 'pending',
  covered: 'pass',
};

/** The board's report as text, for paper and screen. The only people it names are the owners of decisions. */
export function boardView(report: Report, record: { readonly sha256: string }) {
  const { client, changes, board } = report;
  const findings = board?.findings ?? findingsOfTitles(report);
  const byId = new Map(report.controls.map((control) => [control.id, control]));
  const asks = asksShown(report);
  const policy = findings.filter(({ state }) => state === 'policy_only');
  const personal = policy.find(({ control }) => byId.get(control)?.area === 'personal_accounts');
  const failing = findings.filter(({ state }) => state === 'fail');
  const points = [
    ...failing.slice(0, FIRST_POINTS - Math.min(1, policy.length)),
    ...(personal === undefined ? policy.slice(0, 1) : [personal]),
  ];
  const changed = changes === null ? null : changedLines(changes, findings);
  return {
    title: TITLE,
    client: client.name,
    preparedBy: report.preparedBy,
    asOf: report.asOf,
    day: longDay(report.asOf),
    zone: zoneWords(client.timezone),
    lead: leadOf(report),
    points: points.map((finding) => ({
      state: finding.state,
      word: STATE_WORDS[finding.state],
      bold: ended(finding.headline),
      rest: finding.rest,
      control: finding.control,
      code: shortId(finding.control),
    })),
    morePoints: Math.max(0, failing.length - points.filter(({ state }) => state === 'fail').length),
    failing: failing.length,
    changed: {
      title: changes === null ? 'What has changed' : `What has changed since ${dayWords(changes.since)}`,
      lines:
        changed === null ? ['There is no earlier report to compare with.'] : changed.slice(0, FIRST_CHANGES),
    },
    asks: asks.slice(0, MAX_ROWS),
    moreAsks: Math.max(0, asks.length - MAX_ROWS),
    states: STATES.map((state) => ({ state, word: STATE_WORDS[state], n: report.counts[state] })),
    areas: [
      ...report.areas.map(({ name, counts, total }) => ({ name, counts, total, all: false })),
      { name: 'All areas', counts: report.counts, total: report.total, all: true },
    ],
    history: history(report),
    wrong: SEVERITIES.map((severity) => ({
      severity,
      word: SEVERITY_WORDS[severity],
      findings: failing.flatMap((finding) => {
        const control = byId.get(finding.control);
        return control?.severity === severity ? [explained(finding, control)] : [];
      }),
    })).filter((group) => group.findings.length > 0),
    unread: unreadOf(report),
    risks: risks(report),
    scopes: SCOPES.map((scope) => SCOPE_WORDS[scope]),
    policy: policy.map((finding) => ({
      bold: ended(finding.headline),
      rest: firstSentence(byId.get(finding.control)?.why ?? ''),
      code: shortId(finding.control),
    })),
    residual: report.risks
      .filter(({ policyOnly }) => policyOnly)
      .map(({ title, residual }) => ({ title, residual })),
    exceptions: exceptions(report),
    moreExceptions: Math.max(0, shownExceptions(report).length - MAX_ROWS),
    upgrades: upgrades(report),
    meaning: STATES.map((state) => ({ state, word: STATE_WORDS[state], means: STATE_MEANING[state] })),
    sha256: record.sha256,
    factsAsOf: dayWords(report.factsAsOf),
  };
}
export type BoardView = ReturnType<typeof boardView>;

const ended = (headline: string): string => (/[.?!…]$/.test(headline) ? headline : `${headline}.`);

/** The first sentence of a text. */
const firstSentence = (text: string): string => /^.+?\.(?=\s|$)/u.exec(text)?.[0] ?? text;

function explained(finding: Finding, control: Control) {
  const open = control.severity === 'critical' || control.severity === 'high';
  return {
    headline: ended(finding.headline),
    rest: finding.rest,
    why: open ? firstSentence(control.why) : null,
    todo: ended(finding.action),
    who: concernWords(control.concerns),
    effort: minutesWords(control.remediation.minutes),
    code: shortId(control.id),
  };
}

/** Reports of earlier releases have no headlines, so the titles of the controls are used. */
function findingsOfTitles(report: Report): Finding[] {
  return report.controls
    .flatMap((control) =>
      control.state === 'fail' || control.state === 'policy_only'
        ? [{ ...control, state: control.state }]
        : [],
    )
    .sort(
      (a, b) =>
        STATES.indexOf(a.state) - STATES.indexOf(b.state) ||
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity),
    )
    .map(({ id, state, title, items }) => ({
      control: id,
      state,
      code: '',
      listed: items.length,
      headline: state === 'fail' ? `Not in place: ${title}` : `Only the policy covers this: ${title}`,
      rest: '',
      action:
        report.nextActions.find(({ kind, controls }) => kind === 'fix' && controls[0] === id)?.title ?? title,
    }));
}

/** Counts of earlier days, if there are at least two days to draw. A day without a current reading is a gap. */
function history(report: Report) {
  const days = report.board?.history ?? [];
  if (days.length < 2) return null;
  return {
    words: historyWords(days),
    days: days.map(({ day, counts, total }) => ({
      day: dayWords(day),
      short: shortDay(day, days[0]?.day ?? day),
      total,
      counts: counts === null ? null : STATES.map((state) => ({ state, n: counts[state] })),
    })),
  };
}

function risks(report: Report) {
  const titles = new Map(report.risks.map(({ id, title }) => [id, title]));
  return (report.board?.risks ?? []).map(({ risk, standing, scopes }) => ({
    title: titles.get(risk) ?? risk,
    standing: { state: RISK_SHAPE[standing], word: RISK_STATUS_WORDS[standing] },
    scopes: SCOPES.map((scope) => {
      const part = scopes.find((one) => one.scope === scope);
      return part === undefined || part.state === null || part.of === 0
        ? null
        : { state: part.state, word: STATE_WORDS[part.state], words: `${part.hold} of ${part.of}` };
    }),
  }));
}

const shownExceptions = (report: Report) => report.exceptions.filter(({ state }) => state !== 'not_yet');

function exceptions(report: Report) {
  const words = {
    in_force: 'Ends',
    ended: 'Expired',
    not_signed: 'Not signed; ends',
    not_yet: 'Starts later; ends',
  };
  return shownExceptions(report)
    .slice(0, MAX_ROWS)
    .map(({ title, wrong, reason, owner, until, state }) => ({
      title: wrong ?? title,
      reason,
      owner,
      until: `${words[state]} ${dayWords(until)}`,
    }));
}

function upgrades(report: Report) {
  const shown = upgradesShown(report);
  if (shown === null) return null;
  const useful = [...shown.lines].sort((a, b) => b.gains.length - a.gains.length).slice(0, MAX_UPGRADES);
  const layerAlone = useful.some(({ gains, risks }) => gains.length === 0 && risks.length > 0);
  return {
    today: `${shown.today} Each purchase is forecast on its own. None of it is in place until someone has bought it and set it up.${layerAlone ? ' A purchase that makes no new control possible can still cover a risk better, as another layer of protection.' : ''}`,
    lines: useful.map((line) => ({
      name: line.name,
      cost: line.priced ? `${line.month} a month, ${line.year} a year` : 'Price not known',
      newControls: line.gains.length === 0 ? 'None' : String(line.gains.length),
      better: titlesInRow(line.risks),
    })),
  };
}
