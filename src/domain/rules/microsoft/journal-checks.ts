import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import { count, dayWords } from '../../text/words.ts';
import { dayOf } from '../connectors/events.ts';
import { matchConnector } from '../connectors/match.ts';
import { cannotRead, fail, pass, pending } from '../outcome.ts';
import { connectorApps } from './apps.ts';

export const consentAccount = defineRule({
  name: 'connector-consent-by',
  about:
    'The account that consented to the Microsoft 365 connector, as the journal notes it, must be the one that the charter expects.',
  params: z.strictObject({}),
  decide({ charter, journal, today }) {
    const ask =
      'Note who consented to the Microsoft 365 connector and when under "connectorConsent" in the journal; Entra, Monitoring, Audit logs, activity "Consent to application" shows it.';
    if (!journal.ok) return cannotRead(journal.why, ask);
    const consent = journal.value.connectorConsent;
    if (!consent) return cannotRead('The journal does not note who consented to the connector.', ask);
    const cite = journal.cite('connectorConsent', `${consent.by}, ${dayWords(consent.on)}`);
    if (consent.on > today)
      return cannotRead(
        `The journal dates the consent on ${dayWords(consent.on)}, which is still to come.`,
        ask,
        [cite],
      );
    const expected = charter.ok ? charter.value.entra?.consentBy : undefined;
    if (!charter.ok || !expected)
      return cannotRead(
        `${consent.by} consented on ${dayWords(consent.on)}; which account was meant to is not known.`,
        'State the account that is meant to consent under "entra.consentBy" in the charter.',
        [cite],
      );
    const evidence = [cite, charter.cite('entra.consentBy', expected)];
    if (consent.by.includes('@') !== expected.includes('@'))
      return cannotRead(
        `The journal names "${consent.by}" and the charter "${expected}", one as a mail address and one not, so they cannot be compared.`,
        'Write both as mail addresses, under "connectorConsent" in the journal and "entra.consentBy" in the charter.',
        evidence,
      );
    return same(consent.by, expected)
      ? pass(
          `${consent.by} consented to the connector on ${dayWords(consent.on)}, as the charter expects.`,
          evidence,
        )
      : fail(
          `${consent.by} consented to the connector on ${dayWords(consent.on)}; the charter expects ${expected}.`,
          evidence,
        );
  },
});

export const auditedFirst = defineRule({
  name: 'sharepoint-audited-first',
  about:
    'The permissions of SharePoint sites must have been audited before consent to the connector was given, or before an Owner added it in Claude where the audit log shows that; the same day does not show which came first. As long as the applications of the connector are not in Entra, nobody has consented.',
  params: z.strictObject({}),
  decide(context) {
    const { journal, today } = context;
    const ask =
      'Note the audit of SharePoint permissions under "sharePointAudit" and the consent under "connectorConsent" in the journal, each with day and person.';
    if (!journal.ok) return cannotRead(journal.why, ask);
    const { sharePointAudit: audit, connectorConsent: written } = journal.value;
    const opened = firstOpened(context, written);
    const cites = [
      ...(audit ? [journal.cite('sharePointAudit', `${audit.by}, ${dayWords(audit.on)}`)] : []),
      ...(opened?.evidence ?? []),
    ];
    if (!audit) return cannotRead('The journal notes no audit of SharePoint permissions.', ask, cites);
    if (audit.on > today)
      return cannotRead(
        `The journal dates the audit on ${dayWords(audit.on)}, which is still to come.`,
        ask,
        cites,
      );
    if (opened === null) {
      const absent = connectorAbsent(context);
      return absent === null
        ? cannotRead(
            `The permissions were audited on ${dayWords(audit.on)}; when the connector was consented to is not noted.`,
            `${ask} Or save GET /v1.0/servicePrincipals: as long as it does not list the connector's applications, nobody has consented.`,
            cites,
          )
        : pass(
            `${audit.by} audited SharePoint permissions on ${dayWords(audit.on)}. The connector's applications are not in Entra by the file of ${dayWords(absent.on)}, so nobody has consented yet.`,
            [...cites, ...absent.evidence],
          );
    }
    const { words } = opened;
    if (audit.on < opened.on)
      return pass(
        `${audit.by} audited SharePoint permissions on ${dayWords(audit.on)}, ${count(daysBetween(audit.on, opened.on), 'day')} before ${words}.`,
        cites,
      );
    if (audit.on === opened.on)
      return cannotRead(
        `Audit and ${words} are both dated ${dayWords(audit.on)}, which does not show that the audit came first.`,
        'Attest the order, with the audit report as proof.',
        cites,
      );
    return fail(
      `SharePoint permissions were audited on ${dayWords(audit.on)}, ${count(daysBetween(opened.on, audit.on), 'day')} after ${words}; in between Claude could find whatever was shared too widely.`,
      cites,
    );
  },
});

interface Opened {
  readonly on: string;
  readonly words: string;
  readonly evidence: readonly Evidence[];
}

/** When the connector was opened first: consent by the journal, or its addition in Claude by the audit log. */
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
  const first = consent.toSorted((a, b) => (a.on < b.on ? -1 : 1))[0];
  return first === undefined ? null : { ...first, evidence: consent.flatMap(({ evidence }) => evidence) };
}

/** Days for which a file of the enterprise applications says what is not there. */
const PRINCIPAL_DAYS = 30;

/** The reading that shows that neither application of the connector is in Entra; null where none shows it. */
function connectorAbsent(
  context: CheckContext,
): { readonly on: string; readonly evidence: readonly Evidence[] } | null {
  const principals = context.read('service_principals', PRINCIPAL_DAYS);
  if (!principals.ok || !principals.readings.every(({ complete }) => complete)) return null;
  if (connectorApps(principals).length > 0) return null;
  return { on: principals.observedOn, evidence: principals.evidence };
}

export const uploadRuleTested = defineRule({
  name: 'upload-rule-tested',
  about: 'A test with plainly fake member data must have been blocked, within the set number of days.',
  params: z.strictObject({ days: z.number().int().min(1).default(183) }),
  decide({ journal, today }, { days }) {
    const ask =
      'Upload a file of plainly fake member data to Claude from a managed device and note under "dlpTest" in the journal whether it was blocked.';
    if (!journal.ok) return cannotRead(journal.why, ask);
    const test = journal.value.dlpTest;
    if (!test) return cannotRead('The journal notes no test of the upload rule.', ask);
    const cite = [
      journal.cite(
        'dlpTest',
        `${test.by}, ${dayWords(test.on)}: ${test.blocked ? 'blocked' : 'not blocked'}`,
      ),
    ];
    if (test.on > today)
      return cannotRead(
        `The journal dates the test on ${dayWords(test.on)}, which is still to come.`,
        ask,
        cite,
      );
    if (!test.blocked)
      return fail(`The fake file that ${test.by} uploaded on ${dayWords(test.on)} was not blocked.`, cite);
    const age = daysBetween(test.on, today);
    if (age > days)
      return cannotRead(
        `The last test, by ${test.by}, is ${count(age, 'day')} old. It counts for ${days}.`,
        ask,
        cite,
      );
    return pass(`The fake file that ${test.by} uploaded on ${dayWords(test.on)} was blocked.`, cite);
  },
});

export const scopesReviewed = defineRule({
  name: 'scopes-reviewed',
  about:
    "The scopes of Claude's applications are reviewed twice a year: a review of kind scopes, or any review that covered the Microsoft 365 permissions. The first one falls due that long after consent.",
  params: z.strictObject({ days: z.number().int().min(1).default(183) }),
  decide({ charter, journal, today }, given) {
    const days = (charter.ok ? charter.value.reviewDays?.scopes : undefined) ?? given.days;
    const ask =
      'Compare the scopes of both connector applications with the last review and note it under "reviews" in the journal, kind scopes.';
    if (!journal.ok) return cannotRead(journal.why, ask);
    const { reviews, connectorConsent: consent } = journal.value;
    const done = (reviews ?? [])
      .map((review, index) => ({ review, index }))
      .filter(
        ({ review }) =>
          review.on <= today && (review.kind === 'scopes' || review.areas?.includes('m365_permissions')),
      )
      .sort((a, b) => (a.review.on < b.review.on ? 1 : -1));
    const newest = done[0];
    if (newest) {
      const { review, index } = newest;
      const cite = [journal.cite(`reviews.${index}`, `${review.by}, ${dayWords(review.on)}`)];
      const due = addDays(review.on, days);
      return due >= today
        ? pass(
            `${review.by} reviewed the scopes on ${dayWords(review.on)}. The next review is due by ${dayWords(due)}.`,
            cite,
          )
        : fail(
            `The scopes were last reviewed on ${dayWords(review.on)}, by ${review.by}. The next review was due on ${dayWords(due)}.`,
            cite,
          );
    }
    if (consent && consent.on <= today) {
      const cite = [journal.cite('connectorConsent', dayWords(consent.on))];
      const due = addDays(consent.on, days);
      return due >= today
        ? pending(
            `The connector was consented to on ${dayWords(consent.on)}; the first review of its scopes is due by ${dayWords(due)}.`,
            due,
            cite,
          )
        : fail(
            `The connector was consented to on ${dayWords(consent.on)}, and the journal notes no review of its scopes since. The first was due on ${dayWords(due)}.`,
            cite,
          );
    }
    if (!reviews) return cannotRead('The journal lists no reviews.', ask);
    return fail(`The journal lists ${count(reviews.length, 'review')}, none of the scopes.`, [
      journal.cite('reviews', count(reviews.length, 'review')),
    ]);
  },
});

function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
