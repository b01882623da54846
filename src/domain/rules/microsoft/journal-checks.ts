import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import { namesNobody } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords } from '../../text/words.ts';
import { firstSeen } from '../connectors/custom-reviewed.ts';
import { matchConnector } from '../connectors/match.ts';
import { absent, because } from '../outcome.ts';
import { CONNECTOR_APPS, connectorApps } from './apps.ts';
import { consentsTo } from './consents.ts';

/** The newest consent after a day for which Entra's audit log does not name the account; null: there is none. */
function namelessConsent(context: CheckContext, after: string): { on: string; evidence: Evidence } | null {
  const audits = context.read('directory_audits');
  if (!audits.ok) return null;
  for (const { row } of consentsTo(context, audits) ?? []) {
    const on = dayOf(row.at, context.profile.timezone);
    if (row.actor === null && on > after) return { on, evidence: audits.cite(row, row.activity) };
  }
  return null;
}

/**
 * The day on which the connector's applications came into Entra if that was after a day; null: it was not, or is not
 * known. Whoever removes the applications removes the consent with them. A day may differ by one between time zones.
 */
function arrivedAfter(context: CheckContext, day: string): { on: string; evidence: Evidence } | null {
  const principals = context.read('service_principals', PRINCIPAL_DAYS);
  if (!principals.ok) return null;
  const apps = connectorApps(principals);
  const days = apps.flatMap(({ row }) =>
    row.createdAt ? [{ row, on: dayOf(row.createdAt, context.profile.timezone) }] : [],
  );
  const first = days.toSorted((a, b) => (a.on < b.on ? -1 : 1))[0];
  if (first === undefined || days.length < apps.length || first.on <= addDays(day, 1)) return null;
  return { on: first.on, evidence: principals.cite(first.row, `in Entra since ${dayWords(first.on)}`) };
}

export const consentAccount = defineRule({
  name: 'connector-consent-by',
  about:
    'The account that consented to the Microsoft 365 connector, as the journal notes it, must be the one that the charter expects. A consent from before the connector’s applications came into Entra is not the one that they hold now.',
  params: z.strictObject({}),
  decide(context) {
    const { charter, journal, today } = context;
    const question = ask(
      'journal',
      'connectorConsent',
      'Note who consented to the Microsoft 365 connector and when under “connectorConsent” in the journal; Entra, Monitoring, Audit logs, activity “Consent to application” shows it.',
    );
    if (!journal.ok) return absent(journal).cannotRead(question);
    const consent = journal.value.connectorConsent;
    if (!consent)
      return because(
        'microsoft.journal_checks.consent_not_noted',
        'The journal does not record who consented to the connector.',
      ).cannotRead(question);
    const cite = journal.cite('connectorConsent', `${consent.by}, ${dayWords(consent.on)}`);
    if (consent.on > today)
      return because(
        'microsoft.journal_checks.consent_ahead',
        `The journal dates the consent ${dayWords(consent.on)}, which is in the future.`,
      ).cannotRead(question, [cite]);
    if (namesNobody(consent.by))
      return because(
        'microsoft.journal_checks.consent_by_nobody',
        `The journal gives “${consent.by}” as the person who consented, which does not name anyone.`,
      ).cannotRead(question, [cite]);
    const expected = charter.ok ? charter.value.entra?.consentBy : undefined;
    if (!charter.ok || !expected)
      return because(
        'microsoft.journal_checks.consent_expected_unknown',
        `${consent.by} consented on ${dayWords(consent.on)}; it is not known which account should have.`,
        { by: consent.by },
      ).cannotRead(
        ask(
          'look',
          '?',
          'State the account that should give consent under “entra.consentBy” in the charter.',
        ),
        [cite],
      );
    const evidence = [cite, charter.cite('entra.consentBy', expected)];
    const later = namelessConsent(context, consent.on);
    if (later !== null)
      return because(
        'microsoft.journal_checks.consent_again',
        `Entra’s audit log has a consent of ${dayWords(later.on)} to the connector, after the one in the journal, and does not name the account.`,
      ).cannotRead(question, [cite, later.evidence]);
    const arrived = arrivedAfter(context, consent.on);
    if (arrived !== null)
      return because(
        'microsoft.journal_checks.consent_before_application',
        `The journal dates the consent ${dayWords(consent.on)}, but the connector’s applications have been in Entra only since ${dayWords(arrived.on)}, so what they hold now was consented to later.`,
      ).cannotRead(question, [cite, arrived.evidence]);
    if (consent.by.includes('@') !== expected.includes('@'))
      return because(
        'microsoft.journal_checks.consent_not_comparable',
        `The journal names “${consent.by}” and the charter “${expected}”, one as an email address and one not, so they cannot be compared.`,
        { by: consent.by, expected },
      ).cannotRead(
        ask(
          'journal',
          'connectorConsent',
          'Write both as email addresses, under “connectorConsent” in the journal and “entra.consentBy” in the charter.',
          'mail_addresses',
        ),
        evidence,
      );
    return same(consent.by, expected)
      ? because(
          'microsoft.journal_checks.consent_expected',
          `${consent.by} consented to the connector on ${dayWords(consent.on)}, as the charter expects.`,
          { by: consent.by },
        ).pass(evidence)
      : because(
          'microsoft.journal_checks.consent_unexpected',
          `${consent.by} consented to the connector on ${dayWords(consent.on)}; the charter expects ${expected}.`,
          { by: consent.by, expected },
        ).fail(evidence);
  },
});

export const auditedFirst = defineRule({
  name: 'sharepoint-audited-first',
  signed: () => ['sharePointAudit'],
  about:
    'The permissions of SharePoint sites must have been audited before consent to the connector was given, or before an Owner added it in Claude if the audit log shows that; the same day does not show which came first. As long as the applications of the connector are not in Entra, no one has consented.',
  params: z.strictObject({}),
  decide(context) {
    const { journal, today } = context;
    const question = ask(
      'journal',
      'sharePointAudit',
      'Note the audit of SharePoint permissions under “sharePointAudit” and the consent under “connectorConsent” in the journal, each with day and person.',
    );
    if (!journal.ok) return absent(journal).cannotRead(question);
    const { sharePointAudit: audit, connectorConsent: written } = journal.value;
    const opened = firstOpened(context, written);
    const cites = [
      ...(audit ? [journal.cite('sharePointAudit', `${audit.by}, ${dayWords(audit.on)}`)] : []),
      ...(opened?.evidence ?? []),
    ];
    if (!audit)
      return because(
        'microsoft.journal_checks.audit_not_noted',
        'The journal records no audit of SharePoint permissions.',
      ).cannotRead(question, cites);
    if (audit.on > today)
      return because(
        'microsoft.journal_checks.audit_ahead',
        `The journal dates the audit ${dayWords(audit.on)}, which is in the future.`,
      ).cannotRead(question, cites);
    if (opened === null) {
      const absent = connectorAbsent(context);
      return absent === null
        ? because(
            'microsoft.journal_checks.audit_order_unknown',
            `The permissions were audited on ${dayWords(audit.on)}; when the connector was consented to is not noted.`,
          ).cannotRead(
            ask(
              'source',
              'service_principals',
              `${question.text} Or save the list of enterprise applications: as long as it does not list the connector’s applications, no one has consented.`,
              'or_audit',
            ),
            cites,
          )
        : because(
            'microsoft.journal_checks.audit_before_consent',
            `${audit.by} audited SharePoint permissions on ${dayWords(audit.on)}. According to the file of ${dayWords(absent.on)}, the connector’s applications are not in Entra, so no one has consented yet.`,
            { by: audit.by },
          ).pass([...cites, ...absent.evidence]);
    }
    const { words } = opened;
    const before = openedBy(context, audit.on);
    if (before !== null)
      return because(
        'microsoft.journal_checks.opened_before_audit',
        `SharePoint permissions were audited on ${dayWords(audit.on)}, and ${before.words} on ${dayWords(before.on)}; in between Claude could find whatever was shared too widely.`,
      ).fail([...cites, ...before.evidence]);
    if (audit.on < opened.on)
      return because(
        'microsoft.journal_checks.audit_first',
        `${audit.by} audited SharePoint permissions on ${dayWords(audit.on)}, ${count(daysBetween(audit.on, opened.on), 'day')} before ${words}.`,
        { by: audit.by },
      ).pass(cites);
    if (audit.on === opened.on)
      return because(
        'microsoft.journal_checks.audit_same_day',
        `Audit and ${words} are both dated ${dayWords(audit.on)}, which does not show that the audit came first.`,
      ).cannotRead(
        ask('look', 'attestation_of_order', 'Attest the order, with the audit report as proof.'),
        cites,
      );
    return because(
      'microsoft.journal_checks.audit_late',
      `SharePoint permissions were audited on ${dayWords(audit.on)}, ${count(daysBetween(opened.on, audit.on), 'day')} after ${words}; in between Claude could find whatever was shared too widely.`,
    ).fail(cites);
  },
});

interface Opened {
  readonly on: string;
  readonly words: string;
  readonly evidence: readonly Evidence[];
}

/**
 * When the connector was first available: consent according to the journal, or its addition in Claude according to the
 * audit log.
 */
function firstOpened(
  context: CheckContext,
  written: { readonly on: string; readonly by: string } | undefined,
): Opened | null {
  const { journal, profile, catalogue } = context;
  const consent: Opened[] =
    written === undefined || !journal.ok
      ? []
      : [
          {
            on: written.on,
            words: 'consent to the connector',
            evidence: [journal.cite('connectorConsent', `${written.by}, ${dayWords(written.on)}`)],
          },
        ];
  const events = context.events(Number.POSITIVE_INFINITY);
  const added = events.ok
    ? events.rows.find(
        ({ type, detail }) =>
          type === 'mcp_server_created' &&
          typeof detail.mcp_server_name === 'string' &&
          matchConnector(detail.mcp_server_name, catalogue).entries.some(({ id }) =>
            id.startsWith('microsoft365_'),
          ),
      )
    : undefined;
  if (events.ok && added !== undefined) {
    const on = dayOf(added.at, profile.timezone);
    consent.push({
      on,
      words: 'the addition of the connector in Claude',
      evidence: [events.cite(added, `connector added ${dayWords(on)}`)],
    });
  }
  const audits = context.read('directory_audits', Number.POSITIVE_INFINITY);
  const recorded = audits.ok ? (consentsTo(context, audits)?.at(-1)?.row ?? null) : null;
  if (audits.ok && recorded !== null) {
    const on = dayOf(recorded.at, profile.timezone);
    consent.push({
      on,
      words: 'consent to the connector by Entra’s audit log',
      evidence: [audits.cite(recorded, `${recorded.activity} ${dayWords(on)}`)],
    });
  }
  const principals = context.read('service_principals', PRINCIPAL_DAYS);
  if (principals.ok)
    for (const { row } of connectorApps(principals)) {
      if (!row.createdAt) continue;
      const on = dayOf(row.createdAt, profile.timezone);
      consent.push({
        on,
        words: `${row.name} came into Entra`,
        evidence: [principals.cite(row, `in Entra since ${dayWords(on)}`)],
      });
    }
  const first = consent.toSorted((a, b) => (a.on < b.on ? -1 : 1))[0];
  return first === undefined ? null : { ...first, evidence: consent.flatMap(({ evidence }) => evidence) };
}

/** Evidence that the connector was available before a day, whatever the journal says; null: none. */
function openedBy(context: CheckContext, day: string): Opened | null {
  const audits = context.read('directory_audits', Number.POSITIVE_INFINITY);
  const consents = audits.ok ? (consentsTo(context, audits) ?? []) : [];
  const entries = context.catalogue.connectors.filter(({ id }) => id.startsWith('microsoft365_'));
  const table = entries.length === 0 ? null : firstSeen(context, { key: '', entries });
  const found: Opened[] = [
    ...consents.map(({ row }) => ({
      on: dayOf(row.at, context.profile.timezone),
      words: 'Entra’s audit log has a consent to the connector',
      evidence: audits.ok ? [audits.cite(row, `${row.activity} by ${row.actor ?? 'someone'}`)] : [],
    })),
    ...(table === null
      ? []
      : [{ on: table.day, words: 'the connector was on in Claude', evidence: [table.evidence] }]),
    ...context.history('service_principals').flatMap((reading) => {
      const row = reading.rows.find(({ appId }) =>
        CONNECTOR_APPS.some((app) => app.appId === appId.toLowerCase()),
      );
      return row === undefined
        ? []
        : [
            {
              on: reading.observedOn,
              words: 'the applications of the connector were in Entra',
              evidence: [
                {
                  kind: 'service_principals' as const,
                  file: row.file,
                  row: row.row,
                  observedOn: reading.observedOn,
                  says: row.name,
                },
              ],
            },
          ];
    }),
  ];
  // Within one day, the order is not known.
  return found.filter(({ on }) => on < day).toSorted((a, b) => (a.on < b.on ? -1 : 1))[0] ?? null;
}

/** Days for which a file of enterprise applications proves absence. */
const PRINCIPAL_DAYS = 30;

/** The reading that shows that neither connector application is in Entra; null if there is none. */
function connectorAbsent(
  context: CheckContext,
): { readonly on: string; readonly evidence: readonly Evidence[] } | null {
  const principals = context.read('service_principals', PRINCIPAL_DAYS);
  if (!principals.ok || !principals.readings.every(({ complete }) => complete)) return null;
  if (connectorApps(principals).length > 0) return null;
  return { on: principals.observedOn, evidence: principals.evidence };
}

function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
// Guide: G3.2-04 G6.1-01 GA-09
