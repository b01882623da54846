import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importsOfAClient, MEMBERS, members, ROSTER } from './testing/each-client.ts';

const here = importsOfAClient();

async function reasonOf(control: string): Promise<string | undefined> {
  await here.bylaw.services.verdicts.ensureCurrent([here.client.id]);
  const rows = await here.bylaw.services.store.read([here.client.id], (tx) =>
    tx
      .selectFrom('verdicts')
      .select('reason')
      .where('control_id', '=', control)
      .where('until', 'is', null)
      .execute(),
  );
  return rows[0]?.reason;
}

const REFUSED = { name: 'connectors.csv', bytes: 'Connector,Action,State\n' };

describe('a list of Microsoft that was stored', () => {
  it('is shown among the sources, also once the profile states that there is no Microsoft 365', async () => {
    const kinds = async () =>
      (await here.dana.call('GET', `${here.imports.base}/sources`)).body.items.map(
        ({ kind }: { kind: string }) => kind,
      );
    const sample = new URL('../../../catalogue/imports/samples/subscribed_skus.json', import.meta.url);
    await here.imports.all([{ name: 'licenses 2026-11-24.json', bytes: readFileSync(sample, 'utf8') }]);
    expect(await kinds()).toContain('entra_users');
    await here.bylaw.services.store.write([here.client.id], async (tx) => {
      const { profile } = await tx
        .selectFrom('clients')
        .select('profile')
        .where('id', '=', here.client.id)
        .executeTakeFirstOrThrow();
      await tx
        .updateTable('clients')
        .set({ profile: JSON.stringify({ ...(profile as object), m365: [] }) })
        .where('id', '=', here.client.id)
        .execute();
    });
    expect(await kinds()).toContain('subscribed_skus');
    expect(await kinds()).not.toContain('entra_users');
  });
});

describe('a file that an import could not take', () => {
  it('is refused in later verdicts, until one of its kind is taken', async () => {
    expect(await reasonOf('CLA-CON-06')).toBe('The connectors table has not been provided.');
    await here.imports.all([members('2026-11-24'), REFUSED]);
    expect(await reasonOf('CLA-CON-06')).toContain('The connectors table was refused: connectors.csv.');
    here.bylaw.setNow(new Date('2026-11-24T19:00:00Z'));
    await here.imports.all([
      { name: 'tools 2026-11-24.csv', bytes: 'Connector,Action,State\nAsana,Read tasks,Blocked\n' },
    ]);
    expect(await reasonOf('CLA-CON-06')).not.toContain('refused');
  });

  it('is kept where nothing else came with it, once', async () => {
    const { preview, stored } = await here.imports.all([REFUSED]);
    expect(preview).toMatchObject({ changesAnything: true, action: 'Store that 1 file could not be read' });
    expect(stored.body.stored).toBe(true);
    expect(await reasonOf('CLA-CON-06')).toContain('The connectors table was refused: connectors.csv.');
    expect((await here.imports.draft([REFUSED])).preview.changesAnything).toBe(false);
  });

  it('is reported as not placed if it may be of the kind and no one said so', async () => {
    await here.imports.all([{ name: 'connectors.csv', bytes: 'Thing,Remark\nAsana,fine\n' }]);
    expect(await reasonOf('CLA-CON-06')).toBe(
      'No file was taken for the connectors table; connectors.csv may be one. Bylaw does not recognize this file. Import it again and say what it is.',
    );
  });

  it('does not count if a person said that nothing is read from it', async () => {
    const { id } = await here.imports.draft([REFUSED]);
    const file = (await here.dana.call('GET', `${here.imports.base}/${id}`)).body.files[0];
    await here.dana.call('PATCH', `${here.imports.base}/${id}/files/${file.id}`, { kind: 'left_out' });
    await here.imports.read(id);
    const { facts } = await here.imports.preview(id);
    await here.imports.store(id, facts);
    expect(await reasonOf('CLA-CON-06')).toBe('The connectors table has not been provided.');
  });

  it('of the same day as the file of a pass is named with the pass, until one of its kind is stored later', async () => {
    const refused = { name: 'seats members 2026-11-24.csv', bytes: 'Name,Email,Role,Status\n' };
    await here.imports.all([members('2026-11-24'), { name: 'roster-2026-11-24.csv', bytes: ROSTER }]);
    const first = await reasonOf('CLA-ACC-07');
    expect(first).not.toContain('refused');
    here.bylaw.setNow(new Date('2026-11-24T19:00:00Z'));
    await here.imports.all([refused]);
    expect(await here.verdictOf('CLA-ACC-07')).toBe('pass');
    expect(await reasonOf('CLA-ACC-07')).toMatch(/seats members 2026-11-24.csv .* and was /);
    here.bylaw.setNow(new Date('2026-11-24T20:00:00Z'));
    await here.imports.all([{ name: 'members again 2026-11-24.csv', bytes: `${MEMBERS}\n` }]);
    expect(await reasonOf('CLA-ACC-07')).not.toContain('seats members');
    // Nor is one earlier that comes in the same import.
    here.bylaw.setNow(new Date('2026-11-24T21:00:00Z'));
    const beside = { ...refused, name: 'other members 2026-11-24.csv', bytes: `${refused.bytes}\n` };
    await here.imports.all([{ name: 'members third 2026-11-24.csv', bytes: `${MEMBERS}\n\n` }, beside]);
    expect(await here.verdictOf('CLA-ACC-07')).toBe('pass');
    expect(await reasonOf('CLA-ACC-07')).toContain('other members 2026-11-24.csv');
  });
});
