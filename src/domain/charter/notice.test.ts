import { expect, it } from 'vitest';
import { noticeNames } from './notice.ts';

it.each([
  ['usage', true],
  ['Content of conversations', true],
  ['not only usage, but the content of conversations', true],
  ['No telemetry; content', true],
  ['Connectors are not read, content is', true],
  ['content: none', false],
  ['Usage and sign-ins, but not content', false],
  ['We do not collect usage, files or content', false],
  ['Content is never read', false],
  ['Content won’t be kept', false],
  ['everything except content', false],
  ['usage (without content)', false],
  ['content (planned for v4)', false],
  ['content (to be added)', false],
  ['content: to be added', false],
  ['content in the next version', false],
  ['content (not only of chats)', true],
  ['usage (planned), content', true],
])('a notice that says %j names a source only where it does not deny it', (text, is) => {
  expect(noticeNames([text], /content|^usage$/)).toBe(is);
});
// Guide: G8-13 G8-14
