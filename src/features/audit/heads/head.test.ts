import { expect, it } from 'vitest';
import { type ForwardedEvent, recordOf } from '#domain/forwarding/event.ts';
import { ocsfOf } from '#domain/forwarding/ocsf.ts';
import { WORKSPACE } from '#store/audit.ts';
import { signerFrom } from '#store/sign.ts';
import { headLine } from './head.ts';
import { keptReader } from './kept-heads.ts';

const AT = '2026-11-24T15:00:00.000Z';
const event = (stream: 'audit' | 'workspace_audit'): ForwardedEvent => ({
  stream,
  client: { id: 'c-alder', name: 'Alder Society' },
  test: false,
  record: {
    seq: 7,
    id: 'r7',
    at: AT,
    chain: stream === 'audit' ? 'c-alder' : WORKSPACE,
    actor: { kind: 'user', id: 'u1', name: 'Olive' },
    action: 'sinks.add',
    title: 'Add a sink',
    subject: { kind: 'sink', id: 's1', name: 'SIEM' },
    prev: '0'.repeat(64),
    hash: 'ab'.repeat(32),
  },
});

function headsIn(lines: readonly string[]) {
  const reader = keptReader();
  for (const line of lines) reader.take(line);
  return reader.end(null);
}

it.each([recordOf, ocsfOf])('a head is read from what a sink was sent: %o', async (form) => {
  for (const stream of ['audit', 'workspace_audit'] as const)
    expect(await headsIn([JSON.stringify(form(event(stream)))])).toEqual([
      expect.objectContaining({
        chain: stream === 'audit' ? 'c-alder' : 'workspace',
        seq: 7,
        hash: 'ab'.repeat(32),
        at: AT,
        signature: null,
      }),
    ]);
});

it('a head is read among other lines, and from a line with other text before it', async () => {
  const line = headLine(
    { chain: 'c-alder', seq: 3, hash: 'cd'.repeat(32) },
    new Date(AT),
    signerFrom(Buffer.alloc(32)),
  );
  const found = await headsIn(['Dear auditor,', '{"other": true}', `> ${line}`, '{broken']);
  expect(found).toMatchObject([{ seq: 3, signature: { holds: true } }]);
});
