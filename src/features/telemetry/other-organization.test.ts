import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { insertConnection } from '#store/sources/connections.ts';
import { coworkLogs, kept, sender } from './testing/send.ts';

let bylaw: TestConsole;
beforeAll(async () => {
  bylaw = await testConsole();
});
afterAll(() => bylaw.close());

describe('another organization', () => {
  it('is recognized by the charter, kept as a sighting and not counted', async () => {
    const client = await bylaw.client('Maple');
    const own = '550e8400-e29b-41d4-a716-446655440000';
    const other = '11111111-e29b-41d4-a716-446655440000';
    const { send } = await sender(bylaw, client.slug);
    await bylaw.services.store.write([client.id], async (tx) => {
      await tx
        .insertInto('documents')
        .values({
          client_id: client.id,
          id: 'charter-1',
          kind: 'charter',
          version: 1,
          value: JSON.stringify({ version: 1, claudeOrganization: own }),
          lines: '{}',
          file: 'charter.yaml',
          sha256: 'x',
          stored_at: new Date(),
          stored_by: bylaw.owner.id,
        } as never)
        .execute();
    });
    const call = { tool_name: 'Bash', success: 'true', 'user.email': 'jane@example.org' };
    await send(
      'logs',
      coworkLogs([
        {
          name: 'tool_result',
          values: { ...call, 'event.sequence': 1, 'organization.id': own.toUpperCase() },
        },
        { name: 'tool_result', values: { ...call, 'event.sequence': 2, 'organization.id': other } },
      ]),
    );
    const all = await kept(bylaw, client);
    expect(
      all.map(({ type, category, person, tool, effect, organization }) => ({
        type,
        category,
        person,
        tool,
        effect,
        organization,
      })),
    ).toEqual([
      {
        type: 'tool_result',
        category: 'tool_call',
        person: 'jane@example.org',
        tool: 'Bash',
        effect: 'write',
        organization: own.toUpperCase(),
      },
      {
        type: 'other_organization',
        category: 'other',
        person: null,
        tool: null,
        effect: null,
        organization: other,
      },
    ]);
    expect(all[1]?.actor.email).toBe('jane@example.org');
    const { body } = await bylaw.owner.call('GET', `/clients/${client.slug}/telemetry`);
    expect(body.organizations).toMatchObject({
      own,
      seen: expect.arrayContaining([expect.objectContaining({ organization: other, own: false, events: 1 })]),
    });
    expect(body.emitters[0]).toMatchObject({ otherOrganization: 1, total: 2 });
  });

  it('is recognized by what the sources read, without anyone entering an id', async () => {
    const client = await bylaw.client('Larch');
    const own = '660e8400-e29b-41d4-a716-446655440000';
    const other = '22222222-e29b-41d4-a716-446655440000';
    const { send } = await sender(bylaw, client.slug);
    const now = bylaw.services.clock();
    await bylaw.services.store.write([client.id], (tx) =>
      insertConnection(tx, {
        id: 'one',
        client_id: client.id,
        vendor: 'anthropic',
        key_kind: 'access',
        key_sealed: null,
        key_hint: 'sk-ant-api01-…0001',
        scopes: '[]',
        tenants: JSON.stringify([{ id: own, name: 'Larch Society' }]),
        parent: own,
        state: 'connected',
        problem: null,
        recording: 'unknown',
        recording_at: null,
        tested_at: now,
        connected_by_name: 'Dana',
        connected_at: now,
      }),
    );
    const call = { tool_name: 'Bash', success: 'true', 'user.email': 'jane@example.org' };
    const of = (organization: string, sequence: number) => ({
      name: 'tool_result',
      values: { ...call, 'event.sequence': sequence, 'organization.id': organization },
    });
    await send('logs', coworkLogs([of(own, 1), of(other, 2)]));
    expect((await kept(bylaw, client)).map(({ type }) => type)).toEqual([
      'tool_result',
      'other_organization',
    ]);
    const { body } = await bylaw.owner.call('GET', `/clients/${client.slug}/telemetry`);
    expect(body.organizations).toMatchObject({
      own: null,
      read: [{ id: own, name: 'Larch Society' }],
      seen: expect.arrayContaining([expect.objectContaining({ organization: other, own: false })]),
    });
  });
});
