import { SEVERITIES } from '#domain/model/verdict.ts';
import { count, sentence, verb } from '#domain/text/words.ts';
import type { Report } from './model.ts';

const POINTS = 6;

/** What a board reads in two minutes: the counts in words, then the gravest findings in their own words. */
export function summarise(report: Omit<Report, 'summary' | 'changes'>): Report['summary'] {
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
      `${count(critical.length, 'failure')} ${verb(critical.length, 'is', 'are')} critical: ${critical.map((c) => `“${c.title}”`).join(', ')}.`,
    );
  } else if (counts.fail > 0) lines.push('None of the failures is critical.');
  if (counts.cannot_read > 0) {
    lines.push(
      `${sentence(count(counts.cannot_read, 'control'))} could not be read, so nothing is claimed about ${verb(counts.cannot_read, 'it', 'them')}.`,
    );
  }
  if (counts.policy_only > 0)
    lines.push(
      `For ${count(counts.policy_only, 'control')} no technology exists; the policy is the control.`,
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

/** First sentence and the rest. A full stop inside a name, number or address does not end a sentence. */
function split(text: string): [string, string] {
  const end = /[.:](?=\s+[A-Z0-9“"])/u.exec(text);
  if (!end || end.index < 12) return [text, ''];
  return [text.slice(0, end.index + 1).replace(/:$/, '.'), text.slice(end.index + 1).trim()];
}
