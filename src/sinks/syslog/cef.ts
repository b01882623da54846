import { isIP } from 'node:net';
import { type ForwardedEvent, idOf, type Severity, severityOf, typeOf } from '#domain/forwarding/event.ts';
import { oneLine } from '#domain/text/response-text.ts';

const SEVERITY: Readonly<Record<Severity, number>> = {
  informational: 1,
  low: 3,
  medium: 5,
  high: 8,
  critical: 10,
};

/** An event in ArcSight's Common Event Format, version 0, with the names of its dictionary. */
export function cefOf(event: ForwardedEvent): string {
  const head = ['Bylaw', 'Bylaw', '1', typeOf(event), titleOf(event)].map(headText);
  const fields = fieldsOf(event);
  const extension = Object.entries({ externalId: idOf(event), ...fields })
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([name, value]) => `${name}=${valueText(String(value))}`);
  return `CEF:0|${head.join('|')}|${SEVERITY[severityOf(event)]}|${extension.join(' ')}`;
}

function titleOf(event: ForwardedEvent): string {
  if (event.stream === 'activities') return event.activity.type.replaceAll('_', ' ');
  return event.stream === 'alerts' ? event.alert.title : event.record.title;
}

function fieldsOf(event: ForwardedEvent): Readonly<Record<string, unknown>> {
  if (event.stream === 'activities') return ofActivity(event);
  return event.stream === 'alerts' ? ofAlert(event) : ofRecord(event);
}

function ofRecord({
  record,
  client,
}: ForwardedEvent & { readonly stream: 'audit' | 'workspace_audit' }): Record<string, unknown> {
  return {
    rt: Date.parse(record.at),
    suser: record.actor.name,
    suid: record.actor.id,
    cat: 'audit',
    act: record.action,
    ...labeled('cs', [
      ['client', client.name],
      ['chain', record.chain],
      ['hash', record.hash],
      ['subject', record.subject.name ?? record.subject.id],
      ['subjectKind', record.subject.kind],
    ]),
    ...labeled('cn', [['number', record.seq]]),
  };
}

function ofActivity({ activity, client, test }: ForwardedEvent & { readonly stream: 'activities' }) {
  const { actor, amounts, ip } = activity;
  return {
    rt: Date.parse(activity.at),
    suser: actor.email ?? actor.name,
    suid: actor.id,
    ...address(ip),
    requestClientApplication: activity.userAgent,
    cat: activity.category,
    act: activity.tool ?? activity.type,
    outcome: activity.outcome,
    reason: test ? 'test event: nothing happened' : null,
    ...labeled('cs', [
      ['client', client.name],
      ['connector', activity.connectorName ?? activity.connector],
      ['surface', activity.surface],
      ['effect', activity.effect],
      ['model', activity.model],
      ['session', activity.session],
    ]),
    ...labeled('cn', [
      ['inputTokens', amounts.inputTokens],
      ['outputTokens', amounts.outputTokens],
      ['costMicroUsd', amounts.costMicros],
    ]),
  };
}

function ofAlert({ alert, client }: ForwardedEvent & { readonly stream: 'alerts' }) {
  return {
    rt: Date.parse(alert.changedAt),
    start: Date.parse(alert.at),
    end: Date.parse(alert.lastAt),
    cnt: alert.count,
    suser: alert.person,
    cat: 'alert',
    act: alert.change,
    msg: alert.says,
    ...labeled('cs', [
      ['client', client.name],
      ['rule', alert.rule.title],
      ['state', alert.state],
      ['changedBy', alert.changedBy],
    ]),
    ...labeled('cn', [['version', alert.version]]),
  };
}

function address(ip: string | null): Record<string, string> {
  if (ip === null) return {};
  if (isIP(ip) === 4) return { src: ip };
  return isIP(ip) === 6 ? { c6a2: ip, c6a2Label: 'source' } : {};
}

function labeled(
  prefix: string,
  values: readonly (readonly [label: string, value: string | number | null])[],
): Record<string, string | number> {
  return Object.fromEntries(
    values.flatMap(([label, value], at) =>
      value === null
        ? []
        : [
            [`${prefix}${at + 1}`, value],
            [`${prefix}${at + 1}Label`, label],
          ],
    ),
  );
}

function headText(text: string): string {
  return oneLine(text).replace(/[\\|]/g, '\\$&');
}

function valueText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\\=]/g, '\\$&')
    .replace(/\r\n|[\r\n]/g, '\\n')
    .replace(/\p{Cc}/gu, ' ');
}
