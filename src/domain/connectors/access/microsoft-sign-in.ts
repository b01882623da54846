import type { PermissionGrantRow, ServicePrincipalRow } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext, Current, Read } from '../../model/rule.ts';
import { CONNECTOR_APPS, filterShown, UNFILTERED } from '../../rules/microsoft/apps.ts';
import { Directory } from '../../rules/microsoft/directory.ts';
import { count, dayWords, names } from '../../text/words.ts';
import { type Gate, gate, unknownGate } from './gate.ts';
import type { Subject } from './subject.ts';

const APP_IDS: ReadonlySet<string> = new Set(CONNECTOR_APPS.map(({ appId }) => appId));
/** Microsoft lists consents to its applications, but not the Claude account from which they are used. */
const WHICH = 'Microsoft does not show from which Claude account.';
const HIDDEN = 'Consent was given for the whole organization, so Microsoft does not record who linked.';
const ASSIGN =
  'Set “Assignment required” to Yes on both connector applications and assign the people who are meant to use them; ask the person whether they linked it.';

/** Who in a tenant linked Microsoft 365, as far as Graph shows. Reads the files once for all people. */
export function microsoftSignIn(context: CheckContext): (subject: Subject) => Gate {
  const always =
    (answer: Gate): ((subject: Subject) => Gate) =>
    () =>
      answer;
  const apps = context.read('service_principals');
  if (!apps.ok)
    return always(unknownGate(`Who linked Microsoft 365 cannot be read. ${apps.why}`, apps.howToGet.text));
  const on = dayWords(apps.observedOn);
  if (apps.rows.length === 0)
    return always(
      unknownGate(
        `The list of enterprise applications of ${on} is empty, and every tenant has some.`,
        'Save every page of the list of enterprise applications.',
        apps.evidence,
      ),
    );
  const connector = apps.rows.filter((row) => APP_IDS.has(row.appId.trim().toLowerCase()));
  const cites = connector.map((row) => apps.cite(row, row.name));
  const filter = filterShown(context, apps);
  if (connector.length === 0 && filter !== null)
    return always(
      unknownGate(
        `Neither of the two connector applications is among the ${count(apps.rows.length, 'enterprise application')} of ${on}. ${filter}`,
        UNFILTERED.text,
        apps.evidence,
      ),
    );
  if (connector.length === 0)
    return always(
      gate(
        'closed',
        `Neither of the two connector applications is among the ${count(apps.rows.length, 'enterprise application')} of ${on}, so no one has linked Microsoft 365.`,
        apps.evidence,
      ),
    );
  const off = connector.filter((row) => row.enabled === false);
  if (off.length > 0)
    return always(
      gate(
        'closed',
        `Sign-in to ${names(off.map((row) => row.name))} was switched off in Entra on ${on}, so no one can use the link.`,
        off.map((row) => apps.cite(row, 'sign-in off')),
      ),
    );
  const consents = consentsOf(context, connector, cites);
  const assigned = assignmentsOf(context, connector);
  return (subject) => {
    const allowed = assigned?.of(subject) ?? null;
    if (allowed?.state === 'closed') return allowed;
    const consent = consents(subject);
    if (consent.state !== 'unknown' || allowed === null) return consent;
    const howTo = [allowed.howTo, consent.howTo].filter((one) => one !== null).join(' ');
    return unknownGate(`${consent.words} ${allowed.words}`, howTo, [
      ...consent.evidence,
      ...allowed.evidence,
    ]);
  };
}

/** From consents: a person's own consent carries their Entra id; one for the whole tenant hides who linked. */
function consentsOf(
  context: CheckContext,
  connector: readonly ServicePrincipalRow[],
  cites: readonly Evidence[],
): (subject: Subject) => Gate {
  const given = context.read('permission_grants');
  if (given.ok) return byList(context, connector, cites, given, null);
  const unread = unknownGate(
    `Who linked Microsoft 365 cannot be read. ${given.why}`,
    given.howToGet.text,
    cites,
  );
  return given.part === undefined ? () => unread : byList(context, connector, cites, given.part, unread);
}

/** @param unread Answer for anyone whom the list does not name, if the list is incomplete. */
function byList(
  context: CheckContext,
  connector: readonly ServicePrincipalRow[],
  cites: readonly Evidence[],
  grants: Read<'permission_grants'>,
  unread: Gate | null,
): (subject: Subject) => Gate {
  if (connector.some((row) => row.id === null))
    return () =>
      unknownGate(
        'The list of enterprise applications gives no object id for the connector, so its consents cannot be found.',
        'Save every page of the list of enterprise applications.',
        cites,
      );
  const ids = new Set(connector.flatMap((row) => row.id?.toLowerCase() ?? []));
  const mine = grants.rows.filter((row) => ids.has(row.clientId.toLowerCase()));
  const on = dayWords(grants.observedOn);
  if (mine.length === 0)
    return () =>
      unread ??
      gate(
        'closed',
        `None of the ${count(grants.rows.length, 'consent')} that Entra lists on ${on} is for the connector, so no one has linked Microsoft 365.`,
        [...cites, ...grants.evidence],
      );
  const own = Map.groupBy(
    mine.filter((row) => row.consentType !== 'AllPrincipals' && row.principalId !== null),
    (row) => row.principalId?.toLowerCase() ?? '',
  );
  const since = firstSeen(context, grants.observedOn);
  const wide = mine.filter((row) => row.consentType === 'AllPrincipals');
  const unreported = mine.filter(
    (row) => row.consentType !== 'AllPrincipals' && (row.principalId === null || row.consentType === null),
  );
  return (subject) => {
    const [grant] = subject.entra.ok ? (own.get(subject.entra.id) ?? []) : [];
    if (grant)
      return gate(
        'open',
        `Their own consent to Microsoft 365 is in Entra’s list of ${on}${sinceWords(since.get(keyOf(grant)), grants.observedOn)}. ${WHICH}`,
        [grants.cite(grant, `consent of ${subject.name}`)],
      );
    if (wide.length > 0)
      return unknownGate(
        HIDDEN,
        ASSIGN,
        wide.map((row) => grants.cite(row, 'consent for the whole organization')),
      );
    if (unread !== null) return unread;
    if (!subject.entra.ok)
      return unknownGate(
        `Whether one of the ${count(mine.length, 'consent')} to Microsoft 365 is theirs cannot be determined. ${subject.entra.why}`,
        subject.entra.howTo,
        grants.evidence,
      );
    if (unreported.length > 0)
      return unknownGate(
        `The list of ${on} does not say whose ${count(unreported.length, 'consent')} to Microsoft 365 ${unreported.length === 1 ? 'it is' : 'they are'}.`,
        'Save every page of the list of permission grants again.',
        unreported.map((row) => grants.cite(row, 'consent of no one knows whom')),
      );
    return gate(
      'closed',
      `None of the ${count(mine.length, 'consent')} to Microsoft 365 in Entra’s list of ${on} is theirs, and none is for everyone, so they have not linked it.`,
      [...cites, ...grants.evidence],
    );
  };
}

const keyOf = ({ clientId, principalId }: PermissionGrantRow): string =>
  `${clientId} ${principalId ?? ''}`.toLowerCase();

/** First day of each consent's unbroken run through the lists. Graph itself gives no date. */
function firstSeen(context: CheckContext, newest: string): ReadonlyMap<string, string> {
  let since = new Map<string, string>();
  for (const reading of context.history('permission_grants')) {
    if (reading.observedOn > newest) continue;
    const before = since;
    since = new Map(
      reading.rows.map((row) => [keyOf(row), before.get(keyOf(row)) ?? reading.observedOn] as const),
    );
  }
  return since;
}

function sinceWords(since: string | undefined, newest: string): string {
  return since === undefined || since === newest
    ? '; since when, it does not say'
    : `; it was there on ${dayWords(since)} already`;
}

interface Assigned {
  /** closed: certainly not assigned. unknown: assigned, or not determinable; the words say which. */
  of(subject: Subject): Gate;
}

/** From assignments: if both applications require assignment, anyone not assigned to both cannot sign in. */
function assignmentsOf(context: CheckContext, connector: readonly ServicePrincipalRow[]): Assigned | null {
  const open = connector.filter((row) => row.assignmentRequired !== true);
  if (open.length > 0 || connector.length < CONNECTOR_APPS.length)
    return open.some((row) => row.assignmentRequired === false)
      ? {
          of: () =>
            unknownGate('Assignment is not required for both applications, so everyone may link.', null),
        }
      : null;
  const assignments = context.read('app_assignments');
  if (!assignments.ok)
    return {
      of: () =>
        unknownGate(`Only people who are assigned may link. ${assignments.why}`, assignments.howToGet.text),
    };
  const groups = context.read('entra_groups');
  const users = context.read('entra_users');
  const directory = new Directory(groups.ok ? groups.rows : null, users.ok ? users.rows : null);
  const lists = connector.map((app) => ({
    app,
    list: listOf(
      assignments.rows.filter((row) => row.resourceId.toLowerCase() === app.id?.toLowerCase()),
      directory,
    ),
  }));
  return {
    of: (subject) => {
      const status = lists.map(({ app, list }) => ({ app, is: inList(list, subject) }));
      const out = status.find(({ is }) => is === 'no');
      if (out)
        return gate(
          'closed',
          `Both connector applications require assignment, and according to the list of ${dayWords(assignments.observedOn)} they are not assigned to ${out.app.name}.`,
          [...assignments.evidence, ...(groups.ok ? groups.evidence : [])],
        );
      return status.every(({ is }) => is === 'yes')
        ? unknownGate('They are assigned to both applications, so they may link.', null, assignments.evidence)
        : unknownGate('Whether they are assigned to both applications cannot be determined.', null);
    },
  };
}

type AssignmentRow = Extract<Current<'app_assignments'>, { ok: true }>['rows'][number];

/** Who is assigned to one application. */
interface List {
  readonly people: ReadonlySet<string>;
  /** The list has an entry that cannot be resolved: a group without members, or an entry without an id. */
  readonly unsure: boolean;
}

function listOf(rows: readonly AssignmentRow[], directory: Directory): List {
  const people = new Set<string>();
  // Graph lists assignments per application, so an empty list was probably never requested.
  let unsure = rows.length === 0;
  for (const { principalId, principalType } of rows) {
    const id = principalId?.toLowerCase() ?? null;
    if (id === null) {
      unsure = true;
      continue;
    }
    people.add(id);
    const single = principalType === 'User' || principalType === 'ServicePrincipal';
    if (single || (principalType === null && directory.user(id) !== null)) continue;
    const group = directory.group(id);
    for (const key of group?.people ?? []) people.add(key);
    if (group?.people == null || !group.complete) unsure = true;
  }
  return { people, unsure };
}

/** "no" only if every entry is known to be someone else, or a group that the person is not in. */
function inList({ people, unsure }: List, subject: Subject): 'yes' | 'no' | 'unknown' {
  if (!subject.entra.ok) return 'unknown';
  for (const key of subject.entra.keys) if (people.has(key)) return 'yes';
  return unsure ? 'unknown' : 'no';
}
// Guide: G3.1-02 G3.2-00
