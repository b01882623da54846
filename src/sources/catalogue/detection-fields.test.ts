import { describe, expect, it } from 'vitest';
import { toolResolver } from '#domain/activity/tools.ts';
import { categoriesOf, exampleEvents } from '#domain/detections/examples.ts';
import type { DetectionEvent } from '#domain/detections/fields.ts';
import { DetectionPack } from '#domain/detections/pack.ts';
import { isCorrelation } from '#domain/detections/sigma.ts';
import { activityReader } from '../anthropic/activity.ts';
import { decodeJson } from '../otlp/json.ts';
import { normalize } from '../otlp/normalize.ts';
import { vocabularyOf } from '../otlp/vocabulary.ts';
import { sharedCatalogue } from './testing/shared.ts';

/** Fields that rules use exist once the source's reader has read an event. Fields of no event: lint-detections.ts. */

const catalogue = sharedCatalogue();
const { detections } = catalogue;
const now = new Date('2026-11-24T15:00:00Z');
const client = {
  receivedAt: now,
  organizations: null,
  resolve: toolResolver(catalogue, {}),
  content: null,
  vocabulary: vocabularyOf(catalogue),
};
const readFeed = activityReader(catalogue);

/** The event as its source sends it, read by the source's own reader. */
function sent({ activity, bylaw }: DetectionEvent): DetectionEvent {
  const { actor, detail } = activity;
  if (activity.source === 'otlp') {
    const connector = activity.connectorName ?? activity.connector;
    const words: Record<string, unknown> = {
      'event.name': `claude_code.${activity.type}`,
      'session.id': activity.session ?? 'session',
      'organization.id': activity.organization,
      'user.email': activity.person,
      tool_name: connector === null ? activity.tool : `mcp__${connector}__${activity.tool}`,
      mcp_server_name: connector,
      mcp_tool_name: connector === null ? null : activity.tool,
      success: activity.outcome === null ? null : String(activity.outcome === 'success'),
      decision_type: activity.outcome === 'rejected' ? 'reject' : null,
      ...detail,
      // A decision names the person who took it in another field than a result does.
      ...(activity.type === 'tool_decision'
        ? {
            decision: activity.outcome === 'rejected' ? 'reject' : 'accept',
            source: detail.decision_source,
            decision_source: null,
          }
        : {}),
    };
    const attributes = Object.entries(words).flatMap(([key, value]) =>
      value === null ? [] : [{ key, value: { stringValue: String(value) } }],
    );
    const time = `${Date.parse(activity.at)}000000`;
    const record = { timeUnixNano: time, body: { stringValue: words['event.name'] }, attributes };
    const scope = { name: 'com.anthropic.claude_code.events' };
    const service = activity.surface === 'cowork' ? 'cowork' : 'claude-code';
    const resource = { attributes: [{ key: 'service.name', value: { stringValue: service } }] };
    const body = { resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords: [record] }] }] };
    const [read] = normalize(decodeJson('logs', Buffer.from(JSON.stringify(body))), client).activities;
    if (read === undefined) throw new Error('the record was left out');
    return { activity: { ...read, id: activity.id }, bylaw };
  }
  const read = readFeed(
    {
      id: activity.id,
      type: activity.type,
      created_at: activity.at,
      organization_uuid: activity.organization,
      actor: {
        type: actor.type,
        email_address: actor.email,
        ip_address: activity.ip,
        user_agent: activity.userAgent,
        [actor.type === 'user_actor' ? 'user_id' : 'api_key_id']: actor.id,
      },
      ...detail,
    },
    now,
  );
  if (read === null) throw new Error('the event is none');
  return { activity: read, bylaw };
}

/** Events that a rule is to find, of the sources that can be sent here as a vendor sends them. */
const categoryOf = categoriesOf(catalogue);
const examplesOf = (detection: (typeof detections)[number]): DetectionEvent[] =>
  detection.bylaw.examples
    .filter(({ fires }) => fires)
    .flatMap((example) => exampleEvents(detection, example, categoryOf))
    .filter(({ activity: { source } }) => source === 'otlp' || source === 'compliance_feed');

// What a gateway alone tells (CLA-DET-43B) comes by each gateway's own words, which features/telemetry/gateways.test.ts sends.
describe.each(
  detections
    .filter(
      (one) => !isCorrelation(one) && one.bylaw.baseline === undefined && one.bylaw.absence === undefined,
    )
    .map((one) => [one.bylaw.id, one, examplesOf(one)] as const)
    .filter(([, , events]) => events.length > 0),
)('%s', (id, detection, events) => {
  const alone = { ...detection, bylaw: { ...detection.bylaw, alerts: true } };
  const pack = new DetectionPack([alone], (one) => one === id);

  it('finds its own examples in the form in which they arrive', () => {
    const found = (one: DetectionEvent) => pack.find(one).map(({ group }) => group);
    const lost = events.flatMap((event) => {
      const [wanted, got] = [found(event), found(sent(event))];
      return JSON.stringify(wanted) === JSON.stringify(got)
        ? []
        : [`${event.activity.type}: ${wanted} became ${got}`];
    });
    expect(lost).toEqual([]);
  });
});
