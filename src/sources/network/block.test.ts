import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { blockOutcome, blockVerdict, countingBlock } from '#domain/network/block.ts';
import { networkWorks, runBlockProbe } from './block.ts';

/** Local stand-ins: Claude's API, a page in place of it, and an address without a listener. */
const servers: Server[] = [];
const listen = async (status: number, body: string): Promise<string> => {
  const server = createServer((_, answer) => {
    answer.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};
let claude: string;
let portal: string;
const nothing = 'http://127.0.0.1:9';
beforeAll(async () => {
  const error = { type: 'authentication_error', message: 'x-api-key header is required' };
  claude = await listen(401, JSON.stringify({ type: 'error', error }));
  portal = await listen(200, '<h1>Blocked by policy</h1>');
});
afterAll(() => {
  for (const server of servers) server.close();
});

it('calls Claude blocked only if no host is reached, and open only if Claude itself answers', async () => {
  const from = async (side: 'guest' | 'managed', api: string, ...others: string[]) =>
    blockVerdict(side, blockOutcome(await runBlockProbe({ origins: [...others, api], api }), side, true));
  expect(await from('guest', nothing, nothing)).toBe('closed');
  expect(await from('guest', claude, nothing)).toBe('open');
  expect(await from('guest', nothing, portal)).toBeNull();
  expect(await from('guest', portal)).toBeNull();
  expect(await from('managed', claude, portal)).toBe('gets_through');
  expect(await from('managed', claude, nothing)).toBe('shut_out');
  expect(await from('managed', nothing)).toBe('shut_out');
  expect(await from('managed', portal)).toBeNull();
});

it('calls nothing closed on a network that was not shown to work, and believes no sign-in page', async () => {
  const asked = await runBlockProbe({ origins: [nothing], api: nothing });
  expect(blockVerdict('guest', blockOutcome(asked, 'guest', false))).toBeNull();
  expect(blockVerdict('managed', blockOutcome(asked, 'managed', false))).toBeNull();
  // Claude's own response shows that it is open, whatever else is reachable.
  const open = await runBlockProbe({ origins: [claude], api: claude });
  expect(blockVerdict('guest', blockOutcome(open, 'guest', false))).toBe('open');
  expect(await networkWorks(`${await listen(200, 'Microsoft Connect Test')}/connecttest.txt`)).toBe(true);
  expect(await networkWorks(portal)).toBe(false);
  expect(await networkWorks(nothing)).toBe(false);
});

it('counts both sides together, the worst of all places, and nothing from one side alone', () => {
  const test = (side: 'guest' | 'managed', good: boolean, on = '2026-11-24', place = 'Office') => ({
    side,
    place,
    shows:
      side === 'guest'
        ? good
          ? ('closed' as const)
          : ('open' as const)
        : good
          ? ('gets_through' as const)
          : ('shut_out' as const),
    on,
    by: 'Dana',
  });
  const guest = test('guest', true, '2026-11-20');
  const managed = test('managed', true);
  expect(countingBlock([], null)).toBeNull();
  expect(countingBlock([guest], null)).toBeNull();
  // It is as old as its older side.
  expect(countingBlock([managed, guest], null)).toMatchObject({
    on: '2026-11-20',
    guestNetwork: 'blocked',
    managedDevice: 'allowed',
  });
  expect(countingBlock([managed, guest, test('guest', false, '2026-11-10', 'Annex')], null)).toMatchObject({
    guestNetwork: 'allowed',
  });
  const written = { on: '2026-11-24', by: 'Ana', guestNetwork: 'allowed', managedDevice: 'allowed' } as const;
  expect(countingBlock([managed, guest], written)).toMatchObject({ guestNetwork: 'allowed' });
});
// Guide: G4.4-07
