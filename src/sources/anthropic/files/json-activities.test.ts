import { describe, expect, it } from 'vitest';
import { type Content, ImportProblem } from '../../exports/file-kind.ts';
import { json, readerOf } from '../../exports/kinds/json-testing.ts';
import { claudeJsonKinds } from './json-claude.ts';

const { recognized, parse } = readerOf(claudeJsonKinds, 'America/New_York');

const activity = (created_at: string, parts: object = {}) => ({
  id: `activity_${created_at}`,
  created_at,
  organization_id: null,
  organization_uuid: null,
  actor: {
    type: 'user_actor',
    email_address: 'Ann@alder.example.org',
    user_id: 'user_1',
    ip_address: '192.0.2.1',
    user_agent: 'x',
  },
  type: 'claude_chat_created',
  ...parts,
});
const page = (data: object[], has_more = false) => ({ data, has_more, first_id: null, last_id: null });

describe('activity feed', () => {
  it('keeps who, when, from where, and the fields of the type', () => {
    const [row] = parse(
      'activities',
      json(
        page([
          activity('2026-11-20T08:09:10Z', {
            type: 'mcp_tool_policy_updated',
            mcp_server_name: 'Asana',
            tool_name: '*',
            max_permission: null,
            updates: [{ type: 'a', current_value: true }],
          }),
        ]),
      ),
    ).rows;
    expect(row).toMatchObject({
      at: '2026-11-20T08:09:10.000Z',
      type: 'mcp_tool_policy_updated',
      actorType: 'user_actor',
      actorEmail: 'ann@alder.example.org',
      ip: '192.0.2.1',
      detail: {
        mcp_server_name: 'Asana',
        tool_name: '*',
        max_permission: null,
        'actor.user_id': 'user_1',
        updates: [{ type: 'a', current_value: true }],
      },
    });
  });

  it('passes unknown types and actors through', () => {
    const [row] = parse(
      'activities',
      json(
        page([activity('2026-11-20T08:09:10Z', { type: 'something_of_2027', actor: { type: 'new_actor' } })]),
      ),
    ).rows;
    expect(row).toMatchObject({
      type: 'something_of_2027',
      actorType: 'new_actor',
      actorEmail: null,
      ip: null,
    });
  });

  it('knows a feed by most of its events, and names those without a time or a person', () => {
    const right = [activity('2026-11-20T08:09:10Z'), activity('2026-11-19T08:09:10Z')];
    for (const odd of [{ actor: null }, { created_at: null }, { actor: null, created_at: null }])
      for (const at of [0, 1, 2]) {
        const data = right.toSpliced(at, 0, activity('2026-11-19T09:00:00Z', { id: 'activity_odd', ...odd }));
        const parsed = parse('activities', json(page(data)));
        expect(parsed.rows.map(({ id }) => id)).toEqual(
          'created_at' in odd ? right.map(({ id }) => id) : data.map(({ id }) => id),
        );
        expect(parsed.covers).toBeUndefined();
        expect(parsed.notes[0]).toMatchObject({
          row: at + 1,
          says: expect.stringMatching(/“activity_odd”.*incomplete/),
        });
      }
    expect(recognized(json(page([activity('2026-11-20T08:09:10Z', { actor: null })])))).toBe('activities');
    expect(recognized(json(page([activity('x', { id: 'a' }), { a: 1 }, { b: 1 }])))).not.toBe('activities');
  });

  it('keeps no content, wherever it stands', () => {
    const secret = 'dues of member 4711';
    const parts = {
      request_body: secret,
      content: [{ text: secret }],
      message: { text: secret },
      updates: [{ type: 'a', text: secret }],
      nested: { prompt: secret, size: 3 },
    };
    const { rows } = parse('activities', json(page([activity('2026-11-20T08:09:10Z', parts)])));
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(rows[0]?.detail['nested.size']).toBe(3);
  });

  it('reads one page, a list of pages, a bare list and one activity a line as the same events', () => {
    const a = activity('2026-11-20T08:00:00Z');
    const b = activity('2026-11-19T08:00:00Z');
    const lines: Content = { form: 'text', text: `${JSON.stringify(a)}\n${JSON.stringify(b)}\n` };
    for (const content of [
      json(page([a, b])),
      json([page([a], true), page([b])]),
      json([a, b]),
      lines,
      json([page([a], true), page([a, b])]),
    ]) {
      const parsed = parse('activities', content);
      expect(parsed.rows.map((row) => row.id)).toEqual([a.id, b.id]);
      expect(parsed).toMatchObject({ complete: true, covers: { from: '2026-11-19', to: '2026-11-20' } });
    }
  });

  it('a further page that is missing ends what the file speaks for; the day of the break does not count', () => {
    const cut = page(
      [activity('2026-11-20T18:00:00Z'), activity('2026-11-19T18:00:00Z'), activity('2026-11-18T18:00:00Z')],
      true,
    );
    const parsed = parse('activities', json(cut));
    expect(parsed).toMatchObject({ complete: true, covers: { from: '2026-11-19', to: '2026-11-20' } });
    expect(parsed.notes[0]?.says).toContain('another page');
    const rising = page(
      [activity('2026-11-18T18:00:00Z'), activity('2026-11-19T18:00:00Z'), activity('2026-11-20T18:00:00Z')],
      true,
    );
    expect(parse('activities', json(rising)).covers).toEqual({ from: '2026-11-18', to: '2026-11-19' });
    expect(parse('activities', json(page([activity('2026-11-20T18:00:00Z')], true))).covers).toBeUndefined();
  });

  it('days are those of the client', () => {
    expect(parse('activities', json(page([activity('2026-11-20T03:00:00Z')]))).covers).toEqual({
      from: '2026-11-19',
      to: '2026-11-19',
    });
  });

  it('an activity without a time is left out with its row, and no day counts as whole', () => {
    const { rows, notes, covers } = parse(
      'activities',
      json(page([activity('2026-11-20T18:00:00Z'), activity('yesterday')])),
    );
    expect(rows).toHaveLength(1);
    expect(notes[0]).toMatchObject({ row: 2, column: 'created_at' });
    expect(covers).toBeUndefined();
    try {
      parse('activities', json(page([activity('yesterday')])));
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ImportProblem);
      expect(error).toMatchObject({ row: 1, column: 'created_at' });
    }
  });

  it('an error body and chats are no activities', () => {
    expect(() =>
      parse('activities', json({ error: { type: 'permission_error', message: 'Missing required scopes' } })),
    ).toThrow(/lacks a scope/);
    expect(
      recognized(
        json(page([{ id: 'claude_chat_1', name: 'x', created_at: '2026-11-20T18:00:00Z', user: {} }])),
      ),
    ).toBeNull();
    expect(
      recognized(json({ chat_messages: [{ id: 'm', role: 'user', created_at: '2026-11-20T18:00:00Z' }] })),
    ).toBeNull();
  });
});
// Guide: G1.1-10 G2.2-32 G5.2-00
