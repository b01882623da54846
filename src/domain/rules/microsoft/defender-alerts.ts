import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import type { SecurityAlertRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule, type Read } from '../../model/rule.ts';
import { isNamedClaude } from '../../network/claude-hosts.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { looksLikeClaude } from './look-alike.ts';

/**
 * What an alert is about, as far as its title and category say. The guide has two activity policies: bulk_files is many
 * files in a short time, upload_volume is a larger upload than usual. bulk: one of the two, not stated which.
 */
export const ALERT_KINDS = ['dlp', 'bulk_files', 'upload_volume', 'bulk', 'access', 'other'] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

const KINDS: readonly (readonly [RegExp, AlertKind])[] = [
  [/\bdlp\b|data ?loss|sensitive|label/i, 'dlp'],
  [
    /upload\w*.*\b(volume|amount|size|[kmgt]b|bytes)\b|\b(volume|amount|size|[kmgt]b|bytes)\b.*upload/i,
    'upload_volume',
  ],
  [
    /\b(mass|bulk|many|multiple|number of)\b.*\b(files?|downloads?|documents?|access\w*)\b|\bfiles?\b.*\b(in bulk|mass|accessed|downloaded)\b/i,
    'bulk_files',
  ],
  [/mass|bulk|multiple uploads|unusual (volume|amount)|exfiltrat|download|upload/i, 'bulk'],
  [/sign.?in|log.?on|login|device|travel|location|country|\bip\b|anonymous|risky|credential/i, 'access'],
];

/** Characters of a title that are read: Defender's have fewer, and the time that the patterns take grows by the cube. */
const MAX_TITLE = 300;

export function alertKind({ title, category }: SecurityAlertRow): AlertKind {
  const of = (text: string) => KINDS.find(([pattern]) => pattern.test(text.slice(0, MAX_TITLE)))?.[1];
  // The title says what happened; the category only says which kind of attack it may belong to.
  return of(title) ?? of(category ?? '') ?? 'other';
}

type Alerts = Pick<Read<'security_alerts'>, 'rows'>;

/**
 * Defender's alerts that name Claude or Anthropic in their title, applications or hosts, each in its latest state,
 * newest first. A file name in a title says nothing about the destination, so it is ignored.
 */
export function alertsAboutClaude(alerts: Alerts): readonly SecurityAlertRow[] {
  return latestAlerts(alerts).filter(({ title, apps, hosts = [] }) =>
    [withoutFile(title), ...apps, ...hosts].some((name) => looksLikeClaude(name).is !== 'no'),
  );
}

/**
 * Alerts whose evidence names an application or host of Claude. A look-alike host is worth a look, but proves nothing
 * about Claude.
 */
export function alertsToClaude(
  { catalogue }: Pick<CheckContext, 'catalogue'>,
  alerts: Alerts,
): readonly SecurityAlertRow[] {
  return latestAlerts(alerts).filter(({ apps, hosts = [] }) =>
    [...apps, ...hosts].some((name) => isNamedClaude(name, catalogue)),
  );
}

/**
 * The newest data loss prevention alert since a day about something sent to Claude that Defender says it detected and
 * did not stop; null: none was read. It contradicts a statement that such uploads are blocked.
 */
export function letThroughSince(context: CheckContext, day: string): Evidence | null {
  const alerts = context.read('security_alerts', daysBetween(day, context.today) + 1);
  if (!alerts.ok) return null;
  const zone = context.profile.timezone;
  const found = alertsToClaude(context, alerts).find(
    (row) =>
      row.stopped === false &&
      row.at <= context.now &&
      dayOf(row.at, zone) >= day &&
      (/data ?loss ?prevention/iu.test(row.source ?? '') || alertKind(row) === 'dlp'),
  );
  return found === undefined
    ? null
    : alerts.cite(found, `${dayWords(dayOf(found.at, zone))}: ${withoutFile(found.title)}, not stopped`);
}

/**
 * Data loss prevention alerts on devices that name neither an application nor a host, newest first. Someone has to
 * check in Defender whether the data went to Claude.
 */
export function alertsWithoutDestination(alerts: Alerts): readonly SecurityAlertRow[] {
  const about = new Set(alertsAboutClaude(alerts));
  return latestAlerts(alerts).filter(
    (row) =>
      !about.has(row) &&
      /data ?loss ?prevention/iu.test(row.source ?? '') &&
      row.apps.length === 0 &&
      (row.hosts ?? []).length === 0 &&
      (isOnDevice(row.title) || (row.devices ?? []).length > 0),
  );
}

/** Microsoft's title of an alert, without the file name in it. */
const withoutFile = (text: string) => text.replace(/\bdocument \(.*\)/su, 'document');

/** Microsoft's titles of alerts on a device end like this. */
const isOnDevice = (text: string) => / in a device$/iu.test(text);

function latestAlerts({ rows }: Alerts): readonly SecurityAlertRow[] {
  const latest = new Map<string, SecurityAlertRow>();
  for (const row of rows) {
    const known = latest.get(row.id);
    if (known === undefined || (known.updatedAt ?? known.at) <= (row.updatedAt ?? row.at))
      latest.set(row.id, row);
  }
  return [...latest.values()].sort((a, b) => (a.at < b.at ? 1 : -1));
}

/**
 * Classifications that a person can give an alert (Microsoft Graph, alertClassification, 2026-11). Any other word
 * counts as none.
 */
const CLASSIFICATIONS: ReadonlySet<string> = new Set([
  'truepositive',
  'falsepositive',
  'informationalexpectedactivity',
]);

/** Whether someone resolved an alert and classified it. */
export function classified({
  status,
  classification,
}: Pick<SecurityAlertRow, 'status' | 'classification'>): boolean {
  return (
    status?.toLowerCase() === 'resolved' && CLASSIFICATIONS.has(classification?.toLowerCase() ?? 'unknown')
  );
}

/**
 * Limits of the statement that no other alert is open, to be appended to a sentence; empty for live readings, which are
 * complete.
 */
function reachWords({ rows, readings }: Read<'security_alerts'>, zone: string): string {
  const days = rows.map(({ at }) => dayOf(at, zone)).sort();
  const [from, to] = [days[0], days.at(-1)];
  if (from === undefined || to === undefined || readings.every(({ provenance }) => provenance === 'api'))
    return '';
  const period = from === to ? `of ${dayWords(from)}` : `from ${dayWords(from)} to ${dayWords(to)}`;
  const alike = rows.every(({ status }) => status?.toLowerCase() === 'resolved')
    ? ', all of them resolved; a list that was filtered by status would look the same'
    : '';
  return ` The file lists alerts ${period}${alike}.`;
}

/** Guide 5.5: the alerts of the month are reviewed, and each is closed with a classification. */
export const defenderAlerts = defineRule({
  name: 'defender-alerts-classified',
  about:
    'Each alert of Defender that names Claude must be resolved with a classification within the days given. If there is none, the answer is not known: alerts appear only for what Defender is set up to monitor. An alert shows that for a limited time.',
  failsFromPart: ['security_alerts'],
  params: z.strictObject({
    days: z.number().int().min(1).default(31),
    /** Days for which an alert shows that Defender monitors Claude. */
    monitoredDays: z.number().int().min(1).default(90),
  }),
  decide(context: CheckContext, { days, monitoredDays }) {
    const alerts = context.read('security_alerts');
    if (!alerts.ok) return absent(alerts).cannotRead(alerts.howToGet);
    const own = alertsAboutClaude(alerts).filter(({ at }) => at <= context.now);
    if (own.length === 0)
      return because(
        'microsoft.defender_alerts.none',
        `None of ${count(alerts.rows.length, 'Defender alert')} names Claude, which does not show that Defender monitors it.`,
      ).cannotRead(null, alerts.evidence);
    const zone = context.profile.timezone;
    const open = own.filter((row) => !classified(row));
    const items = open.map((row) => ({
      key: row.id,
      label: row.title,
      detail: `${dayWords(dayOf(row.at, zone))}, ${row.severity ?? 'severity not reported'}: ${row.status?.toLowerCase() === 'resolved' ? 'resolved without a classification' : 'open'}.`,
      evidence: [alerts.cite(row, row.status ?? 'status not reported')],
    }));
    const due = addDays(context.today, -days);
    const late = open.filter(({ at }) => dayOf(at, zone) < due);
    if (late.length > 0)
      return because(
        'microsoft.defender_alerts.late',
        `${late.length} of ${count(own.length, 'Defender alert')} about Claude ${verb(late.length, 'is', 'are')} older than ${count(days, 'day')} and not closed with a classification: ${names([...new Set(late.map(({ title }) => title))])}.`,
      ).fail(
        late.slice(0, 20).map((row) => alerts.cite(row, row.status ?? 'status not reported')),
        items,
      );
    const [oldest] = open.map(({ at }) => dayOf(at, zone)).sort();
    if (oldest !== undefined)
      return because(
        'microsoft.defender_alerts.open',
        `${open.length} of ${count(own.length, 'Defender alert')} about Claude ${verb(open.length, 'waits', 'wait')} for a classification.`,
      ).pending(
        addDays(oldest, days),
        open.slice(0, 20).map((row) => alerts.cite(row, row.status ?? 'status not reported')),
        items,
      );
    const newest = own.reduce((last, { at }) => (last > at ? last : at), '');
    const age = daysBetween(dayOf(newest, zone), context.today);
    if (age > monitoredDays)
      return because(
        'microsoft.defender_alerts.old',
        `The last Defender alert about Claude is from ${dayWords(dayOf(newest, zone))}, ${count(age, 'day')} ago. All are closed, but whether Defender still monitors Claude is not known after ${count(monitoredDays, 'day')} without an alert.`,
      ).cannotRead(null, alerts.evidence);
    return because(
      'microsoft.defender_alerts.all_classified',
      `${own.length === 1 ? 'The one Defender alert' : `All ${own.length} Defender alerts`} about Claude ${verb(own.length, 'is', 'are')} closed with a classification.${reachWords(alerts, zone)}`,
    ).pass(own.slice(0, 20).map((row) => alerts.cite(row, `resolved, ${row.classification}`)));
  },
});
// Guide: G5.3-04 G5.3-06 G5.5-03
