import { describe, expect, it } from 'vitest';
import { assessing } from './assessing.ts';

const answer = (data: readonly object[], more: object = {}) =>
  JSON.stringify({ data, has_more: false, next_page: null, ...more });
const reading = (content: string, name = 'answer.json') =>
  assessing({
    files: { [name]: content },
    profile: { claudePlan: 'enterprise' },
  });

describe('lists in the vendor’s own envelope', () => {
  it('reads API keys, whether they say is_active, is_enabled or a status', async () => {
    const key = (id: string, more: object) => ({
      type: 'compliance_api_key',
      id,
      name: id,
      scopes: ['read:compliance_activities'],
      created_at: '2026-03-14T09:30:00Z',
      ...more,
    });
    const { files, verdict } = await reading(
      answer([
        key('apikey_1', { is_active: true }),
        key('apikey_2', { status: 'active' }),
        key('apikey_3', { is_enabled: true }),
      ]),
    );
    expect(files[0]).toMatchObject({ outcome: 'taken', kind: 'api_keys', rows: 3 });
    expect(verdict('CLA-VIS-17').state).not.toBe('pass');
  });

  it('reads summaries, each day once: the later one replaces', async () => {
    const day = (seats: number) => ({
      starting_at: '2026-11-22T00:00:00Z',
      ending_at: '2026-11-23T00:00:00Z',
      assigned_seat_count: seats,
      daily_active_user_count: 9,
    });
    const { files } = await reading(answer([day(80), day(90)]));
    expect(files[0]).toMatchObject({ outcome: 'taken', kind: 'analytics_summaries', rows: 1 });
  });

  it('reads the use of people over a period', async () => {
    const { files, verdict } = await reading(
      answer(
        ['ann', 'ben'].map((name) => ({
          actor: { type: 'user_actor', email: `${name}@alder.example.org`, name, deleted: false },
          starting_at: '2026-10-25T00:00:00Z',
          ending_at: '2026-11-22T00:00:00Z',
          requests: 100,
          product: 'chat',
        })),
      ),
    );
    expect(files[0]).toMatchObject({
      outcome: 'taken',
      kind: 'usage',
      rows: 2,
      observedOn: '2026-11-21',
    });
    expect(verdict('CLA-VIS-01').state).not.toBe('fail');
  });
});

describe('a list with one odd entry', () => {
  it('gives the events that are right and names the other, and no day counts as whole', async () => {
    const event = (id: string, at: unknown) => ({
      id: `activity_${id}`,
      created_at: at,
      type: 'org_data_export_started',
      actor: { type: 'user_actor', email_address: 'ann@alder.example.org' },
    });
    const { files } = await reading(answer([event('1', '2026-11-20T10:00:00Z'), event('Odd', 'yesterday')]));
    expect(files[0]).toMatchObject({ outcome: 'taken', kind: 'activities', rows: 1 });
    expect(files[0]?.notes[0]).toMatchObject({
      row: 2,
      column: 'created_at',
      says: expect.stringContaining('“activity_Odd”'),
    });
  });

  it('gives the members that are right, and the list is not whole', async () => {
    const user = (email: string | null) => ({ type: 'user', email, role: 'user', name: 'Someone' });
    const { files, verdict } = await reading(answer([user('ann@alder.example.org'), user(null)]));
    expect(files[0]).toMatchObject({ outcome: 'taken', kind: 'members', rows: 1 });
    expect(files[0]?.notes[0]).toMatchObject({ row: 2, says: expect.stringContaining('incomplete') });
    expect(verdict('CLA-ACC-01').state).not.toBe('pass');
  });

  it('is refused where nothing in it can be read', async () => {
    const { files } = await reading(
      answer([{ id: 'activity_1', created_at: 'yesterday', type: 'x', actor: {} }]),
    );
    expect(files[0]).toMatchObject({ outcome: 'malformed', kind: 'activities' });
  });
});
