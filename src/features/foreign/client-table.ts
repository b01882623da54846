import { ownValue } from '#domain/model/own-value.ts';
import { CLAUDE_PLANS, type ClaudePlan, M365_TIERS } from '#domain/model/profile.ts';
import { ImportProblem } from '#sources/exports/file-kind.ts';
import { openFile } from '#sources/exports/read/open.ts';
import { addresses, words } from '#sources/exports/table/cells.ts';
import { type Field, list } from '#sources/exports/table/columns.ts';
import { dataRows } from '#sources/exports/table/data-rows.ts';
import { Notes } from '#sources/exports/table/notes.ts';
import { View } from '#sources/exports/table/view.ts';
import type { RowProblem } from './schemas.ts';
import { MAX_ROWS, rowSchema } from './schemas.ts';

/** A table of clients as read, not yet compared with the existing clients. */
export interface ClientTable {
  readonly rows: readonly ReadRow[];
  readonly problems: readonly RowProblem[];
  readonly columns: readonly { readonly column: string; readonly field: string }[];
  readonly unused: readonly string[];
}

/** Maximum size of a table after unpacking, in bytes. */
const MAX_UNPACKED = 32 * 1024 * 1024;
const MAX_PROBLEMS = 500;

const FIELDS: readonly Field[] = [
  {
    field: 'name',
    headings: list('name, client, client name, association, organisation, organization, company'),
  },
  {
    field: 'domains',
    headings: list('domains, domain, mail domains, mail domain, email domain, primary domain'),
  },
  { field: 'plan', headings: list('claude plan, plan, claude') },
  {
    field: 'm365',
    headings: list('microsoft licence, microsoft license, m365, microsoft 365, microsoft, licence, license'),
  },
  { field: 'staff', headings: list('staff, staff count, headcount, employees, number of staff, users') },
  {
    field: 'owner',
    headings: list('owner, account owner, owner address, owner email, owner mail, claude owner, contact'),
  },
];
const HEADINGS: Readonly<Record<string, string>> = {
  name: 'Name',
  domains: 'Domains',
  plan: 'Claude plan',
  m365: 'Microsoft license',
  staff: 'Staff',
  owner: 'Owner',
};

export interface ReadRow {
  readonly row: number;
  readonly name: string;
  readonly domains: string[];
  readonly claudePlan: ClaudePlan;
  readonly m365: (typeof M365_TIERS)[number] | null;
  readonly staffCount: number | null;
  readonly owner: string | null;
}

/** Reads a table of new clients; problems are reported by row and column. Throws an ImportProblem. */
export async function readClientTable(bytes: Buffer): Promise<ClientTable> {
  const view = await viewOf(bytes);
  const problems: RowProblem[] = [];
  const rows: ReadRow[] = [];
  for (const row of dataRows(view, new Notes())) {
    const before = problems.length;
    if (before > MAX_PROBLEMS)
      throw new ImportProblem(
        `More than ${MAX_PROBLEMS} cells are not as they should be, so nothing was taken. The first: ${problems[0]?.says ?? ''}`,
        problems[0],
      );
    const cell = (field: string) => view.text(row, field);
    const say = (field: string, says: string) =>
      problems.push({ row: row.row, column: ownValue(HEADINGS, field) ?? field, says });
    const name = view.personal(row, 'name');
    if (name === null) say('name', 'The client has no name.');
    const domains = (cell('domains') ?? '').split(/[\s,;]+/).filter((one) => one !== '');
    if (domains.length === 0) say('domains', 'The client has no mail domain.');
    const shape = rowSchema.shape.domains.safeParse(domains);
    if (domains.length > 0 && !shape.success)
      say('domains', `“${wrongDomain(domains)}” is not a domain name, for example yourorg.org.`);
    const plan = planOf(cell('plan'));
    if (plan === null)
      say(
        'plan',
        `“${cell('plan') ?? ''}” is not a Claude plan. The plans are Team, Enterprise, and Free or Pro.`,
      );
    const m365 = tierOf(cell('m365'));
    if (m365 === 'unknown')
      say(
        'm365',
        `“${cell('m365')}” is no Microsoft license that can be named here. There are Business Basic, Business Standard, Business Premium, E3 and E5; leave it empty where it is not known.`,
      );
    const staff = countOf(cell('staff'));
    if (staff === 'unknown') say('staff', `“${cell('staff')}” is not a number of people.`);
    const owner = ownerOf(cell('owner'));
    if (owner === 'unknown') say('owner', `“${cell('owner')}” is not an email address.`);
    if (problems.length > before || name === null || plan === null || !shape.success) continue;
    if (m365 === 'unknown' || staff === 'unknown' || owner === 'unknown') continue;
    rows.push({ row: row.row, name, domains: shape.data, claudePlan: plan, m365, staffCount: staff, owner });
  }
  if (rows.length + problems.length === 0)
    throw new ImportProblem('The table lists no clients below its heading. Nothing was imported.');
  if (rows.length > MAX_ROWS)
    throw new ImportProblem(
      `The table lists ${rows.length} clients; ${MAX_ROWS} can be created in one action. Split it.`,
    );
  return {
    rows,
    problems,
    columns: view.columns.mapping.map(({ column, field }) => ({
      column,
      field: ownValue(HEADINGS, field) ?? field,
    })),
    unused: view.columns.unmapped,
  };
}

async function viewOf(bytes: Buffer): Promise<View> {
  const opened = await openFile(bytes, 'clients.csv', MAX_UNPACKED);
  if (opened.form === 'other') throw new ImportProblem(`${opened.why} Give the clients as CSV or XLSX.`);
  const contents = opened.form === 'contents' ? opened.contents : [];
  const table = contents.flatMap((content) => (content.form === 'table' ? content.tables : []))[0];
  if (table === undefined) {
    if (opened.form === 'contents' && opened.problem !== null) throw opened.problem;
    throw new ImportProblem('There is no table in it. Give the clients as CSV or XLSX, or paste the rows.');
  }
  const view = new View(table, FIELDS, new Notes());
  const missing = ['name', 'domains', 'plan'].filter((field) => !view.has(field));
  if (missing.length > 0)
    throw new ImportProblem(
      `The table has no column “${missing.map((field) => ownValue(HEADINGS, field)).join('” and no column “')}”. Its first row has to name the columns: Name, Domains, Claude plan, Microsoft license, Staff, Owner.`,
    );
  return view;
}

function wrongDomain(domains: readonly string[]): string {
  return domains.find((one) => !rowSchema.shape.domains.safeParse([one]).success) ?? domains[0] ?? '';
}

const PLANS: Readonly<Record<string, ClaudePlan>> = {
  team: 'team',
  teams: 'team',
  enterprise: 'enterprise',
  free: 'free_pro',
  pro: 'free_pro',
  'free pro': 'free_pro',
  'free or pro': 'free_pro',
};

function planOf(text: string | null): ClaudePlan | null {
  if (text === null) return null;
  const plain = words(text)
    .replace(/\b(?:claude|plan|for|work)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return ownValue(PLANS, plain) ?? CLAUDE_PLANS.find((plan) => plan === text.trim().toLowerCase()) ?? null;
}

function tierOf(text: string | null): ReadRow['m365'] | 'unknown' {
  if (text === null) return null;
  const plain = words(text);
  if (/\b(?:not known|unknown)\b/.test(plain)) return null;
  if (/\bpremium\b/.test(plain)) return 'business_premium';
  if (/\b(?:basic|standard)\b/.test(plain)) return 'business_basic_standard';
  if (/\be ?3\b/.test(plain)) return 'e3';
  if (/\be ?5\b/.test(plain)) return 'e5';
  return M365_TIERS.find((tier) => tier === text.trim().toLowerCase()) ?? 'unknown';
}

function countOf(text: string | null): number | null | 'unknown' {
  if (text === null) return null;
  const digits = text.replace(/[\s,.'](?=\d{3}\b)/g, '');
  return /^\d{1,7}$/.test(digits) ? Number(digits) : 'unknown';
}

function ownerOf(text: string | null): string | null | 'unknown' {
  if (text === null) return null;
  const [address] = addresses(text);
  const parsed = rowSchema.shape.owner.safeParse(address);
  return address === undefined || !parsed.success ? 'unknown' : (parsed.data ?? null);
}
