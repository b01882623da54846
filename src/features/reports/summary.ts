import { SEVERITIES } from '#domain/model/verdict.ts';
import { count, names, sentence, verb } from '#domain/text/words.ts';
import type { Report } from './model.ts';

const POINTS = 6;

/** What a board reads in two minutes: the counts in words, then the most severe findings. */
export function summarize(report: Omit<Report, 'summary' | 'changes'>): Report['summary'] {
  const { counts, total, controls } = report;
  const failing = controls
    .filter((c) => c.state === 'fail')
    .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  const critical = failing.filter((c) => c.severity === 'critical');
  const lines = [
    `Of ${count(total, 'control')}, ${counts.pass} ${verb(counts.pass, 'passes', 'pass')} and ${counts.fail} ${verb(counts.fail, 'fails', 'fail')}.`,
  ];
  if (critical.length > 0) {
    lines.push(
      `${sentence(count(critical.length, 'critical control'))} ${verb(critical.length, 'fails', 'fail')}: ${names(
        critical.map(({ title }) => `“${title}”`),
        critical.length,
      )}.`,
    );
  } else if (counts.fail > 0) lines.push('None of the failures is critical.');
  if (counts.cannot_read > 0) {
    lines.push(
      `${sentence(count(counts.cannot_read, 'control'))} could not be read, so nothing is claimed about ${verb(counts.cannot_read, 'it', 'them')}.`,
    );
  }
  if (counts.policy_only > 0)
    lines.push(
      `No technology can enforce ${count(counts.policy_only, 'control')}; for ${verb(counts.policy_only, 'it', 'them')}, the policy is the control.`,
    );
  const points: Report['summary']['points'] = failing.slice(0, POINTS - 1).map((c) => {
    const [bold, rest] = split(c.reason);
    return { state: c.state, bold, rest, control: c.id };
  });
  const policy =
    controls.find((c) => c.state === 'policy_only' && c.area === 'personal_accounts') ??
    controls.find((c) => c.state === 'policy_only');
  if (policy) {
    const [bold, rest] = split(policy.reason);
    points.push({ state: policy.state, bold, rest, control: policy.id });
  }
  return { headline: lines.join(' '), points };
}

/** Maximum characters of a point after its first sentence; the control has the rest. */
const REST = 200;
const SENTENCE_END = /[.:](?=\s+[A-Z0-9“"])/gu;

/**
 * Splits off the first sentence, and as many whole sentences of the rest as fit. A period in a name, number or address
 * does not end a sentence, and no sentence is truncated.
 */
function split(text: string): [string, string] {
  const ends = [...text.matchAll(SENTENCE_END)].map((match) => match.index + 1);
  const first = ends.find((end) => end > 12);
  if (first === undefined) return [text, ''];
  const rest = text.slice(first).trim();
  const offset = text.length - rest.length;
  const stops = [...ends.filter((end) => end > offset && text[end - 1] === '.'), text.length];
  const last = stops.filter((end) => end - offset <= REST).at(-1) ?? stops[0] ?? text.length;
  return [text.slice(0, first).replace(/:$/, '.'), text.slice(offset, last).trim()];
}
