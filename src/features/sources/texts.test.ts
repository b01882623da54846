import { expect, it } from 'vitest';
import { chatWith } from '../../../sandbox/anthropic/organization.ts';
import { WRITTEN } from '../../../sandbox/anthropic/samples.ts';
import { importOn } from '../retention/testing.ts';
import { readSources } from './read-sources.ts';
import { sourcesOfAClient } from './testing/each-client.ts';

/** Chats and sessions of the Compliance API, where the charter lets their text be kept. */
const here = sourcesOfAClient();

const charter = (of: string) => `contentAccess: { allowed: true, approvers: [Renata Osei, Legal counsel] }
contentKept: { of: [${of}], from: [chats], purpose: A leak, days: 10, until: 2026-12-15, approvedBy: [Renata Osei, Legal counsel] }
policy: { version: "2", published: 2026-11-01, noticeCovers: [conversations] }
`;

/** Reads a chat that is asked twice, and gives what was logged of it. */
async function read(yaml: string | null) {
  const { now } = here;
  if (yaml !== null)
    await importOn(here.bylaw, here.client, '2026-11-24', [{ name: 'charter.yaml', bytes: yaml }]);
  here.bylaw.setNow(now);
  await here.connect();
  here.vendor.organization.chats.push(
    chatWith('claude_chat_77', here.ago(20), 'Slack', 'slack_send_message', false),
  );
  await readSources(here.bylaw.services);
  here.later(6);
  await readSources(here.bylaw.services);
  here.vendor.organization.chats.pop();
  const logged = await here.logged();
  const texts = await here.bylaw.services.store.read([here.client.id], (tx) =>
    tx.selectFrom('activity_texts').select(['id', 'part', 'characters', 'person']).orderBy('part').execute(),
  );
  return {
    log: logged.filter(({ session }) => session === 'claude_chat_77'),
    texts: texts.filter(({ id }) => id.startsWith('claude_chat_77')),
    logged,
  };
}

it('leaves no text and no message where the charter does not speak of it', async () => {
  const { log, texts } = await read(null);
  expect(log.map(({ type }) => type)).toEqual(['tool_use']);
  expect(texts).toEqual([]);
});

it('keeps each message beside an activity that counts as nothing', async () => {
  const { log, texts, logged } = await read(charter('messages'));
  expect(log.map(({ type, category }) => [type, category]).sort()).toEqual([
    ['message_text', 'other'],
    ['message_text', 'other'],
    ['tool_use', 'tool_call'],
  ]);
  expect(texts.map(({ part, person }) => [part, person])).toEqual([
    ['prompt', 'mara@alder.example.org'],
    ['response', 'mara@alder.example.org'],
  ]);
  expect(texts[0]?.characters).toBe(WRITTEN.length);
  expect(JSON.stringify(logged)).not.toContain(WRITTEN);
});

it('keeps what a tool was given beside its call, whole', async () => {
  const { log, texts } = await read(charter('tool_input'));
  expect(log.map(({ type }) => type)).toEqual(['tool_use']);
  expect(texts).toEqual([
    expect.objectContaining({
      id: log[0]?.id,
      part: 'tool_input',
      characters: JSON.stringify({ q: WRITTEN }).length,
    }),
  ]);
});
// Guide: G5.2-04
