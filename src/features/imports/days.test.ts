import { describe, expect, it } from 'vitest';
import { importsOfAClient, MEMBERS, MEMBERS_LATER, members } from './testing/each-client.ts';

const here = importsOfAClient();

describe('the day of what is imported', () => {
  it('counts the same rows of a newer day as read again', async () => {
    await here.imports.all([members('2026-10-20')]);
    const again = await here.imports.draft([members('2026-11-24', `${MEMBERS}\n`)]);
    expect(again.preview.files[0]).toMatchObject({ outcome: 'taken', observedOn: '2026-11-24' });
    expect(again.preview.kinds[0].says).toBe('Nothing changed since Oct 20, 2026; it was read again.');
    expect((await here.imports.store(again.id, again.preview.facts)).body.stored).toBe(true);
  });

  it('does not make a file fresh that comes again under a new name, unless the person says when it was exported', async () => {
    await here.imports.all([members('2026-10-20')]);
    const again = await here.imports.draft([
      { name: 'members.csv', bytes: MEMBERS, modified: '2026-11-24T10:00:00Z' },
    ]);
    expect(again.preview.files[0].outcome).toBe('already');
    const file = again.preview.files[0].id;
    const set = await here.dana.call('PATCH', `${here.imports.base}/${again.id}/files/${file}`, {
      exportedOn: '2026-11-24',
    });
    expect(set.status).toBe(200);
    await here.imports.read(again.id);
    const preview = await here.imports.preview(again.id);
    expect(preview.files[0]).toMatchObject({
      outcome: 'taken',
      observedOn: '2026-11-24',
      dateFrom: 'stated',
    });
    const future = await here.dana.call('PATCH', `${here.imports.base}/${again.id}/files/${file}`, {
      exportedOn: '2026-12-24',
    });
    expect(future.status).toBe(400);
  });

  it('never dates a file later than the day it came', async () => {
    const { preview, id } = await here.imports.draft([
      { name: 'members.csv', bytes: MEMBERS, modified: '2031-01-01T00:00:00Z' },
    ]);
    expect(preview.files[0].observedOn).toBe('2026-11-24');
    await here.imports.store(id, preview.facts);
    here.bylaw.setNow(new Date('2027-03-01T12:00:00Z'));
    const later = await here.bylaw.person('technician', here.client.id);
    const sources = await later.call('GET', `${here.imports.base}/sources`);
    expect(sources.body.items.find((one: { kind: string }) => one.kind === 'members')).toMatchObject({
      state: 'stale',
      observedOn: '2026-11-24',
    });
  });

  it('keeps the day of what is stored when a later journal or file says otherwise', async () => {
    const journal = 'exported:\n  - { what: members, on: 2026-10-27 }\n';
    await here.imports.all([
      { name: 'members.csv', bytes: MEMBERS, modified: '2026-11-20T10:00:00Z' },
      { name: 'what happened.yaml', bytes: journal },
    ]);
    // The next month's file is not held to the day that the journal gave for the first.
    const next = await here.imports.draft([
      { name: 'members.csv', bytes: MEMBERS_LATER, modified: '2026-11-24T10:00:00Z' },
    ]);
    expect(next.preview.files[0].observedOn).toBe('2026-11-24');
    expect(next.preview.kinds[0].before.observedOn).toBe('2026-10-27');
  });

  it('asks for the days that figures cover, and keeps them with the file', async () => {
    const figures = `Member,Messages\n${['Ada', 'Ben', 'Cleo', 'Dov', 'Eve'].map((name) => `${name} Quist,40\n`).join('')}`;
    const file = { name: 'usage screen.csv', bytes: figures, modified: '2026-11-24T10:00:00Z' };
    const { id, preview } = await here.imports.draft([file]);
    expect(preview.files[0]).toMatchObject({ kind: 'usage', asksPeriod: true });
    const address = `${here.imports.base}/${id}/files/${preview.files[0].id}`;
    for (const period of ['october', '2026-11-20..2026-11-01', '2026-12-01..2026-12-05'])
      expect((await here.dana.call('PATCH', address, { period })).status, period).toBe(400);
    expect((await here.dana.call('PATCH', address, { period: '2026-11-01..2026-11-20' })).status).toBe(200);
    await here.imports.read(id);
    const reply = await here.imports.preview(id);
    expect(reply.files[0]).toMatchObject({
      outcome: 'taken',
      asksPeriod: false,
      observedOn: '2026-11-20',
      dateFrom: 'stated',
    });
    expect((await here.dana.call('GET', `${here.imports.base}/${id}`)).body.files[0].period).toBe(
      '2026-11-01..2026-11-20',
    );
    await here.imports.store(id, reply.facts);
    expect(await here.verdictOf('CLA-VIS-01')).toBe('pass');
  });

  it('takes a stored file again once someone gives its days', async () => {
    const figures = `Member,Messages\n${['Ada', 'Ben', 'Cleo', 'Dov', 'Eve'].map((name) => `${name} Quist,40\n`).join('')}`;
    const file = { name: 'usage screen.csv', bytes: figures, modified: '2026-11-24T10:00:00Z' };
    await here.imports.all([file]);
    expect(await here.verdictOf('CLA-VIS-01')).toBe('cannot_read');
    const again = await here.imports.draft([file]);
    expect(again.preview.files[0]).toMatchObject({ outcome: 'already', asksPeriod: true });
    await here.dana.call('PATCH', `${here.imports.base}/${again.id}/files/${again.preview.files[0].id}`, {
      period: '2026-11-01..2026-11-20',
    });
    await here.imports.read(again.id);
    const preview = await here.imports.preview(again.id);
    expect(preview.files[0].outcome).toBe('taken');
    await here.imports.store(again.id, preview.facts);
    expect(await here.verdictOf('CLA-VIS-01')).toBe('pass');
  });
});
