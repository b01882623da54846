import { join } from 'node:path';
import { askedForCases } from './cases/asked-for.ts';
import { bearingCases } from './cases/bearing.ts';
import { besideEachOther } from './cases/beside-each-other.ts';
import { changedData } from './cases/changed-data.ts';
import { changedForms } from './cases/changed-forms.ts';
import { charterFormCases } from './cases/charter-forms.ts';
import { conditionalAccessCases } from './cases/conditional-access.ts';
import { conditionalAccessGaps } from './cases/conditional-access-gaps.ts';
import { connectorCases } from './cases/connectors.ts';
import { denialCases } from './cases/denials.ts';
import { feedCases } from './cases/feed.ts';
import { fileCases } from './cases/files.ts';
import { formCases } from './cases/forms.ts';
import { halfDocumentCases } from './cases/half-documents.ts';
import { halfCases } from './cases/halves.ts';
import { journalSignatureCases } from './cases/journal-signatures.ts';
import { languageCases } from './cases/languages.ts';
import { leaverCases } from './cases/leavers.ts';
import { memberCases } from './cases/members.ts';
import { microsoftCases } from './cases/microsoft.ts';
import { networkLogCases } from './cases/network-logs.ts';
import { oddPeriodCases } from './cases/odd-periods.ts';
import { outsideAccounts } from './cases/outside-accounts.ts';
import { outsideAcquired } from './cases/outside-acquired.ts';
import { outsideChapters } from './cases/outside-chapters.ts';
import { outsideComplete } from './cases/outside-complete.ts';
import { outsideConsole } from './cases/outside-console.ts';
import { outsideContradicted } from './cases/outside-contradicted.ts';
import { outsideCountries } from './cases/outside-countries.ts';
import { outsideDatedRoster } from './cases/outside-dated-roster.ts';
import { outsideDeadlines } from './cases/outside-deadlines.ts';
import { outsideDecisions } from './cases/outside-decisions.ts';
import { outsideDoubtful } from './cases/outside-doubtful.ts';
import { outsideExceptions } from './cases/outside-exceptions.ts';
import { outsideExplained } from './cases/outside-explained.ts';
import { outsideFigures } from './cases/outside-figures.ts';
import { outsideFirstAndLast } from './cases/outside-first-and-last.ts';
import { outsideGateways } from './cases/outside-gateways.ts';
import { outsideGuests } from './cases/outside-guests.ts';
import { outsideHandmade } from './cases/outside-handmade.ts';
import { outsideHospitals } from './cases/outside-hospitals.ts';
import { outsideImpossible } from './cases/outside-impossible.ts';
import { outsideJoined } from './cases/outside-joined.ts';
import { outsideLabels } from './cases/outside-labels.ts';
import { outsideLanguages } from './cases/outside-languages.ts';
import { outsideLeavingElsewhere } from './cases/outside-leaving-elsewhere.ts';
import { outsideLocales } from './cases/outside-locales.ts';
import { outsideManagementCompany } from './cases/outside-management-company.ts';
import { outsideMedical } from './cases/outside-medical.ts';
import { outsideMembership } from './cases/outside-membership.ts';
import { outsideMerged } from './cases/outside-merged.ts';
import { outsideMidMigration } from './cases/outside-mid-migration.ts';
import { outsideMixedExports } from './cases/outside-mixed-exports.ts';
import { outsideMoving } from './cases/outside-moving.ts';
import { outsideNobody } from './cases/outside-nobody.ts';
import { outsideOffice } from './cases/outside-office.ts';
import { outsideOkta } from './cases/outside-okta.ts';
import { outsideOrganizations } from './cases/outside-organizations.ts';
import { outsidePartTime } from './cases/outside-part-time.ts';
import { outsidePayroll } from './cases/outside-payroll.ts';
import { outsidePeople } from './cases/outside-people.ts';
import { outsidePlaceholders } from './cases/outside-placeholders.ts';
import { outsidePlans } from './cases/outside-plans.ts';
import { outsidePlansOfFiles } from './cases/outside-plans-of-files.ts';
import { outsideProvider } from './cases/outside-provider.ts';
import { outsideRecords } from './cases/outside-records.ts';
import { outsideSeconded } from './cases/outside-seconded.ts';
import { outsideSheets } from './cases/outside-sheets.ts';
import { outsideSince } from './cases/outside-since.ts';
import { outsideSisterOrganizations } from './cases/outside-sister-organizations.ts';
import { outsideSmall } from './cases/outside-small.ts';
import { outsideStaff } from './cases/outside-staff.ts';
import { outsideStates } from './cases/outside-states.ts';
import { outsideStrengths } from './cases/outside-strengths.ts';
import { outsideTenants } from './cases/outside-tenants.ts';
import { outsideTimes } from './cases/outside-times.ts';
import { outsideTwoParents } from './cases/outside-two-parents.ts';
import { outsideTwoTimes } from './cases/outside-two-times.ts';
import { outsideTyped } from './cases/outside-typed.ts';
import { outsideUnionsAndBars } from './cases/outside-unions-and-bars.ts';
import { partCases } from './cases/parts.ts';
import { personalAccountCases } from './cases/personal-accounts.ts';
import { policyCases } from './cases/policy.ts';
import { policyDraftCases } from './cases/policy-drafts.ts';
import { rosterCases } from './cases/roster.ts';
import { settingsCases } from './cases/settings.ts';
import { signatureCases } from './cases/signatures.ts';
import { strangerCases } from './cases/strangers.ts';
import { telemetryCases } from './cases/telemetry.ts';
import { usageCases } from './cases/usage.ts';
import { whichListCases } from './cases/which-list.ts';
import { windowCases } from './cases/windows.ts';
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
  ...halfCases,
  ...halfDocumentCases,
  ...strangerCases,
  ...signatureCases,
  ...journalSignatureCases,
  ...partCases,
  ...whichListCases,
  ...windowCases,
  ...policyCases,
  ...policyDraftCases,
  ...conditionalAccessCases,
  ...conditionalAccessGaps,
  ...microsoftCases,
  ...denialCases,
  ...feedCases,
  ...settingsCases,
  ...telemetryCases,
  ...networkLogCases,
  ...personalAccountCases,
  ...usageCases,
  ...fileCases,
  ...formCases,
  ...outsideStaff,
  ...outsidePlans,
  ...outsideTenants,
  ...outsideTyped,
  ...outsideUnionsAndBars,
  ...outsideLanguages,
  ...outsideGateways,
  ...outsideOffice,
  ...outsideOkta,
  ...outsideCountries,
  ...outsideTimes,
  ...outsideStates,
  ...outsideSheets,
  ...outsidePeople,
  ...outsideOrganizations,
  ...outsideDecisions,
  ...outsideContradicted,
  ...outsidePayroll,
  ...outsideTwoTimes,
  ...outsideTwoParents,
  ...outsideMixedExports,
  ...outsideMidMigration,
  ...outsideMedical,
  ...outsideManagementCompany,
  ...outsideMembership,
  ...outsideExceptions,
  ...outsideProvider,
  ...outsideAccounts,
  ...outsideImpossible,
  ...outsidePlansOfFiles,
  ...outsidePlaceholders,
  ...outsideRecords,
  ...outsidePartTime,
  ...outsideGuests,
  ...outsideAcquired,
  ...outsideMerged,
  ...outsideSisterOrganizations,
  ...outsideSmall,
  ...outsideHandmade,
  ...outsideHospitals,
  ...outsideChapters,
  ...outsideFirstAndLast,
  ...outsideJoined,
  ...outsideDoubtful,
  ...outsideComplete,
  ...outsideConsole,
  ...outsideDatedRoster,
  ...outsideDeadlines,
  ...outsideFigures,
  ...outsideLabels,
  ...outsideLeavingElsewhere,
  ...outsideLocales,
  ...outsideMoving,
  ...outsideSeconded,
  ...outsideStrengths,
  ...outsideNobody,
  ...outsideSince,
  ...besideEachOther,
  ...outsideExplained,
  ...askedForCases,
  ...bearingCases,
  ...changedData,
  ...charterFormCases,
  ...oddPeriodCases,
  ...changedForms,
];

/** Default number of random clients, which `--cases` changes, and their seed. */
const CLIENTS = 200;
const SEED = 20261124;

/** Prints the results on clients whose truth is known, and returns the number of passes without evidence. */
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

/** Kinds of statements that must not be made; all others must be found. */
const TRAPS: ReadonlySet<string> = new Set([
  'never',
  'silent',
  'nowhere',
  'unlisted',
  'notCalled',
  'accounted',
]);

function summary(what: string, findings: readonly Finding[]): string {
  const traps = findings.filter(({ statement }) => TRAPS.has(statement.kind));
  const statements = findings.filter(({ statement }) => !TRAPS.has(statement.kind));
  const count = (of: readonly Finding[], ...results: Result[]) =>
    of.filter(({ result }) => results.includes(result)).length;
  const found = count(statements, 'found');
  const share = statements.length === 0 ? '' : ` (${Math.round((100 * found) / statements.length)} %)`;
  return [
    `${what}: ${found} of ${statements.length} statements found${share}`,
    `${count(statements, 'missed')} missed, ${count(statements, 'wrong', 'false pass')} wrong`,
    `${count(traps, 'trap', 'false pass', 'missed')} of ${traps.length} traps`,
    `${count(findings, 'false pass')} false passes`,
  ].join('; ');
}

function value(options: readonly string[], name: string): string | null {
  const at = options.indexOf(name);
  return at === -1 ? null : (options[at + 1] ?? null);
}
