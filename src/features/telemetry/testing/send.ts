import type { InjectOptions } from 'fastify';
import type { TestAnswer, TestConsole } from '#server/testing/console.ts';
import { activitiesAfter } from '#store/activity/read.ts';

/** Attributes in OTLP's JSON encoding. */
export function attributes(values: Readonly<Record<string, string | number | boolean>>) {
  return Object.entries(values).map(([key, value]) => ({
    key,
    value:
      typeof value === 'string'
        ? { stringValue: value }
        : typeof value === 'boolean'
          ? { boolValue: value }
          : Number.isInteger(value)
            ? { intValue: String(value) }
            : { doubleValue: value },
  }));
}

export interface TestEvent {
  readonly name: string;
  readonly at?: string | number;
  readonly values?: Readonly<Record<string, string | number | boolean>>;
}

/** An export of Cowork's events as an OTLP request in JSON. */
export function coworkLogs(events: readonly TestEvent[], service = 'cowork') {
  return {
    resourceLogs: [
      {
        resource: { attributes: attributes({ 'service.name': service, 'service.version': '1.22300.0' }) },
        scopeLogs: [
          {
            scope: { name: 'com.anthropic.claude_code' },
            logRecords: events.map(({ name, at = '2026-11-24T14:00:00.000Z', values = {} }) => ({
              timeUnixNano: typeof at === 'number' ? String(at) : `${Date.parse(at)}000000`,
              body: { stringValue: name },
              attributes: attributes({
                'event.name': name,
                'session.id': 'session-1',
                'user.email': 'Jane@example.org',
                ...values,
              }),
            })),
          },
        ],
      },
    ],
  };
}

/** Creates a telemetry token for a client and returns a function that sends with it. */
export async function sender(bylaw: TestConsole, slug: string, name = 'Laptops') {
  const created = await bylaw.owner.call('POST', `/clients/${slug}/telemetry/tokens`, { name });
  if (created.status !== 201) throw new Error(`no token was made: ${JSON.stringify(created.body)}`);
  const secret: string = created.body.secret;
  const send = (signal: string, body: unknown, headers: Record<string, string> = {}): Promise<TestAnswer> => {
    const options: InjectOptions = {
      method: 'POST',
      url: `/v1/${signal}`,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...headers },
      payload: Buffer.isBuffer(body) ? body : typeof body === 'string' ? body : JSON.stringify(body),
    };
    return bylaw.inject(options);
  };
  return { secret, id: created.body.token.id as string, send };
}

/** The activities in a client's log. */
export const kept = ({ services }: TestConsole, client: { id: string }) =>
  services.store.read([client.id], (tx) => activitiesAfter(tx, client.id, 0, 1000));
