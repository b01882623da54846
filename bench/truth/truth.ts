import { join } from 'node:path';
import { conditionalAccessCases } from './cases/conditional-access.ts';
import { conditionalAccessGaps } from './cases/conditional-access-gaps.ts';
import { connectorCases } from './cases/connectors.ts';
import { feedCases } from './cases/feed.ts';
import { fileCases } from './cases/files.ts';
import { languageCases } from './cases/languages.ts';
import { leaverCases } from './cases/leavers.ts';
import { memberCases } from './cases/members.ts';
import { microsoftCases } from './cases/microsoft.ts';
import { personalAccountCases } from './cases/personal-accounts.ts';
import { policyCases } from './cases/policy.ts';
import { rosterCases } from './cases/roster.ts';
import { settingsCases } from './cases/settings.ts';
import { telemetryCases } from './cases/telemetry.ts';
import { usageCases } from './cases/usage.ts';
import { type Finding, lay, measure, type Result } from './measure.ts';
import type { TruthCase } from './model.ts';
import { randomCases } from './random.ts';

/** Every named case. A case that once caught a false pass stays. */
export const CASES: readonly TruthCase[] = [
  ...rosterCases,
  ...leaverCases,
  ...memberCases,
  ...languageCases,
  ...connectorCases,
  ...policyCases,
  ...conditionalAccessCases,
  ...conditionalAccessGaps,
  ...microsoftCases,
  ...feedCases,
  ...settingsCases,
  ...telemetryCases,
  ...personalAccountCases,
  ...usageCases,
  ...fileCases,
];

/** How many clients are put together by chance unless `--cases` says otherwise, and from which seed. */
const CLIENTS = 200;
const SEED = 20261124;

const RESULTS: readonly Result[] = ['found', 'missed', 'wrong', 'false pass', 'avoided', 'trap'];

/** Prints what is said of clients whose truth is known, and returns how many passes nothing shows. */
export async function benchTruth(options: readonly string[], print: (text: string) => void): Promise<number> {
  const only = value(options, '--only');
  const keep = value(options, '--keep');
  const all = options.includes('--all');
  const seed = Number(value(options, '--seed') ?? SEED);
  const clients = Number(value(options, '--cases') ?? CLIENTS);
  const chosen = [...CASES, ...randomCases(seed, clients)].filter(
    ({ name }) => only === null || name.includes(only),
  );
  const findings: Finding[] = [];
  for (const one of chosen) {
    if (keep !== null) lay(one, join(keep, one.name));
    findings.push(...(await measure(one)));
  }
  for (const finding of findings) {
    if (!all && (finding.result === 'found' || finding.result === 'avoided')) continue;
    print(
      `${finding.result.toUpperCase().padEnd(10)} ${finding.case}  ${about(finding)}: ${finding.statement.why}`,
    );
    print(`${' '.repeat(11)}said: ${finding.said.slice(0, 300)}`);
  }
  print(`\n${clients} clients by chance, from the seed ${seed}`);
  const areas = [...new Set(findings.map(({ area }) => area))];
  for (const area of areas)
    print(
      summary(
        area,
        findings.filter((finding) => finding.area === area),
      ),
    );
  print(summary(`all of ${chosen.length} cases`, findings));
  return findings.filter(({ result }) => result === 'false pass').length;
}

function about({ statement }: Finding): string {
  switch (statement.kind) {
    case 'lists':
    case 'unlisted':
      return statement.list;
    case 'count':
      return statement.of;
    case 'file':
    case 'accounted':
      return statement.file;
    case 'notCalled':
      return statement.source;
    case 'anywhere':
    case 'nowhere':
      return String(statement.text);
    default:
      return statement.control;
  }
}

function summary(what: string, findings: readonly Finding[]): string {
  const count = (result: Result) => findings.filter((finding) => finding.result === result).length;
  const [found = 0, missed = 0, wrong = 0, falsePass = 0, avoided = 0, trap = 0] = RESULTS.map(count);
  const traps = avoided + trap;
  const statements = findings.length - traps;
  const share = statements === 0 ? '' : ` (${Math.round((100 * found) / statements)} %)`;
  return `${what}: ${found} of ${statements} statements found${share}, ${missed} missed, ${wrong} wrong; ${trap} of ${traps} traps; ${falsePass} false passes`;
}

function value(options: readonly string[], name: string): string | null {
  const at = options.indexOf(name);
  return at === -1 ? null : (options[at + 1] ?? null);
}
