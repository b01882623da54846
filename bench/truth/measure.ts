import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { assessCommand } from '../../src/cli/commands/assess.ts';
import { decideFolder } from '../../src/features/assess/assess.ts';
import { readProfile } from '../../src/features/assess/profile.ts';
import { findingsOf } from '../../src/features/reports/index.ts';
import { version } from '../../src/features/version.ts';
import { sharedCatalogue } from '../../src/sources/catalogue/testing/shared.ts';
import type { Outcome, PeopleList, State, Statement, TruthCase } from './model.ts';

/** The parts of the report file that are compared with the truth; docs/schema/report.schema.json describes it. */
interface ReportFile {
  readonly controls: readonly {
    readonly id: string;
    readonly state: State;
    readonly reason: string;
    readonly question: string | null;
    readonly items: readonly { readonly key: string; readonly label: string; readonly detail: string }[];
  }[];
  readonly people: Readonly<Record<PeopleList, readonly { readonly email: string | null }[] | null>> & {
    readonly members: number | null;
    readonly staff: number | null;
  };
  readonly files: readonly {
    readonly file: string;
    readonly outcome: Outcome;
    readonly kind: string | null;
    readonly problem: string | null;
    readonly unmapped: readonly string[];
    readonly notes: readonly {
      readonly row: number | null;
      readonly column: string | null;
      readonly says: string;
    }[];
  }[];
  readonly notRead: readonly { readonly kind: string; readonly why: string }[];
}

/** `missed`: nothing was claimed. `wrong`: something else was claimed. A false pass is the worst kind of wrong. */
export type Result = 'found' | 'missed' | 'wrong' | 'false pass' | 'avoided' | 'trap';

export interface Finding {
  readonly case: string;
  readonly area: string;
  readonly statement: Statement;
  readonly result: Result;
  readonly said: string;
}

/** Read once for all cases. The command evaluates with it; cases are not derived from it. */
const catalogue = sharedCatalogue();

/**
 * Runs a case through the command that a technician uses and compares every statement with its output. Without the
 * command, it computes only the part of the report that it compares, which saves a third of the time: the rest, mainly
 * what each purchase would change, is derived from that part and from the profile.
 */
export async function measure(one: TruthCase, byCommand = true): Promise<Finding[]> {
  const root = mkdtempSync(join(tmpdir(), 'bylaw-truth-'));
  try {
    const read = await assessed(one, root, byCommand);
    const finding = (statement: Statement, result: Result, said: string): Finding => ({
      case: one.name,
      area: one.area,
      statement,
      result,
      said,
    });
    if (typeof read === 'string')
      return one.statements.map((statement) => finding(statement, 'missed', `the command stopped: ${read}`));
    return [...one.statements, ...accounted(one)].map((statement) => {
      const [result, said] = judge(statement, read);
      return finding(statement, result, said);
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The state of every control of a case, evaluated without the command; empty if the import stops. */
export async function statesOf(one: TruthCase): Promise<ReadonlyMap<string, State>> {
  const root = mkdtempSync(join(tmpdir(), 'bylaw-truth-'));
  try {
    const read = await assessed(one, root, false);
    return new Map(typeof read === 'string' ? [] : read.controls.map(({ id, state }) => [id, state]));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Writes a case's files into a folder, with the modification days that the case gives. Returns the profile's path. */
export function lay(one: TruthCase, root: string): { folder: string; profile: string } {
  const folder = join(root, 'client');
  const dayBefore = new Date(Date.parse(`${one.asOf}T12:00:00Z`) - 86_400_000);
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(one.files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    const day = one.saved[name];
    const saved = day === undefined ? dayBefore : new Date(`${day}T12:00:00Z`);
    utimesSync(path, saved, saved);
  }
  const profile = join(root, 'client.yaml');
  writeFileSync(profile, JSON.stringify(one.profile));
  return { folder, profile };
}

async function assessed(one: TruthCase, root: string, byCommand: boolean): Promise<ReportFile | string> {
  const { folder, profile } = lay(one, root);
  const report = join(root, 'report.json');
  try {
    if (!byCommand) {
      const from = { folder, profile: await readProfile(profile), catalogue, asOf: one.asOf };
      return findingsOf((await decideFolder({ ...from, version, clock: new Date() })).build);
    }
    await assessCommand(
      folder,
      { profile, report: [report], asOf: one.asOf },
      { out() {}, error() {}, progress() {}, state: (_, text) => text, bold: (text) => text },
      catalogue,
    );
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return JSON.parse(readFileSync(report, 'utf8'));
}

/** Statements for every case: each file is listed with its outcome, and with a reason if it was not used. */
function accounted(one: TruthCase): Statement[] {
  return Object.keys(one.files).map((name) => ({
    kind: 'accounted',
    file: name,
    why: 'no file is dropped in silence',
  }));
}

function judge(statement: Statement, report: ReportFile): [Result, string] {
  switch (statement.kind) {
    case 'state': {
      const found = control(report, statement.control);
      const said = `${found.state}: ${found.reason}`;
      if (statement.among.includes(found.state)) return ['found', said];
      if (found.state === 'pass') return ['false pass', said];
      return [found.state === 'cannot_read' ? 'missed' : 'wrong', said];
    }
    case 'never': {
      const found = control(report, statement.control);
      const said = `${found.state}: ${found.reason}`;
      if (!statement.states.includes(found.state)) return ['avoided', said];
      return [found.state === 'pass' ? 'false pass' : 'trap', said];
    }
    case 'says':
    case 'silent': {
      const found = control(report, statement.control);
      const words = [
        found.reason,
        found.question ?? '',
        ...found.items.flatMap((item) => [item.key, item.label, item.detail]),
      ].join('\n');
      const said = statement.text.test(words);
      const short = `${found.state}: ${found.reason}`;
      if (statement.kind === 'says') return [said ? 'found' : 'missed', short];
      return [said ? 'trap' : 'avoided', short];
    }
    case 'anywhere':
    case 'nowhere': {
      const words = JSON.stringify([report.controls, report.people, report.files, report.notRead]);
      const at = words.search(statement.text);
      const short = at === -1 ? 'said nowhere' : `… ${words.slice(Math.max(0, at - 80), at + 120)} …`;
      if (statement.kind === 'anywhere') return [at === -1 ? 'missed' : 'found', short];
      return [at === -1 ? 'avoided' : 'trap', short];
    }
    case 'lists': {
      const listed = report.people[statement.list];
      if (listed === null) return ['missed', `${statement.list}: not known`];
      const there = listed.map(({ email }) => email ?? '(no address)').toSorted();
      const meant = statement.emails.toSorted();
      const said = `${statement.list}: ${there.join(', ') || 'nobody'}; meant: ${meant.join(', ') || 'nobody'}`;
      if (there.join() === meant.join()) return ['found', said];
      return [there.some((email) => !meant.includes(email)) ? 'wrong' : 'missed', said];
    }
    case 'unlisted': {
      const there = (report.people[statement.list] ?? []).some(({ email }) => email === statement.email);
      return [
        there ? 'trap' : 'avoided',
        `${statement.list} ${there ? 'holds' : 'does not hold'} ${statement.email}`,
      ];
    }
    case 'count': {
      const there = report.people[statement.of];
      const said = `${statement.of}: ${there}, meant: ${statement.is}`;
      if (there === statement.is) return ['found', said];
      return [there === null ? 'missed' : 'wrong', said];
    }
    case 'file': {
      const there = report.files.find((entry) => entry.file === statement.file);
      if (!there) return ['wrong', `${statement.file} is named nowhere`];
      const words = [
        there.problem ?? '',
        ...there.notes.map((note) => `${note.column ?? ''} ${note.says}`),
        ...there.unmapped,
      ].join('\n');
      const said = `${statement.file}: ${there.outcome}${there.kind ? ` as ${there.kind}` : ''}. ${words.replaceAll('\n', ' ')}`;
      if (!statement.among.includes(there.outcome)) return ['missed', said];
      return [statement.says && !statement.says.test(words) ? 'missed' : 'found', said];
    }
    case 'accounted': {
      // For an archive, every file inside is listed.
      const there = report.files.find(
        (entry) => entry.file === statement.file || entry.file.startsWith(`${statement.file}/`),
      );
      if (!there) return ['trap', `${statement.file} is named nowhere`];
      const unused = there.outcome === 'malformed' || there.outcome === 'not_placed';
      if (unused && (there.problem ?? '') === '')
        return ['trap', `${statement.file} was not used, without a reason`];
      return ['avoided', there.outcome];
    }
    case 'notCalled': {
      const there = report.notRead.find((entry) => entry.kind === statement.source);
      const said = there ? there.why : `${statement.source} is not among what was not read`;
      return [there && statement.text.test(there.why) ? 'trap' : 'avoided', said];
    }
  }
}

function control(report: ReportFile, id: string): ReportFile['controls'][number] {
  const found = report.controls.find((one) => one.id === id);
  if (!found) throw new Error(`The report has no control ${id}.`);
  return found;
}
