import { z } from 'zod';
import type { PermissionGrantRow, ServicePrincipalRow } from '../../model/kinds.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names } from '../../text/words.ts';
import { readMembers } from '../accounts/members.ts';
import { filterShown, UNFILTERED } from '../microsoft/apps.ts';
import { absent, because } from '../outcome.ts';
import { mayLink } from './microsoft-assignments.ts';
import { CAVEAT, CONNECTOR_APPS, nameOf, seatsByAddress, statusOf } from './microsoft-people.ts';

/** Who gave Claude's Microsoft 365 connector access to their data, and whether each of them holds a seat. */
export const microsoftLinks = defineRule({
  name: 'm365-links-are-seat-holders',
  about:
    'Each person with a grant to one of the two connector applications is a Claude member by one of their addresses. Consent for the whole organization hides who linked. Then the assignments show only who may link.',
  needs: { members: ['status', 'seat'] },
  failsFromPart: ['service_principals', 'permission_grants'],
  params: z.strictObject({}),
  decide(context) {
    const apps = context.read('service_principals');
    if (!apps.ok) return absent(apps).cannotRead(apps.howToGet);
    if (apps.rows.length === 0)
      return because(
        'personal_accounts.microsoft_links.apps_empty',
        'The file of enterprise applications lists none, and every tenant has some.',
      ).cannotRead(
        ask(
          'source',
          'service_principals',
          'Save every page of the list of enterprise applications.',
          'pages',
        ),
        apps.evidence,
      );
    const connector = apps.rows.filter((row) => CONNECTOR_APPS.has(row.appId.trim().toLowerCase()));
    const { journal } = context;
    const consent = journal.ok ? journal.value.connectorConsent : undefined;
    if (connector.length === 0 && journal.ok && consent !== undefined && consent.on <= apps.observedOn)
      return because(
        'personal_accounts.microsoft_links.consented_and_missing',
        `According to the journal, the connector was consented to on ${dayWords(consent.on)}, and neither of its two applications is among ${count(apps.rows.length, 'enterprise application')}, so the list may be incomplete.`,
      ).cannotRead(
        ask(
          'source',
          'service_principals',
          'Save every page of the list of enterprise applications, or correct the consent in the journal.',
          'consented',
        ),
        [...apps.evidence, journal.cite('connectorConsent', dayWords(consent.on))],
      );
    const filter = filterShown(context, apps);
    if (connector.length === 0 && filter !== null)
      return because(
        'personal_accounts.microsoft_links.may_be_filtered',
        `Neither of the two connector applications is among ${count(apps.rows.length, 'enterprise application')}. ${filter} So they may be in Entra all the same.`,
      ).cannotRead(UNFILTERED, apps.evidence);
    if (connector.length === 0)
      return because(
        'personal_accounts.microsoft_links.not_in_entra',
        `Neither of the two connector applications is among ${count(apps.rows.length, 'enterprise application')}, so no one has linked Microsoft 365 to Claude.`,
      ).pass(apps.evidence);
    const cites = connector.map((row) => apps.cite(row, row.name));
    if (connector.some((row) => row.id === null))
      return because(
        'personal_accounts.microsoft_links.object_id_missing',
        'The file of enterprise applications gives no object id for the connector, so its grants cannot be found.',
      ).cannotRead(
        ask(
          'source',
          'service_principals',
          'Save every page of the list of enterprise applications.',
          'pages',
        ),
        cites,
      );
    const grants = context.read('permission_grants');
    if (!grants.ok) return absent(grants).cannotRead(grants.howToGet, cites);
    if (grants.rows.length === 0)
      return because(
        'personal_accounts.microsoft_links.grants_empty',
        'The file of grants lists none, and every tenant has some.',
      ).cannotRead(
        ask(
          'source',
          'permission_grants',
          'Save every page of the list of permission grants, without a filter.',
          'unfiltered',
        ),
        [...cites, ...grants.evidence],
      );
    const ids = new Set(connector.flatMap((row) => (row.id ? [row.id.toLowerCase()] : [])));
    const mine = grants.rows.filter((row) => ids.has(row.clientId.toLowerCase()));
    const evidence = [...cites, ...grants.evidence];
    if (mine.length === 0)
      return because(
        'personal_accounts.microsoft_links.no_grants',
        `The connector applications are there, and none of ${count(grants.rows.length, 'grant')} is for them, so no one has linked Microsoft 365 to Claude.`,
      ).pass(evidence);
    return judge(context, connector, mine, evidence, (row, says) => grants.cite(row, says));
  },
});

function judge(
  context: CheckContext,
  connector: readonly ServicePrincipalRow[],
  mine: readonly PermissionGrantRow[],
  evidence: Outcome['evidence'],
  cite: (row: PermissionGrantRow, says: string) => Outcome['evidence'][number],
): Outcome {
  const members = readMembers(context);
  if (!members.ok) return members.outcome;
  const users = context.read('entra_users');
  if (!users.ok) return absent(users).cannotRead(users.howToGet, evidence);
  const seats = seatsByAddress(context, members.read.rows);
  const byId = new Map(users.rows.flatMap((row) => (row.id ? [[row.id.toLowerCase(), row] as const] : [])));
  const strangers = new Map<string, Item>();
  const holders = new Set<string>();
  const unknown = new Map<string, Item>();
  const wide = mine.filter((row) => row.consentType === 'AllPrincipals');
  for (const grant of mine) {
    if (grant.consentType === 'AllPrincipals') continue;
    const id = grant.principalId?.toLowerCase() ?? null;
    const user = id ? byId.get(id) : undefined;
    if (grant.consentType === null || !user) {
      const key = id ?? `grant ${grant.row}`;
      unknown.set(key, {
        key,
        label: id ?? `grant in row ${grant.row}`,
        detail:
          grant.consentType === null
            ? 'the file does not say for whom the grant is'
            : 'not in the Entra file',
        evidence: [cite(grant, 'grant to the connector')],
      });
      continue;
    }
    const person = nameOf(user);
    const status = statusOf(user, seats);
    if (status === 'seat') {
      holders.add(person.key);
      continue;
    }
    strangers.set(person.key, {
      key: person.key,
      label: person.label,
      detail: status === 'invited' ? 'linked, and has only an open invitation' : 'linked, and holds no seat',
      evidence: [cite(grant, `grant of ${person.key}`), users.cite(user, person.key)],
    });
  }
  const all = [...evidence, ...members.read.evidence, ...users.evidence];
  const items = [...strangers.values()];
  const list = (some: readonly Item[]) => names(some.map((item) => `${item.label} (${item.detail})`));
  if (items.length > 0)
    return because(
      'personal_accounts.microsoft_links.without_seat',
      `${count(items.length, 'person', 'people')} linked Microsoft 365 to Claude without a seat in our workspace: ${list(items)}. Their links can only come from another Claude account.`,
    ).fail(all, items);
  if (unknown.size > 0)
    return because(
      'personal_accounts.microsoft_links.unknown_holders',
      `For ${count(unknown.size, 'grant')}, it is not known whose it is: ${list([...unknown.values()])}.`,
    ).cannotRead(
      ask(
        'source',
        'entra_users',
        'Save every page of the Entra users and of the grants again, on the same day.',
        'with_grants',
      ),
      all,
      [...unknown.values()],
    );
  if (wide.length > 0) return mayLink(context, { connector, seats, byId, users: users.rows, evidence: all });
  return because(
    'personal_accounts.microsoft_links.all_seated',
    `${count(holders.size, 'person', 'people')} linked Microsoft 365 to Claude, and each holds a seat. ${CAVEAT}`,
  ).pass(all);
}
// Guide: G3.2-00 G4-01
