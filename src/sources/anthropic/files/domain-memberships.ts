import type { DomainMembershipRow } from '#domain/model/kinds.ts';
import type { Content, FileKind, Parsed, ParseEnvironment } from '../../exports/file-kind.ts';
import { holdsAddress, words, yesNo } from '../../exports/table/cells.ts';
import { type Field, list, shareOf } from '../../exports/table/columns.ts';
import { dataRows } from '../../exports/table/data-rows.ts';
import { jsonTable } from '../../exports/table/json-table.ts';
import type { Notes } from '../../exports/table/notes.ts';
import {
  EMAIL,
  FIRST_NAME,
  hasHeading,
  isOtherList,
  LAST_NAME,
  MONEY_OR_TOKENS,
  NAME,
  personName,
} from '../../exports/table/person-fields.ts';
import { contentKey, eachOnce, placeOf } from '../../exports/table/place-of.ts';
import { tableKind } from '../../exports/table/table-kind.ts';
import { refuseEmpty, type View } from '../../exports/table/view.ts';
import { inEnglish } from '../../exports/words/english.ts';

type Plan = NonNullable<DomainMembershipRow['plan']>;
const PERSONAL: readonly (Plan | null)[] = ['free', 'pro', 'max'];

const FIELDS: readonly Field[] = [
  { ...EMAIL, alone: holdsAddress },
  {
    field: 'plan',
    headings:
      list(`plan, plan type, subscription, subscription type, account plan, billing plan, current plan, plan
      name, account type, tier, organization plan, organisation plan, organization_plan, type,
      organization type, membership type, membership plan, kind of account, account kind, type of account`),
    check: (text) => planOf(text) !== null || isPersonal(text),
  },
  {
    // Next to the plan, or in place of it: whose account it is.
    field: 'accountKind',
    headings: list(
      `account type, kind of account, account kind, type of account, account, type, organization type`,
    ),
    check: (text) => isPersonal(text) || isOfOrganization(text),
  },
  {
    field: 'inWorkspace',
    headings:
      list(`in workspace, in your workspace, in organization, in organisation, in your organization, in your
      organisation, in this organization, member of workspace, member of your workspace, member of
      organization, workspace member, is member, is workspace member, is_member, in_workspace,
      in_organization, belongs to organization, belongs to workspace, managed, is managed, part of
      organization, membership, membership status, workspace membership, status`),
    check: (text) => insideOf(text) !== null,
  },
  {
    field: 'organization',
    headings:
      list(`organization, organisation, organization name, organisation name, workspace, workspace name,
      org, org name, current organization, organization_name, team, team name`),
  },
  {
    field: 'createdOn',
    headings:
      list(`account creation date, account created, account created at, creation date, created, created at,
      created on, date created, signup date, sign up date, signed up, signed up at, joined, joined at,
      joined on, first seen, registered, registered on`),
  },
  {
    field: 'lastActiveOn',
    headings:
      list(`last active date, last active, last active at, last active on, last activity, last activity
      date, last seen, last seen at, last login, last sign in, last used`),
  },
  NAME,
  FIRST_NAME,
  LAST_NAME,
];

function planOf(text: string): Plan | null {
  const plain = ` ${words(inEnglish(text))} `;
  if (/ enterprise /.test(plain)) return 'enterprise';
  if (/ teams? /.test(plain)) return 'team';
  if (/ max /.test(plain)) return 'max';
  if (/ pro /.test(plain)) return 'pro';
  return / free /.test(plain) ? 'free' : null;
}

function isPersonal(text: string): boolean {
  return /\b(personal|individual|consumer|self serve)\b/.test(words(text));
}

/** Whether the account belongs to an organization, not necessarily the client's. */
function isOfOrganization(text: string): boolean {
  return /^(?:organi[sz]ation(?:al)?|org|workspace|work|business|company|team|enterprise)(?: account)?$/.test(
    words(inEnglish(text)),
  );
}

function insideOf(text: string): boolean | null {
  const answer = yesNo(inEnglish(text));
  if (answer !== null && !/^(in)?active$/i.test(text)) return answer;
  const plain = words(text);
  if (/\b(not|outside|external|personal|unmanaged|other|non|individual|none)\b/.test(plain)) return false;
  return /\b(in|inside|member|managed|internal|joined|within|belongs)\b/.test(plain) ? true : null;
}

const table = tableKind<'domain_memberships'>({
  kind: 'domain_memberships',
  fields: FIELDS,
  needs: { fields: ['email'], words: 'email addresses' },
  score(view, name) {
    if (!view.has('email')) return 0;
    if (isOtherList(view) && !view.has('plan')) return 0;
    const plan = view.columns.first('plan');
    const plans =
      plan === null ? 0 : shareOf(view.table, plan, (text) => planOf(text) !== null || isPersonal(text));
    let score = 0.15;
    if (plan !== null && plans >= 0.7) score += 0.45;
    if (view.has('inWorkspace') && !/^status$/i.test(view.heading('inWorkspace'))) score += 0.25;
    if (view.has('organization') && hasHeading(view, /\b(organi[sz]ation|workspace|org)\b/)) score += 0.15;
    if (view.has('createdOn')) score += 0.1;
    if (view.has('lastActiveOn')) score += 0.05;
    if (/domain|membership|claim|personal/.test(name)) score += 0.15;
    if (
      hasHeading(view, /\b(role|seat|seat tier|seat type)\b/) &&
      !(plans >= 0.7 && view.has('organization'))
    )
      score -= 0.35;
    if (
      hasHeading(view, /\b(hire date|termination date|job title|department|employee id)\b/) ||
      hasHeading(view, MONEY_OR_TOKENS)
    )
      score -= 0.4;
    return plan === null && !view.has('inWorkspace') && !view.has('organization')
      ? Math.min(score, 0.3)
      : score;
  },
  asks: [
    { field: 'plan', looks: 'category' },
    // A role belongs to the organization of its row, whichever that is.
    { field: 'inWorkspace', looks: 'category', not: /^(?:role|user role|member role)$/ },
    { field: 'createdOn', looks: 'day' },
  ],
  read(views, environment, notes) {
    const rows = unique(views.flatMap((view) => readView(view, environment, notes)));
    refuseEmpty(rows, 'The Domain memberships report lists no account.');
    return { rows };
  },
});

/** Accounts on the client's email domain, as CSV, XLSX or JSON. Headings are not documented. */
export const domainMemberships: FileKind<'domain_memberships'> = {
  kind: 'domain_memberships',
  ...(table.fields === undefined ? {} : { fields: table.fields }),
  recognize(content, name) {
    const asTable = tableContent(content);
    return asTable ? table.recognize(asTable.content, name) : 0;
  },
  parse(content, environment): readonly Parsed[] {
    const asTable = tableContent(content);
    const parsed = table.parse(asTable?.content ?? content, environment);
    return asTable?.complete === false ? parsed.map((one) => ({ ...one, complete: false })) : parsed;
  },
};

function tableContent(content: Content): { content: Content; complete: boolean } | null {
  if (content.form === 'table') return { content, complete: true };
  if (content.form !== 'json') return null;
  const found = jsonTable(content.value);
  return found && found.table.rows.length > 0
    ? { content: { form: 'table', tables: [found.table] }, complete: found.complete }
    : null;
}

function readView(view: View, environment: ParseEnvironment, notes: Notes): DomainMembershipRow[] {
  const rows = dataRows(view, notes);
  const date = view.dates(rows, ['createdOn', 'lastActiveOn'], environment);
  const accounts: DomainMembershipRow[] = [];
  for (const row of rows) {
    const planText = view.text(row, 'plan');
    const emails = view.addresses(row, 'email');
    if (emails.length > 1)
      notes.add(
        {
          row: row.row,
          column: view.heading('email'),
          says: `This row has ${emails.length} email addresses. Each was counted as a separate account.`,
        },
        'several email addresses, each counted as an account',
      );
    const [email = ''] = emails;
    if (email === '') {
      // A row with a plan or an organization is an account, which rules must not overlook.
      const isAccount = planText !== null || view.text(row, 'inWorkspace') !== null;
      notes.add(
        {
          row: row.row,
          column: view.heading('email'),
          says: isAccount
            ? 'This account has no readable email address, so it is not known whose it is.'
            : 'This row has no email address and was left out.',
        },
        isAccount ? 'no readable email address' : 'no email address, left out',
      );
      if (!isAccount) continue;
    }
    const plan = planText === null ? null : planOf(planText);
    const kind = view.text(row, 'accountKind');
    const personal =
      PERSONAL.includes(plan) ||
      [planText, kind].some((text) => text !== null && plan === null && isPersonal(text));
    if (planText !== null && plan === null && !personal) {
      view.noteUnknown(row, 'plan', planText, 'plan');
    }
    const cell = view.cell(row, 'inWorkspace');
    const stated = typeof cell === 'boolean' ? cell : insideOf(view.text(row, 'inWorkspace') ?? '');
    if (stated === true && personal) {
      notes.add(
        {
          row: row.row,
          column: view.heading('inWorkspace'),
          says: `${email} is listed as inside the organization and with a personal plan. It was counted as a personal account.`,
        },
        'listed inside with a personal plan',
      );
    }
    const account = {
      ...placeOf(row, environment),
      name: personName(view, row),
      plan,
      // A personal plan cannot be in an organization, whatever another column says.
      inWorkspace: personal ? false : stated,
      organization: view.text(row, 'organization'),
      createdOn: date('createdOn', row),
      lastActiveOn: date('lastActiveOn', row),
    };
    for (const one of emails.length > 0 ? emails : ['']) accounts.push({ ...account, email: one });
  }
  return accounts;
}

function unique(rows: readonly DomainMembershipRow[]): DomainMembershipRow[] {
  return eachOnce(rows, (row) => contentKey(row, { email: row.email.toLowerCase() }));
}
// Guide: G2.2-07 G4.2-02 G5.5-04
