import { hadNoEffect } from '../../activity/payload.ts';
import type { ActivityRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import { address, withoutTag } from '../../people/names.ts';
import { detailText } from '../../rules/connectors/events.ts';
import { connectorGrants, consentsForAll, openLinks } from '../../rules/connectors/open-links.ts';
import { domainAccounts, mayBeFiltered, uncovered } from '../../rules/personal-accounts/report.ts';
import { keysMadeBy } from '../../rules/visibility/api-key-makers.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import type { Asked, Shown } from './person.ts';

const SIGNED_OUT = 'org_user_trusted_devices_revoked';

type Events = Extract<ReturnType<Asked['context']['events']>, { ok: true }>;

function unread(code: string, words: string, on: string | null = null): Shown {
  return { is: 'unread', on, code, words, evidence: [] };
}

function found(code: string, on: string, words: string, evidence: readonly Evidence[]): Shown {
  return { is: 'not_done', on, code, words, evidence };
}

function theirs({ person }: Asked, { rows }: Events): readonly ActivityRow[] {
  return rows.filter(
    ({ actorEmail, type, detail }) =>
      actorEmail !== null &&
      (person.addresses.has(address(actorEmail)) || person.addresses.has(withoutTag(actorEmail))) &&
      !hadNoEffect(type, detail),
  );
}

/**
 * Whether all sessions are ended. Activity after the last day shows that they are not; the vendor's record that every
 * session and device was revoked shows that they are.
 */
export function sessionsEnded(asked: Asked): Shown {
  const { context, day, person } = asked;
  const events = context.events();
  if (!events.ok) return unread('events_unread', 'No source here shows the sessions of a person.');
  const zone = context.profile.timezone;
  const last = theirs(asked, events).findLast(({ at }) => dayOf(at, zone) > day);
  const ids = new Set(
    events.rows.flatMap((row) => {
      const mail = detailText(row, 'deleted_user_email');
      return mail !== null && person.addresses.has(address(mail))
        ? (detailText(row, 'deleted_user_id') ?? [])
        : [];
    }),
  );
  // Sessions opened after the revocation would still be open on the last day.
  const revoked = events.rows.findLast(
    (row) =>
      row.type === SIGNED_OUT &&
      row.detail.completed === true &&
      ids.has(detailText(row, 'user_id') ?? '') &&
      dayOf(row.at, zone) >= day,
  );
  const signedOut = revoked === undefined ? null : dayOf(revoked.at, zone);
  if (last !== undefined && (revoked === undefined || last.at > revoked.at)) {
    const on = dayOf(last.at, zone);
    return found('active_after', on, `Active in Claude on ${dayWords(on)}, after the last day.`, [
      events.cite(last, `active on ${dayWords(on)}`),
    ]);
  }
  const onLastDay = theirs(asked, events).at(-1);
  if (revoked !== undefined && onLastDay !== undefined && onLastDay.at > revoked.at)
    return unread(
      'active_on_last_day',
      `Active in Claude on the last day after the sessions were revoked. Revoke them again.`,
      events.to,
    );
  if (revoked !== undefined && signedOut !== null)
    return {
      is: 'done',
      on: signedOut,
      code: 'signed_out',
      words: `All sessions and devices were revoked on ${dayWords(signedOut)}.`,
      evidence: [events.cite(revoked, 'sessions and devices revoked')],
    };
  return unread('sessions_unread', 'No event shows that the sessions were ended.', events.to);
}

/** API keys: events can show that one still exists, but never that there is none, since keys may be older. */
export function apiKeys({ context, person }: Asked): Shown {
  const events = context.events();
  if (!events.ok) return unread('events_unread', 'No source here shows who made which API key.');
  const keys = keysMadeBy(context, person.addresses);
  if (keys.length > 0)
    return found(
      'keys_left',
      events.to,
      `According to the events, ${count(keys.length, 'API key')} ${verb(keys.length, 'was', 'were')} not deleted: ${names(keys.map(({ label }) => label))}.`,
      keys.map(({ evidence }) => evidence),
    );
  return unread(
    'keys_unread',
    'No event shows an API key of theirs. Keys that are older than the events are not in them.',
    events.to,
  );
}

/** Cloud sessions: events can show that one was started and not deleted, but never that none is running. */
export function cloudSessions(asked: Asked): Shown {
  const events = asked.context.events();
  if (!events.ok) return unread('events_unread', 'No source here shows cloud sessions and routines.');
  const own = theirs(asked, events);
  const begun = own.filter(({ type }) => type === 'ccr_session_created');
  const ended = own.filter(({ type }) => type === 'ccr_session_deleted').length;
  if (begun.length > ended)
    return found(
      'cloud_left',
      events.to,
      `According to the events, ${count(begun.length, 'cloud session')} ${verb(begun.length, 'was', 'were')} started and ${ended} deleted.`,
      begun.map((row) => events.cite(row, 'cloud session started')),
    );
  return unread(
    'cloud_unread',
    'No event shows a cloud session that is left. Routines are not in the events.',
    events.to,
  );
}

const PROJECT_OVER: ReadonlySet<string> = new Set(['claude_project_archived', 'claude_project_deleted']);

/**
 * Ids of projects that the person created and no one archived or deleted, according to the events. Events never prove
 * that all were handed over: they include neither transfers nor older projects.
 */
export function projectsListed(asked: Asked): Shown {
  const events = asked.context.events();
  if (!events.ok) return unread('events_unread', 'No source here lists projects.');
  const id = (row: ActivityRow) => detailText(row, 'claude_project_id');
  const over = new Set(
    events.rows
      .filter(({ type, detail }) => PROJECT_OVER.has(type) && !hadNoEffect(type, detail))
      .flatMap((row) => id(row) ?? []),
  );
  const left = theirs(asked, events).filter(
    (row) => row.type === 'claude_project_created' && !over.has(id(row) ?? ''),
  );
  if (left.length === 0)
    return unread(
      'projects_unread',
      'No event shows a project of theirs that is left. Projects that are older than the events are not in them.',
      events.to,
    );
  return {
    is: 'unread',
    on: events.to,
    code: 'projects_listed',
    words: `According to the events, ${count(left.length, 'project')} ${verb(left.length, 'was', 'were')} created and neither archived nor deleted: ${names(
      left.map((row) => id(row) ?? 'one without an id'),
      10,
    )}. Older ones are not in the events.`,
    evidence: left.map((row) => events.cite(row, `project ${id(row) ?? 'without an id'} created`)),
  };
}

/** Tokens of other organizations: the domain memberships report can show an account elsewhere, but not its tokens. */
export function otherOrganizations({ context, person }: Asked): Shown {
  const report = context.read('domain_memberships', 45);
  if (!report.ok) return unread('memberships_unread', report.why);
  const on = report.observedOn;
  const own = domainAccounts(context, report).filter(({ row }) => person.addresses.has(address(row.email)));
  const outside = own
    .filter(({ status, row }) => status === 'outside' || (status === 'not_ours' && row.inWorkspace === false))
    .map(({ row }) => row);
  if (outside.length > 0)
    return found(
      'account_elsewhere',
      on,
      `${count(outside.length, 'account')} outside the organization in the Domain memberships report of ${dayWords(on)}: ${names(
        outside.map(({ organization, plan }) => organization ?? plan ?? 'not named'),
      )}.`,
      outside.map((row) => report.cite(row, 'outside the organization')),
    );
  const unknown = own.find(({ status }) => status === 'unknown');
  if (unknown !== undefined)
    return unread(
      'workspace_unread',
      `The Domain memberships report of ${dayWords(on)} lists an account, and it is not known whether it is in the organization: ${unknown.words}.`,
      on,
    );
  return unread(
    'tokens_unread',
    `No account elsewhere in the report of ${dayWords(on)}, which does not list tokens.`,
    on,
  );
}

/** A joiner's personal account: the report can show one in the client's domains; only the person knows of others. */
export function noPersonalAccount(asked: Asked): Shown {
  const shown = otherOrganizations(asked);
  if (shown.code !== 'tokens_unread') return shown;
  return unread(
    'personal_unread',
    `No account outside the organization in the report of ${dayWords(shown.on ?? asked.day)}. Accounts with a private address are not in it.`,
    shown.on,
  );
}

/** Whether any report, including earlier ones, listed an account of theirs outside the organization. */
export function hadPersonalAccount({ context, person }: Pick<Asked, 'context' | 'person'>): boolean {
  return context
    .history('domain_memberships')
    .some(({ rows }) =>
      domainAccounts(context, { rows }).some(
        ({ row, status }) => status === 'outside' && person.addresses.has(address(row.email)),
      ),
    );
}

/** Whether an account from an earlier report is missing from the newest one. */
export function personalAccountClosed(asked: Asked): Shown {
  const shown = otherOrganizations(asked);
  if (shown.code !== 'tokens_unread' || shown.on === null) return shown;
  const report = asked.context.read('domain_memberships', 45);
  // A report that is filtered or lacks a domain may omit the account.
  const part = report.ok ? (uncovered(asked.context, report) ?? mayBeFiltered(asked.context, report)) : null;
  if (part !== null) return unread('report_in_part', part.reason, shown.on);
  return {
    is: 'done',
    on: shown.on,
    code: 'account_closed',
    words: `No account outside the organization in the Domain memberships report of ${dayWords(shown.on)}, which an earlier one listed.`,
    evidence: report.ok ? report.evidence : [],
  };
}

/**
 * Authorizations of connectors. They are proved gone only if the charter approves no connectors other than those of
 * Microsoft 365, whose consents Entra lists after the last day; other systems report nothing to Bylaw.
 */
export function connectorsRevoked({ context, person, day }: Asked): Shown {
  const events = context.events();
  const grants = context.read('permission_grants');
  const id = person.entra?.is === 'found' ? (person.entra.user.id?.toLowerCase() ?? null) : null;
  const links = [
    ...openLinks(context).filter(({ email }) => person.addresses.has(address(email))),
    ...connectorGrants(context).filter(({ principalId }) => id !== null && principalId === id),
  ];
  if (links.length > 0) {
    const listed = grants.ok ? grants : grants.part;
    const days = [events.ok ? events.to : null, listed?.observedOn ?? null].filter((one) => one !== null);
    return found(
      'links_left',
      days.sort()[0] ?? day,
      `Still linked: ${names(links.map(({ words }) => words))}.`,
      links.map(({ evidence }) => evidence),
    );
  }
  // With consent for the whole organization, no one has a consent of their own, whether linked or not.
  const [forAll] = consentsForAll(context);
  if (forAll !== undefined)
    return unread(
      'consent_for_all',
      'Consent to the Microsoft 365 connector was given for the whole organization, so no list shows who linked it.',
      forAll.observedOn,
    );
  const apps = context.read('service_principals');
  const approved = context.charter.ok ? context.charter.value.connectors : undefined;
  const only = approved?.every(({ name }) => /microsoft ?365|sharepoint|outlook|teams/iu.test(name)) === true;
  if (only && id !== null && grants.ok && apps.ok && grants.observedOn > day)
    return {
      is: 'done',
      on: grants.observedOn,
      code: 'no_consent',
      words: `No consent of theirs to the Microsoft 365 connector on ${dayWords(grants.observedOn)}, and the charter approves no other.`,
      evidence: [...grants.evidence, ...apps.evidence],
    };
  return unread(
    'links_unread',
    'No reading shows a link of theirs. Other systems do not report their authorizations.',
  );
}
// Guide: G3.4-05 G6.6-04 G6.6-05 G7.3-04
