import { expect, it } from 'vitest';
import { type Json, testConsole } from '#server/testing/console.ts';
import { readAlert } from '#sources/microsoft/alert.ts';
import { putReading } from '../people/testing.ts';

const of = (type: string, more: object) => ({
  '@odata.type': `#microsoft.graph.security.${type}Evidence`,
  ...more,
});
const dlp = (id: string, device: string, evidence: object[] = []) =>
  readAlert(
    {
      id,
      title: 'DLP policy (Member data) matched for document (members.xlsx) in a device',
      serviceSource: 'dataLossPrevention',
      createdDateTime: '2026-11-23T10:00:00Z',
      evidence: [of('device', { deviceDnsName: device }), ...evidence],
    },
    'alerts.json',
    1,
  );
const CLAUDE = of('url', { url: 'https://claude.ai/' });

it('says which channel would see an upload to a personal account, and on which devices it was seen', async () => {
  const bylaw = await testConsole();
  const uploadOf = async (profile: object, fill: (id: string) => Promise<void> = async () => {}) => {
    const { id, slug } = await bylaw.client(`With ${JSON.stringify(profile)} ${Math.random()}`, profile);
    await fill(id);
    const { body } = await bylaw.owner.call('GET', `/clients/${slug}/dlp`);
    const endpoint = body.channels.find((one: Json) => one.id === 'microsoft.dlp_endpoint');
    return { upload: body.upload, endpoint, channels: body.channels };
  };
  const { store } = bylaw.services;
  const managed = (...names: string[]) => names.map((name) => ({ id: name, name }));
  const put = (id: string, alerts: ReturnType<typeof dlp>[], names: string[]) => async () => {
    await putReading(store, id, 'security_alerts', alerts, '2026-11-24');
    await putReading(store, id, 'managed_devices', managed(...names), '2026-11-24');
  };

  // Session control alone leaves it open, also where sessions went through it.
  const sessions = await uploadOf({ claudePlan: 'enterprise', m365: 'business_premium' }, (id) =>
    putReading(
      store,
      id,
      'cloud_app_events',
      [
        {
          at: '2026-11-23T10:00:00Z',
          action: 'FileUploaded',
          app: 'Claude',
          person: 'Kim',
          source: 'Defender for Cloud Apps session control',
        },
      ],
      '2026-11-24',
    ),
  );
  expect(sessions.upload).toEqual({ state: 'open', managed: null });
  const session = sessions.channels.find((one: Json) => one.id === 'microsoft.defender_session_control');
  expect(session.seen).toMatchObject({ what: 'people', count: 1, list: [{ name: 'Kim' }] });

  // A license shows nothing; nor does an alert on a device that does not name Claude.
  expect((await uploadOf({ claudePlan: 'team', m365: 'e5' })).upload.state).toBe('not_shown');
  const other = await uploadOf({ claudePlan: 'team', m365: 'e5' }, (id) =>
    put(id, [dlp('a', 'LT-1.alder.example.org')], ['LT-1'])(),
  );
  expect(other.upload).toEqual({ state: 'not_shown', managed: 1 });
  expect(other.endpoint.seen).toMatchObject({ count: 1, looks: 0, managed: 1 });

  // Seen on one of two managed devices, and on one that is not managed.
  const some = await uploadOf({ claudePlan: 'team', m365: 'e5' }, (id) =>
    put(
      id,
      [dlp('a', 'LT-1.alder.example.org', [CLAUDE]), dlp('b', 'HOME-9', [CLAUDE]), dlp('c', 'lt-1')],
      ['LT-1', 'LT-2'],
    )(),
  );
  expect(some.upload).toEqual({ state: 'partly', managed: 2 });
  expect(some.endpoint.seen).toMatchObject({ what: 'devices', count: 2, looks: 2, managed: 1 });
  expect(some.endpoint.seen.list.map(({ name, managed: known }: Json) => [name, known])).toEqual([
    ['HOME-9', false],
    ['LT-1.alder.example.org', true],
  ]);

  // What was seen at a host that only bears the name shows nothing of Claude.
  const alike = ['https://my-claude.ai/', 'https://claude.ai.evil.example/'].map((url) => of('url', { url }));
  const elsewhere = await uploadOf({ claudePlan: 'team', m365: 'e5' }, (id) =>
    put(id, [dlp('a', 'LT-1', alike)], ['LT-1'])(),
  );
  expect(elsewhere.upload).toEqual({ state: 'not_shown', managed: 1 });

  const all = await uploadOf({ claudePlan: 'team', m365: 'e5' }, (id) =>
    put(id, [dlp('a', 'LT-1', [CLAUDE])], ['LT-1'])(),
  );
  expect(all.upload).toEqual({ state: 'everywhere', managed: 1 });
  await bylaw.close();
});
// Guide: G4.1-06
