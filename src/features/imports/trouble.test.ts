import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testConsole } from '#server/testing/console.ts';
import { StoreProblem } from '#store/engine/problems.ts';
import { stopReadings } from './read.ts';
import { previewWithRoom } from './room.ts';
import { recoverImports, sweepImports } from './sweep.ts';
import { importsOfAClient, MEMBERS, members } from './testing/each-client.ts';
import { importing } from './testing/importing.ts';

const here = importsOfAClient();

describe('what cannot be taken', () => {
  it('refuses a malformed file whole, with row and column, and still takes the others', async () => {
    const { preview, id } = await here.imports.draft([
      members('2026-11-24'),
      { name: 'roster.csv', bytes: 'Name,Email,Status\n' },
      { name: 'charter.yaml', bytes: 'connectors: [\n' },
    ]);
    const by = new Map(
      preview.files.map((file: { file: string; outcome: string; says: string }) => [file.file, file]),
    );
    expect(by.get('roster.csv')).toMatchObject({ outcome: 'malformed' });
    expect(by.get('charter.yaml')).toMatchObject({ outcome: 'malformed', kind: 'charter' });
    expect((await here.imports.store(id, preview.facts)).body.stored).toBe(true);
    expect(await here.rowsIn('observations')).toBe(1);
  });

  it('names the unusable file when nothing else was imported', async () => {
    const bring = async () => {
      const { preview, id } = await here.imports.draft([
        { name: 'roster.csv', bytes: 'Name,Email,Status\n' },
      ]);
      return (await here.imports.store(id, preview.facts)).body;
    };
    // That a file could not be read is stored, once.
    expect(await bring()).toMatchObject({ stored: true });
    expect(await bring()).toEqual({
      stored: false,
      says: 'Nothing was changed, because roster.csv cannot be used. The preview says what to do.',
    });
  });

  it('refuses a file that is too large before it is sent', async () => {
    const id = await here.imports.start();
    const answer = await here.bylaw.inject({
      method: 'PUT',
      url: `/api/v1${here.imports.base}/${id}/files?name=log.csv`,
      headers: {
        cookie: here.dana.cookie,
        origin: here.bylaw.services.config.origin,
        'content-length': String(400 * 1024 * 1024),
      },
      payload: Buffer.from('x'),
    });
    expect(answer.status).toBe(413);
    expect(answer.body.message).toBe(
      '“log.csv” is 400 MB. Bylaw accepts files of up to 300 MB. Export a shorter period.',
    );
    expect(await here.rowsIn('import_files')).toBe(0);
  });

  it('keeps nothing of a file whose connection was cut', async () => {
    const id = await here.imports.start();
    const address = await here.bylaw.app.listen({ port: 0, host: '127.0.0.1' });
    const socket = connect(Number(new URL(address).port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write(
      [
        `PUT /api/v1${here.imports.base}/${id}/files?name=members.csv HTTP/1.1`,
        `host: 127.0.0.1`,
        `origin: ${here.bylaw.services.config.origin}`,
        `cookie: ${here.dana.cookie}`,
        'content-type: application/octet-stream',
        'content-length: 100000',
        '',
        MEMBERS,
      ].join('\r\n'),
    );
    const incoming = join(here.bylaw.services.config.dataDir, 'evidence', 'incoming');
    await expect.poll(async () => (await readdir(incoming)).length).toBe(1);
    socket.destroy();
    await expect.poll(async () => (await readdir(incoming)).length).toBe(0);
    expect(await here.rowsIn('import_files')).toBe(0);
    expect((await here.dana.call('GET', `${here.imports.base}/${id}`)).body.files).toEqual([]);
  });
});

describe('an interrupted import', () => {
  it('can be canceled, and leaves nothing', async () => {
    const { id } = await here.imports.draft([members('2026-11-24')]);
    expect(await here.rowsIn('observations')).toBe(1);
    expect((await here.dana.call('POST', `${here.imports.base}/${id}/cancel`, {})).status).toBe(201);
    expect(await here.rowsIn('observations')).toBe(0);
    expect(await here.rowsIn('observation_rows')).toBe(0);
    expect((await here.imports.add(id, members('2026-11-24'))).status).toBe(409);
  });

  it('says that the server was stopped while it read, and reads again', async () => {
    const id = await here.imports.start();
    await here.imports.add(id, members('2026-11-24'));
    await here.bylaw.services.store.write([here.client.id], (tx) =>
      tx.updateTable('imports').set({ state: 'reading' }).where('id', '=', id).execute(),
    );
    expect((await here.imports.add(id, members('2026-11-23'))).status).toBe(409);
    expect(await recoverImports(here.bylaw.services)).toBe(1);
    const failed = (await here.dana.call('GET', `${here.imports.base}/${id}`)).body;
    expect([failed.state, failed.problem]).toEqual([
      'failed',
      'Bylaw was stopped while it read the files. Nothing was stored. Read them again.',
    ]);
    expect((await here.imports.read(id)).body.state).toBe('preview');
  });

  it('stops reading when the server stops, and says so', async () => {
    const other = await testConsole({ store: here.bylaw.services.store });
    const mine = importing(other, here.dana, here.client.slug);
    const id = await mine.start();
    await mine.add(id, members('2026-11-24'));
    await here.dana.call('GET', mine.base);
    const reading = await other.inject({
      method: 'POST',
      url: `/api/v1${mine.base}/${id}/read`,
      headers: {
        cookie: here.dana.cookie,
        origin: other.services.config.origin,
        'content-type': 'application/json',
      },
      payload: '{}',
    });
    expect(reading.body.state).toBe('reading');
    await stopReadings(other.services);
    expect((await here.dana.call('GET', `${here.imports.base}/${id}`)).body.state).toBe('failed');
  });

  it('makes the preview again, only once, if the deciding thread ran out of memory', async () => {
    const { id } = await here.imports.draft([members('2026-11-24')]);
    const { services } = here.bylaw;
    const full = (times: number) => {
      let left = times;
      const run: typeof services.verdicts.run = async (...asked) => {
        left -= 1;
        if (left >= 0) throw new StoreProblem('too_large', 'There is no more memory.');
        return services.verdicts.run(...asked);
      };
      return previewWithRoom({ ...services, verdicts: { ...services.verdicts, run } }, here.client.id, id);
    };
    expect((await full(1)).preview.plan).toBeDefined();
    await expect(full(2)).rejects.toThrow('There is no more memory.');
  });

  it('sweeps the staged rows of imports that are over, and no others', async () => {
    const over = await here.imports.draft([members('2026-11-24')]);
    const open = await here.imports.draft([members('2026-11-23')]);
    await here.bylaw.services.store.write([here.client.id], (tx) =>
      tx.updateTable('imports').set({ state: 'canceled' }).where('id', '=', over.id).execute(),
    );
    expect(await sweepImports(here.bylaw.services)).toBe(1);
    expect(await here.rowsIn('observations')).toBe(1);
    expect((await here.imports.store(open.id, open.preview.facts)).body.stored).toBe(true);
  });
});
