import { z } from 'zod';
import type { DirectoryAuditRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import { type CheckContext, defineRule, isUnread, type Read } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { type Ask, ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { CONNECTOR_APPS, CONNECTOR_CLIENT, CONNECTOR_SERVER, principalOf } from './apps.ts';

/** Activity names with which Entra logs that an application gets permissions, in lower case. */
const ACTS = new Set(['consent to application', 'add delegated permission grant']);

/**
 * Maximum number of days for which Entra keeps its log. An older file cannot be exported again, so it is treated as if
 * it had not been given.
 */
const KEPT_DAYS = 30;

export interface Consent {
  readonly row: DirectoryAuditRow;
  /** appId of the connector application. */
  readonly appId: string;
}

/**
 * Consents to the connector's two applications in Entra's audit log, newest first. Applications are identified by the
 * object id that the tenant gave them, since anyone can copy a name. null: those ids are not known.
 */
export function consentsTo(
  context: Pick<CheckContext, 'read' | 'now'>,
  audits: Read<'directory_audits'>,
): readonly Consent[] | null {
  const principals = context.read('service_principals');
  if (!principals.ok) return null;
  const apps = CONNECTOR_APPS.flatMap(({ appId }) => principalOf(principals, appId) ?? []);
  if (apps.some(({ id }) => id === null)) return null;
  const ids = new Map(apps.map(({ id, appId }) => [id?.toLowerCase() ?? '', appId.toLowerCase()]));
  return audits.rows
    .flatMap((row): Consent[] => {
      if (!isConsent(row) || row.at > context.now) return [];
      const appId = row.targets.map(({ id }) => ids.get(id?.toLowerCase() ?? '')).find((one) => one);
      return appId === undefined ? [] : [{ row, appId }];
    })
    .sort((a, b) => (a.row.at < b.row.at ? 1 : -1));
}

export const isConsent = ({ activity, succeeded }: DirectoryAuditRow) =>
  ACTS.has(activity.trim().toLowerCase()) && succeeded !== false;

/**
 * Why it is not known whether the connector was consented to after a day, if a log was given that may show it; null if
 * none was given, or it can be read. Entra keeps its log so briefly that the file is optional.
 */
export function consentsUnread(
  context: Pick<CheckContext, 'read' | 'now' | 'profile'>,
  after: string,
): { readonly why: string; readonly howToGet: Ask } | null {
  const audits = context.read('directory_audits', Number.POSITIVE_INFINITY);
  if (!audits.ok) {
    const lately = context.read('directory_audits', KEPT_DAYS);
    const late = lately.ok || isUnread(lately.code);
    const shown = audits.part?.rows.some(
      (row) => isConsent(row) && dayOf(row.at, context.profile.timezone) > after,
    );
    return isUnread(audits.code) && (late || shown === true) ? audits : null;
  }
  if (consentsTo(context, audits) !== null) return null;
  const zone = context.profile.timezone;
  if (!audits.rows.some((row) => isConsent(row) && dayOf(row.at, zone) > after)) return null;
  const principals = context.read('service_principals');
  return principals.ok ? WITHOUT_IDS : principals;
}

const WITHOUT_IDS = {
  why: 'The enterprise applications file does not give the object ids by which consent is recorded.',
  howToGet: ask(
    'source',
    'service_principals',
    'Save the list of enterprise applications with the field id.',
    'id',
  ),
} as const;

/**
 * The earliest entry about applications in the given log; null: there is none. Group and role changes are ignored
 * because they are read separately.
 */
export function consentsSince({ rows }: Pick<Read<'directory_audits'>, 'rows'>): string | null {
  const others = rows.filter(({ category }) => !/^(group|role)management$/i.test(category ?? ''));
  return others.map(({ at }) => at).sort()[0] ?? null;
}

export const consentsAudited = defineRule({
  name: 'connector-consents-audited',
  about:
    'Each consent to the applications of the Microsoft 365 connector in Entra’s audit log must come from the account that the charter expects. Entra keeps its log for 7 days, or 30 with P1, so a log without a consent proves nothing.',
  failsFromPart: ['directory_audits', 'service_principals'],
  params: z.strictObject({}),
  decide(context): Outcome {
    const audits = context.read('directory_audits');
    if (!audits.ok) return absent(audits).cannotRead(audits.howToGet);
    const consents = consentsTo(context, audits);
    if (consents === null) {
      const principals = context.read('service_principals');
      return principals.ok
        ? because('microsoft.consents.ids_unknown', WITHOUT_IDS.why).cannotRead(
            WITHOUT_IDS.howToGet,
            audits.evidence,
          )
        : absent(principals).cannotRead(principals.howToGet, audits.evidence);
    }
    if (consents.length === 0) return NONE.cannotRead(null, audits.evidence);
    const { charter } = context;
    const expected = charter.ok ? charter.value.entra?.consentBy : undefined;
    const cites = consents.slice(0, 20).map(({ row }) => audits.cite(row, `${row.activity} by ${row.actor}`));
    if (!charter.ok || expected === undefined || !expected.includes('@'))
      return because(
        'microsoft.consents.expected_unknown',
        `Entra’s audit log has ${count(consents.length, 'consent')} to the connector, by ${names([...new Set(consents.map(({ row }) => row.actor ?? 'an account that it does not name'))])}. The charter does not state the address of the account that should have consented.`,
      ).cannotRead(
        ask(
          'charter',
          'entra.consentBy',
          'State the address of the account that should give consent under “entra.consentBy” in the charter.',
        ),
        cites,
      );
    const wanted = expected.trim().toLowerCase();
    const others = consents.filter(({ row }) => row.actor !== null && row.actor.toLowerCase() !== wanted);
    const stated = charter.cite('entra.consentBy', expected);
    if (others.length > 0)
      return because(
        'microsoft.consents.unexpected',
        `${names([...new Set(others.map(({ row }) => row.actor ?? ''))])} consented to the connector; the charter expects ${expected}.`,
      ).fail(
        [
          ...others.slice(0, 20).map(({ row }) => audits.cite(row, `${row.activity} by ${row.actor}`)),
          stated,
        ],
        others.map(({ row }) => ({
          key: row.id ?? `${row.at}/${row.actor}`,
          label: row.actor ?? '',
          detail: `${row.activity} on ${dayWords(dayOf(row.at, context.profile.timezone))}.`,
          evidence: [audits.cite(row, `${row.activity} by ${row.actor}`)],
        })),
      );
    // Only the server application reaches data; consent to the client alone says nothing about who consented to that.
    if (!consents.some(({ appId }) => appId === CONNECTOR_SERVER.appId))
      return because(
        'microsoft.consents.client_only',
        `Entra’s audit log has consents to ${CONNECTOR_CLIENT.name} alone, and none to ${CONNECTOR_SERVER.name} as far back as it goes.`,
      ).cannotRead(null, cites);
    const nameless = consents.filter(({ row }) => row.actor === null).length;
    if (nameless > 0)
      return because(
        'microsoft.consents.actor_unknown',
        `For ${nameless} of ${count(consents.length, 'consent')} to the connector Entra’s audit log does not name the account.`,
      ).cannotRead(null, cites);
    return because(
      'microsoft.consents.expected',
      `The ${count(consents.length, 'consent')} to the connector in Entra’s audit log since ${dayWords(dayOf(consentsSince(audits) ?? context.now, context.profile.timezone))} ${verb(consents.length, 'is', 'are')} by ${expected}, as the charter expects.`,
    ).pass([...cites, stated]);
  },
});

const NONE = because(
  'microsoft.consents.none',
  'Entra’s audit log has no consent to the connector as far back as it goes, so it does not show who consented.',
);
// Guide: G6.1-01 G7.1-08
