import type { EntraUserRow, ServicePrincipalRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { CAVEAT, CONNECTOR_APPS, nameOf, type Seats, statusOf } from './microsoft-people.ts';

interface Given {
  readonly connector: readonly ServicePrincipalRow[];
  readonly seats: Seats;
  readonly byId: ReadonlyMap<string, EntraUserRow>;
  readonly users: readonly EntraUserRow[];
  readonly evidence: readonly Evidence[];
}

/**
 * With consent for the whole organization there are no individual grants, so it cannot be determined who linked, only
 * who may: if both applications require assignment, people assigned to both. If all of those hold seats, no one else
 * can have linked.
 */
export function mayLink(context: CheckContext, { connector, seats, byId, evidence }: Given): Outcome {
  const hidden = 'Consent was given for the whole organization, so Microsoft does not record who linked.';
  const fallback = ask(
    'look',
    'assignment_required',
    'Set “Assignment required” to Yes on both connector applications and assign the seat holders only.',
  );
  const missing = [...CONNECTOR_APPS].filter(
    ([id]) => !connector.some((row) => row.appId.toLowerCase() === id),
  );
  const open = connector.filter((row) => row.assignmentRequired !== true);
  if (missing.length > 0 || open.length > 0) {
    const why =
      open.length > 0
        ? `${names(open.map((row) => row.name))} ${open.some((row) => row.assignmentRequired === null) ? 'may let everyone in (the file does not say)' : `${verb(open.length, 'does', 'do')} not require assignment, so every employee may link`}`
        : `${names(missing.map(([, name]) => name))} is not in the file`;
    return because('personal_accounts.microsoft_assignments.not_required', `${hidden} ${why}.`).cannotRead(
      fallback,
      evidence,
    );
  }
  const assignments = context.read('app_assignments');
  if (!assignments.ok)
    return because(
      'personal_accounts.microsoft_assignments.unread',
      `${hidden} Both applications require assignment. ${assignments.why}`,
    ).cannotRead(assignments.howToGet, evidence);
  const groups = context.read('entra_groups');
  const groupMembers = new Map(
    groups.ok
      ? groups.rows.flatMap((row) =>
          row.id && row.members ? [[row.id.toLowerCase(), row.members] as const] : [],
        )
      : [],
  );
  const unread = new Set<string>();
  const perApp = connector.map((app) => {
    const people = new Set<string>();
    const rows = assignments.rows.filter((row) => row.resourceId.toLowerCase() === app.id?.toLowerCase());
    for (const row of rows) {
      const id = row.principalId?.toLowerCase() ?? null;
      const label = row.principalName ?? id ?? `row ${row.row}`;
      if (id === null) unread.add(label);
      else if (row.principalType === 'User' || (row.principalType === null && byId.has(id))) people.add(id);
      else if (groupMembers.has(id))
        for (const member of groupMembers.get(id) ?? []) people.add(member.toLowerCase());
      else if (row.principalType !== 'ServicePrincipal') unread.add(label);
    }
    return { app, people, listed: rows.length };
  });
  const all = [...evidence, ...assignments.evidence, ...(groups.ok ? groups.evidence : [])];
  const empty = perApp.filter(({ listed }) => listed === 0);
  if (empty.length > 0)
    return because(
      'personal_accounts.microsoft_assignments.incomplete',
      `${hidden} The assignments of ${names(empty.map(({ app }) => app.name))} have not been provided.`,
    ).cannotRead(
      ask(
        'source',
        'app_assignments',
        `Save the list of application assignments for both applications.`,
        'both',
      ),
      all,
    );
  if (unread.size > 0)
    return because(
      'personal_accounts.microsoft_assignments.members_unknown',
      `${hidden} Who is behind ${names([...unread])} cannot be read, so who may link is not known.`,
    ).cannotRead(
      ask('source', 'entra_groups', 'Import the list of Entra groups, with their members.', 'with_members'),
      all,
    );
  const [first, ...others] = perApp;
  const allowed = [...(first?.people ?? [])].filter((id) => others.every(({ people }) => people.has(id)));
  const without: Item[] = [];
  const unknown: string[] = [];
  for (const id of allowed) {
    const user = byId.get(id) ?? byAddress(byId, id);
    if (!user) unknown.push(id);
    else if (statusOf(user, seats) !== 'seat') {
      const person = nameOf(user);
      without.push({ ...person, detail: 'may link, and holds no seat', evidence: assignments.evidence });
    }
  }
  if (without.length > 0)
    return because(
      'personal_accounts.microsoft_assignments.without_seat',
      `${hidden} ${count(without.length, 'person', 'people')} of ${allowed.length} who may link ${verb(without.length, 'holds', 'hold')} no seat: ${names(without.map((item) => item.label))}.`,
    ).cannotRead(
      ask(
        'look',
        'assignments',
        'Remove them from the assignment of both connector applications, or ask them whether they linked.',
      ),
      all,
      without,
    );
  if (unknown.length > 0)
    return because(
      'personal_accounts.microsoft_assignments.not_in_users',
      `${hidden} ${count(unknown.length, 'assigned person is', 'assigned people are')} not in the Entra file.`,
    ).cannotRead(
      ask(
        'source',
        'entra_users',
        'Save every page of the Entra users and the groups again, on the same day.',
        'with_groups',
      ),
      all,
    );
  return because(
    'personal_accounts.microsoft_assignments.all_seated',
    `${hidden} Only people assigned to both applications may link, and all ${allowed.length} of them hold a seat. ${CAVEAT}`,
  ).pass(all);
}

function byAddress(byId: ReadonlyMap<string, EntraUserRow>, text: string): EntraUserRow | undefined {
  if (!text.includes('@')) return undefined;
  return [...byId.values()].find((user) =>
    [user.upn, user.mail, ...user.aliases].some((one) => one?.toLowerCase() === text),
  );
}
// Guide: G3.2-00
