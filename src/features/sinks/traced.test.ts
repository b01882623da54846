import { afterAll, beforeAll, expect, it } from 'vitest';
import { anyEngine } from '#store/testing.ts';
import { startHec } from '../../../sandbox/siem/hec.ts';
import { SIMULATED, startLogsIngestion } from '../../../sandbox/siem/logs-ingestion.ts';
import { type TestConsole, testConsole } from '../../server/testing/console.ts';
import { coworkLogs, kept, sender } from '../telemetry/testing/send.ts';
import { ALL, settle, TOKEN } from './testing/splunk-sink.ts';

/** One event followed from the door of telemetry to the systems behind the sinks (guide 5.3). */
anyEngine('an event of telemetry', (engine) => {
  let bylaw: TestConsole;
  beforeAll(async () => {
    bylaw = await testConsole({ store: await engine.open() });
  });
  afterAll(() => bylaw.close());

  it('appears once in each sink, by the id that the log gave it, however often it is sent', async () => {
    const hec = await startHec();
    const azure = await startLogsIngestion({ columns: bylaw.services.catalogue.siem.sentinel.columns });
    const client = await bylaw.client('Traced Guild', { siem: 'splunk' });
    const { tenant, application, secret, rule } = SIMULATED;
    const add = async (kind: string, settings: object) => {
      const body = { kind, name: kind, settings, filter: ALL };
      const added = await bylaw.owner.call('POST', `/clients/${client.slug}/sinks`, body);
      expect(added.status, JSON.stringify(added.body)).toBe(201);
    };
    await add('splunk', { url: hec.url, token: TOKEN });
    await add('sentinel', {
      endpoint: azure.url,
      login: azure.url,
      tenant,
      application,
      secret,
      rule,
    });
    const { send } = await sender(bylaw, client.slug);
    const sent = coworkLogs([
      {
        name: 'tool_result',
        values: {
          'event.sequence': 7,
          tool_name: 'mcp__slack__slack_send_message',
          success: 'true',
          tool_input: 'the words of Jane',
        },
      },
    ]);
    for (let time = 0; time < 2; time += 1) {
      expect((await send('logs', sent)).status).toBe(200);
      await settle(bylaw, client);
    }
    const [event] = await kept(bylaw, client);
    expect(event).toMatchObject({ person: 'jane@example.org', connector: 'slack', effect: 'write' });
    expect(hec.events.map(({ fields }) => fields?.bylaw_id)).toEqual([event?.id]);
    expect(azure.rows.map(({ id }) => id)).toEqual([event?.id]);
    expect(JSON.stringify(hec.events[0])).toContain('slack_send_message');
    expect(JSON.stringify(azure.rows[0])).toContain('jane@example.org');
    expect(JSON.stringify([hec.events, azure.rows])).not.toContain('the words of Jane');
    const { body } = await bylaw.owner.call('GET', `/clients/${client.slug}/sinks`);
    expect(
      body.items.map(({ accepted, lag }: { accepted: number; lag: { count: number }[] }) => [
        accepted,
        lag[0]?.count,
      ]),
    ).toEqual([
      [1, 0],
      [1, 0],
    ]);
    await hec.close();
    await azure.close();
  });
});
// Guide: G5.3-00
