import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Kind } from '#domain/model/kinds.ts';
import { isOffered } from '#domain/model/offered.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import {
  associationFolder,
  associationProfile,
  importing,
  type TestFile,
} from '../imports/testing/importing.ts';

let bylaw: TestConsole;
let slug: string;
let files: TestFile[];
beforeAll(async () => {
  bylaw = await testConsole();
  ({ slug } = await bylaw.client('Alder Society', await associationProfile()));
  // The files that a client exports, without those written for Bylaw.
  files = (await associationFolder()).filter(({ name }) => !/\.ya?ml$/.test(name));
});
afterAll(() => bylaw.close());

interface Step {
  readonly key: string;
  readonly title: string;
  readonly kind: string | null;
  readonly verb: string;
  readonly unlocks: number;
  readonly controls: readonly { readonly id: string }[];
}
const coverage = async () => (await bylaw.owner.call('GET', `/clients/${slug}/coverage`)).body;
const share = ({ readable, applicable }: { readable: number; applicable: number }) => readable / applicable;

describe('how much can be read', () => {
  it('names first what makes most controls readable, and each control that cannot be read once', async () => {
    const before = await coverage();
    const counts = before.steps.map(({ unlocks }: Step) => unlocks);
    expect(counts).toEqual(counts.toSorted((a: number, b: number) => b - a));
    const unread = (await bylaw.owner.call('GET', `/clients/${slug}/controls?state=cannot_read`)).body.items;
    const named = [...before.steps.flatMap(({ controls }: Step) => controls), ...before.closed];
    expect(named.map(({ id }) => id).toSorted()).toEqual(
      unread.map(({ id }: { id: string }) => id).toSorted(),
    );
    expect(before.readable + unread.length).toBe(before.applicable);
    const file = before.steps.find(({ kind }: Step) => kind === 'members');
    expect(file).toMatchObject({ verb: 'import', title: 'Import the members file' });
    // No step asks for a file that the client's plan does not have.
    const { profile } = (await bylaw.owner.call('GET', `/clients/${slug}`)).body;
    const kinds: Kind[] = before.steps.flatMap(({ kind }: Step) => kind ?? []);
    expect(kinds.filter((kind) => !isOffered(kind, profile))).toEqual([]);
  });

  it('grows with the files of a typical client, and says what single answer or file brings each of the rest', async () => {
    const before = await coverage();
    await importing(bylaw, bylaw.owner, slug).all(files);
    const after = await coverage();
    expect(share(after)).toBeGreaterThan(share(before));
    expect(after.steps.some(({ kind }: Step) => kind === 'members')).toBe(false);
    const reachable = after.steps.flatMap(({ controls }: Step) => controls).length;
    // Without a charter most of the rest waits for an answer; a step is one file or one place to answer.
    const kinds = after.steps.flatMap(({ kind }: Step) => kind ?? []);
    expect(new Set(kinds).size).toBe(kinds.length);
    expect(new Set(after.steps.map(({ key }: Step) => key)).size).toBe(after.steps.length);
    expect(after.readable + reachable + after.closed.length).toBe(after.applicable);
    expect((after.readable + reachable) / after.applicable).toBeGreaterThan(0.95);
  });

  it('is not for a role that sees no controls', async () => {
    const { id } = (await bylaw.owner.call('GET', `/clients/${slug}`)).body;
    const hr = await bylaw.person('hr', id);
    expect((await hr.call('GET', `/clients/${slug}/coverage`)).status).toBe(403);
  });
});
