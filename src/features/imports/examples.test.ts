import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_KINDS } from '#domain/model/kinds.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { importing } from './testing/importing.ts';

let bylaw: TestConsole;
let slug: string;
let imports: ReturnType<typeof importing>;
beforeAll(async () => {
  bylaw = await testConsole();
  ({ slug } = await bylaw.client('Alder Society', {
    domains: ['alder.example.org'],
    claudePlan: 'enterprise',
    m365: 'business_premium',
  }));
  imports = importing(bylaw, bylaw.owner, slug);
});
afterAll(() => bylaw.close());

const take = (kind: string, as: string) =>
  bylaw.inject({
    method: 'GET',
    url: `/api/v1/clients/${slug}/imports/examples/${kind}?as=${as}`,
    headers: { cookie: bylaw.owner.cookie },
  });
const nameOf = (disposition: unknown) => /filename="([^"]+)"/.exec(String(disposition))?.[1] ?? '';

describe('samples', () => {
  it('of every kind are imported without a question, all in one import, with each column known', async () => {
    const files = [];
    for (const kind of ALL_KINDS) {
      const { status, headers, bytes } = await take(kind, 'sample');
      expect(status, kind).toBe(200);
      files.push({ name: nameOf(headers['content-disposition']), bytes: Buffer.from(bytes) });
    }
    const { preview } = await imports.draft(files);
    const said = preview.files.map((file: Record<string, unknown>) => ({
      kind: file.kind,
      outcome: file.outcome,
      asksPeriod: file.asksPeriod,
      left: (file.columns as { field: string | null; column: string }[])
        .filter(({ field }) => field === null)
        .map(({ column }) => column),
      notes: (file.notes as { says: string }[]).map(({ says }) => says),
    }));
    expect(said.map(({ kind }: { kind: string }) => kind).toSorted()).toEqual(ALL_KINDS.toSorted());
    // Of a list of accounts it is always said that it is none of staff.
    const odd = said.filter(
      ({ kind, outcome, asksPeriod, left, notes }: (typeof said)[number]) =>
        outcome !== 'taken' || asksPeriod || left.length > 0 || (notes.length > 0 && kind !== 'entra_users'),
    );
    expect(odd).toEqual([]);
    expect(preview.kinds.flatMap(({ rivals }: { rivals: string[] }) => rivals)).toEqual([]);
    expect(preview.kinds.filter(({ after }: { after: unknown }) => after === null)).toEqual([]);
  });

  it('are at the client’s own domain', async () => {
    expect((await take('members', 'sample')).bytes.toString('utf8')).toContain(
      'avery.sample@alder.example.org',
    );
  });
});

describe('templates', () => {
  it('have the headings of the sample and no rows, if a person fills the file in', async () => {
    const template = await take('roster', 'template');
    expect(template.bytes.toString('utf8')).toBe(
      'Full name,Work email,Department,Status,Start date,Last day\n',
    );
    expect(nameOf(template.headers['content-disposition'])).toBe('template-roster.csv');
  });

  it('do not exist for files exported as they are; the list of sources says which have one', async () => {
    expect((await take('ca_policies', 'template')).status).toBe(422);
    const { items } = (await bylaw.owner.call('GET', `${imports.base}/sources`)).body;
    const of = (kind: string) => items.find((one: { kind: string }) => one.kind === kind);
    expect(of('roster')).toMatchObject({ template: true, request: null });
    expect(of('ca_policies')).toMatchObject({
      template: false,
      request: 'GET https://graph.microsoft.com/v1.0/identity/conditionalAccess/policies',
    });
    expect(of('ca_policies').steps[0]).toContain('Graph Explorer');
    for (const { kind, steps } of items) expect([kind, steps.length > 0]).toEqual([kind, true]);
  });
});
