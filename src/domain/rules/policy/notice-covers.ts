import { z } from 'zod';
import { NAMES_CONTENT } from '../../charter/content-kept.ts';
import { noticeNames } from '../../charter/notice.ts';
import { addDays } from '../../model/day.ts';
import type { Kind, Rows } from '../../model/kinds.ts';
import type { Evidence, Reading } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { askCharter } from '../operations/ask.ts';
import { because } from '../outcome.ts';
import { notYetPublished } from './draft-policies.ts';

interface Source {
  readonly id: string;
  readonly words: string;
  readonly kinds: readonly Kind[];
  readonly sign: RegExp;
}

/** Kinds whose files may be about no one in particular, and whether a row of them names a person. */
const NAMES_SOMEONE: { readonly [K in Kind]?: (row: Rows[K]) => boolean } = {
  ai_traffic: ({ person }) => person !== null,
  security_alerts: ({ people }) => people.length > 0,
  cloud_app_events: ({ person, personId }) => person !== null || personId !== null,
  risky_users: ({ upn, name, id }) => upn !== null || name !== null || id !== null,
  risk_detections: ({ upn }) => upn !== null,
  directory_audits: ({ actorKind }) => actorKind !== 'application',
  managed_devices: ({ upn }) => upn !== null,
};

/** Data that a client may collect about staff, and how a notice may describe it. */
export const NOTICE_SOURCES: readonly Source[] = [
  {
    id: 'usage',
    words: 'usage',
    kinds: ['usage', 'analytics_users'],
    sign: /usage|message (volume|count)|spend/,
  },
  { id: 'connectors', words: 'connector activity', kinds: ['analytics_connectors'], sign: /connector/ },
  { id: 'sign_ins', words: 'sign-ins', kinds: ['sign_ins'], sign: /sign ?ins?\b|log ?ins?\b|signing in/ },
  {
    id: 'audit_log',
    words: 'the audit log or activity feed',
    kinds: ['audit_log', 'activities'],
    sign: /audit|activity (log|feed)|(?<!connector )activities/,
  },
  { id: 'telemetry', words: 'Cowork telemetry', kinds: ['telemetry'], sign: /telemetry|otel|cowork/ },
  {
    id: 'network',
    words: 'the network log of AI tools',
    kinds: ['ai_traffic'],
    sign: /network|\bdns\b|firewall|proxy|gateway|web (traffic|filter)|brows(ing|er history)|\bai tools\b/,
  },
  { id: 'alerts', words: 'security alerts', kinds: ['security_alerts'], sign: /\balerts?\b|defender/ },
  {
    id: 'cloud_apps',
    words: 'the activity in cloud apps',
    kinds: ['cloud_app_events'],
    sign: /cloud apps?\b/,
  },
  {
    id: 'risks',
    words: 'risky users and sign-ins in Entra',
    kinds: ['risky_users', 'risk_detections'],
    sign: /\brisk(?:s|y)?\b|identity protection/,
  },
  {
    id: 'directory_changes',
    words: 'changes made in Entra',
    kinds: ['directory_audits'],
    sign: /(?:\bentra\b|\bazure ad\b|\bdirectory\b).*(?:chang|audit|log\b|activit)|(?:chang|audit|log\b|activit).*(?:\bentra\b|\bazure ad\b|\bdirectory\b)/,
  },
  {
    id: 'devices',
    words: 'managed devices',
    kinds: ['managed_devices'],
    sign: /\bdevices?\b|\bintune\b|\bmdm\b/,
  },
  { id: 'content', words: 'the content of conversations', kinds: [], sign: NAMES_CONTENT },
];

/** Whether one of the source names in a notice means this source. */
export function namesSource(covers: readonly string[], source: Pick<Source, 'sign'>): boolean {
  return noticeNames(covers, source.sign);
}

/** Whether a file is about staff: a log of traffic may name only tools and devices, and an alert no one. */
export function isAboutStaff({ kind, rows }: Reading): boolean {
  const names = (NAMES_SOMEONE as { readonly [K in Kind]?: (row: object) => boolean })[kind];
  return names === undefined || rows.some((row) => names(row));
}

/** Guide 8: staff are told what is really collected. An additional source requires a new notice. */
export const noticeCovers = defineRule({
  name: 'notice-covers',
  about:
    'Every source about staff that was read in the last year (of network logs, security alerts, cloud app events, risks, changes in Entra and managed devices, those that name someone), telemetry if it came in or is sent, and the content of conversations if the charter lets it be kept, is named in the staff notice.',
  params: z.strictObject({ days: z.number().int().min(1).default(365) }),
  decide(context, { days }) {
    const { charter } = context;
    const enabled = NOTICE_SOURCES.flatMap((source) => {
      const evidence = source.kinds.flatMap((kind) => lastReading(context, kind, days));
      if (source.id === 'telemetry' && charter.ok && charter.value.telemetry) {
        evidence.push(charter.cite('telemetry', 'telemetry is sent'));
      }
      if (source.id === 'telemetry') evidence.push(...telemetryCame(context, days));
      if (source.id === 'content' && charter.ok && charter.value.contentKept) {
        const { until, days } = charter.value.contentKept;
        if (addDays(until, days) >= context.today)
          evidence.push(charter.cite('contentKept', `text is kept until ${dayWords(until)}`));
      }
      return evidence.length > 0 ? [{ source, evidence }] : [];
    });
    const covers = charter.ok ? charter.value.policy?.noticeCovers : undefined;
    if (!charter.ok || !covers) {
      const example = enabled.map(({ source }) => source.id).join(', ') || 'usage, connectors, sign_ins';
      return askCharter(
        context,
        'policy.noticeCovers',
        'which sources the staff notice names',
        `for example ${example}`,
      );
    }
    const later = notYetPublished(context);
    if (later !== null) return later;
    const notice = charter.cite('policy.noticeCovers', names(covers, 10) || 'nothing');
    if (enabled.length === 0) {
      return because(
        'policy.notice_covers.no_source',
        'No source about staff was given, so there is nothing to compare the notice with.',
      ).cannotRead(
        ask(
          'source',
          'usage',
          'Add the usage file or any other source that is collected about staff.',
          'or_any',
        ),
        [notice],
      );
    }
    const missing = enabled.filter(({ source }) => !namesSource(covers, source));
    const evidence = [notice, ...enabled.flatMap((entry) => entry.evidence)];
    const list = (entries: typeof enabled) =>
      names(
        entries.map(({ source }) => source.words),
        5,
      );
    if (missing.length > 0) {
      return because(
        'policy.notice_covers.missing',
        `The staff notice does not name ${list(missing)}, which ${verb(missing.length, 'is', 'are')} collected.`,
      ).fail(
        evidence,
        missing.map((entry) => ({
          key: entry.source.id,
          label: entry.source.words,
          detail: 'Collected and not named in the notice.',
          evidence: entry.evidence,
        })),
      );
    }
    return because(
      'policy.notice_covers.all_named',
      `The staff notice names ${enabled.length === 1 ? 'the one source' : enabled.length === 2 ? 'both sources' : `all ${count(enabled.length, 'source')}`} collected here: ${list(enabled)}.`,
    ).pass(evidence);
  },
});

/** Evidence of telemetry that was received, and of the setting that sends it, whatever the charter says about it. */
function telemetryCame(context: CheckContext, days: number): Evidence[] {
  const { journal, today } = context;
  const since = addDays(today, -days);
  const received = journal.ok
    ? (journal.value.telemetryReceived ?? []).flatMap(({ on }, at) =>
        on >= since && on <= today
          ? [journal.cite(`telemetryReceived.${at}`, `telemetry came in on ${dayWords(on)}`)]
          : [],
      )
    : [];
  const events = context.events(days);
  const set = events.ok
    ? events.rows.findLast(({ type }) => type === 'org_cowork_otlp_settings_updated')
    : undefined;
  const endpoint = set?.detail.new_otlp_endpoint;
  return events.ok && set !== undefined && typeof endpoint === 'string' && endpoint !== ''
    ? [...received, events.cite(set, `telemetry is sent to ${endpoint}`)]
    : received;
}

/** The newest file of the kind, even if it is otherwise unusable: it shows that the source is collected. */
function lastReading(context: CheckContext, kind: Kind, days: number): Evidence[] {
  const last = context.history(kind).filter(isAboutStaff).at(-1);
  if (!last || last.observedOn < addDays(context.today, -days)) return [];
  return [{ kind, file: last.file, observedOn: last.observedOn, says: count(last.rows.length, 'row') }];
}
// Guide: G8-13 G8-14
