import { hadNoEffect } from '../../activity/payload.ts';
import type { PermissionGrantRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { JourneyStep } from '../../model/person-journey.ts';
import type { Evidence } from '../../model/reading.ts';
import { address, withoutTag } from '../../people/names.ts';
import { detailText } from '../../rules/connectors/events.ts';
import { consentsForAll, M365_CONNECTOR_APPS } from '../../rules/connectors/open-links.ts';
import { isConsent } from '../../rules/microsoft/consents.ts';
import { dayWords } from '../../text/words.ts';
import type { Asked, Shown } from './person.ts';

/** A system that the person linked to Claude, with the link's current state in the readings. */
export interface Link {
  readonly system: string;
  readonly shown: Shown;
}

/** Maximum number of characters of a system's name in a step id. */
const MAX = 50;
const M365 = 'Microsoft 365';
/** Microsoft's property for consent that an administrator gave for everyone. */
const ADMIN_CONSENT = 'ConsentContext.IsAdminConsent';

/** The step of one linked system, derived from the general step. */
export function stepOfLink(step: JourneyStep, system: string): JourneyStep {
  return {
    ...step,
    id: `${step.id}:${system.trim().toLowerCase().slice(0, MAX)}`,
    title: `${step.title}: ${system}`,
    action: `${step.action}: ${system}`,
  };
}

/** Every system that a reading ever showed as linked by the person, once each, sorted by name. */
export function linksOf(asked: Asked): readonly Link[] {
  const found = new Map<string, Link>();
  for (const link of [...linksByEvents(asked), ...consents(asked)])
    found.set(link.system.trim().toLowerCase(), link);
  return [...found.values()].toSorted((a, b) => a.system.localeCompare(b.system));
}

function linksByEvents({ context, person }: Asked): Link[] {
  const events = context.events();
  if (!events.ok) return [];
  const zone = context.profile.timezone;
  const last = new Map<string, Link>();
  for (const row of events.rows) {
    if (row.type !== 'integration_user_connected' && row.type !== 'integration_user_disconnected') continue;
    const mail = row.actorEmail;
    if (mail === null || hadNoEffect(row.type, row.detail)) continue;
    if (!person.addresses.has(address(mail)) && !person.addresses.has(withoutTag(mail))) continue;
    const system = detailText(row, 'mcp_server_name') ?? detailText(row, 'integration_type');
    if (system === null) continue;
    const linked = row.type === 'integration_user_connected';
    const on = dayOf(row.at, zone);
    last.set(system.trim().toLowerCase(), {
      system,
      shown: {
        is: linked ? 'not_done' : 'done',
        on: linked ? events.to : on,
        code: linked ? 'link_left' : 'link_ended',
        words: linked
          ? `Linked on ${dayWords(on)}, and no later event ends it.`
          : `Unlinked on ${dayWords(on)}, according to the events.`,
        evidence: [events.cite(row, linked ? `${system} linked` : `${system} unlinked`)],
      },
    });
  }
  return [...last.values()];
}

/**
 * Consents to the Microsoft 365 connector: gone if an earlier list or Entra's audit log has one and a later list does
 * not. A consent given and revoked between two lists appears only in the audit log.
 */
function consents({ context, person }: Asked): Link[] {
  const grants = context.read('permission_grants');
  const apps = context.read('service_principals');
  const id = person.entra?.is === 'found' ? (person.entra.user.id?.toLowerCase() ?? null) : null;
  if (!apps.ok) return [];
  const ours = new Set(
    apps.rows
      .filter(({ appId }) => M365_CONNECTOR_APPS.includes(appId.trim().toLowerCase()))
      .flatMap((app) => app.id?.toLowerCase() ?? []),
  );
  const theirs = (row: PermissionGrantRow) =>
    id !== null &&
    row.consentType !== 'AllPrincipals' &&
    row.principalId?.toLowerCase() === id &&
    ours.has(row.clientId.toLowerCase());
  const link = (shown: Shown): Link[] => [{ system: M365, shown }];
  const listed = grants.ok ? grants : grants.part;
  const left = listed?.rows.filter(theirs) ?? [];
  if (listed !== undefined && left.length > 0)
    return link({
      is: 'not_done',
      on: listed.observedOn,
      code: 'consent_left',
      words: `A consent of theirs is in the list of ${dayWords(listed.observedOn)}.`,
      evidence: left.map((row) => listed.cite(row, 'consent to the Microsoft 365 connector')),
    });
  const on = grants.ok ? grants.observedOn : null;
  const logged = lastLogged({ context, person }, ours);
  // A list may be older than a log entry of the same day.
  if (logged !== null && (id === null || on === null || on <= logged.on))
    return link({
      is: 'unread',
      on: logged.on,
      code: 'consent_logged',
      words: `Entra’s audit log has a consent of theirs on ${dayWords(logged.on)}, and no list of consents of a later day shows that it ended.`,
      evidence: [logged.evidence],
    });
  if (!grants.ok || on === null || id === null) return [];
  const had = context
    .history('permission_grants')
    .some(({ observedOn, rows }) => observedOn < on && rows.some(theirs));
  if (!had && logged === null) return [];
  const [forAll] = consentsForAll(context);
  if (forAll !== undefined)
    return link({
      is: 'unread',
      on,
      code: 'consent_for_all',
      words: `No consent of theirs is in the list of ${dayWords(on)}, but one for the whole organization is, with which the link goes on.`,
      evidence: [forAll],
    });
  return link({
    is: 'done',
    on,
    code: 'consent_gone',
    words: `No consent of theirs is in the list of ${dayWords(on)}, and ${had ? 'an earlier one had it' : `Entra’s audit log has one on ${dayWords(logged?.on ?? on)}`}.`,
    evidence: [...grants.evidence, ...(had || logged === null ? [] : [logged.evidence])],
  });
}

/**
 * The last consent in Entra's audit log that the person gave for themselves; an administrator's consent for everyone
 * does not count.
 */
function lastLogged(
  { context, person }: Pick<Asked, 'context' | 'person'>,
  ours: ReadonlySet<string>,
): { readonly on: string; readonly evidence: Evidence } | null {
  const audits = context.read('directory_audits', Number.POSITIVE_INFINITY);
  if (!audits.ok) return null;
  const given = audits.rows.filter(
    (row) =>
      isConsent(row) &&
      row.actor !== null &&
      person.addresses.has(address(row.actor)) &&
      row.targets.some(({ id }) => id !== null && ours.has(id.toLowerCase())) &&
      !row.targets.some(({ changed }) =>
        changed.some(({ name, to }) => name === ADMIN_CONSENT && to !== null && /true/iu.test(to)),
      ),
  );
  const last = given.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1);
  if (last === undefined) return null;
  return {
    on: dayOf(last.at, context.profile.timezone),
    evidence: audits.cite(last, 'consent to the Microsoft 365 connector'),
  };
}
// Guide: G3.4-05 G6.6-04 G7.2-07
