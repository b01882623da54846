import { spawn, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { anActivity } from '../../src/domain/activity/testing.ts';
import { testConsole } from '../../src/server/testing/console.ts';
import { newDirectory } from '../../src/store/testing.ts';
import { freePort } from '../support/free-port.ts';

const installed = spawnSync('rsyslogd', ['-v']).status === 0;

/**
 * Long enough to be truncated if the framing were wrong, with the line breaks that would split a newline-framed
 * message.
 */
const EVENTS = 300;

it.runIf(installed)(
  'a real rsyslog receives each event once and whole',
  async () => {
    const folder = await newDirectory();
    const port = await freePort();
    const file = join(folder, 'received');
    await writeFile(
      join(folder, 'rsyslog.conf'),
      `global(workDirectory="${folder}" maxMessageSize="64k")
module(load="imtcp")
template(name="parsed" type="string" string="%pri%\\t%timereported:::date-rfc3339%\\t%app-name%\\t%msgid%\\t%msg%\\n")
input(type="imtcp" port="${port}" address="127.0.0.1" ruleset="in")
ruleset(name="in") { action(type="omfile" file="${file}" template="parsed") }
`,
    );
    const daemon = spawn('rsyslogd', ['-n', '-f', join(folder, 'rsyslog.conf'), '-i', join(folder, 'pid')], {
      stdio: 'ignore',
    });
    const bylaw = await testConsole();
    try {
      await listening(port);
      const client = await bylaw.client('Rowan Guild');
      for (const form of ['cef', 'ocsf']) {
        const settings = { host: '127.0.0.1', port, transport: 'tcp', form, kilobytes: 60 };
        const filter = { categories: null, activities: true, alerts: false, minSeverity: 'low' };
        const body = { kind: 'syslog', name: form, settings, filter };
        const added = await bylaw.owner.call('POST', `/clients/${client.slug}/sinks`, body);
        expect(added.status, JSON.stringify(added.body)).toBe(201);
      }
      await bylaw.services.activityLog.append(
        client.id,
        Array.from({ length: EVENTS }, (_, n) =>
          anActivity({
            id: `e${n}`,
            tool: 'a|b=c\nd',
            connectorName: 'Ümlaut',
            detail: { text: 'é\n'.repeat(n * 3) },
          }),
        ),
      );
      expect(await bylaw.services.forwarding.settle(client.id)).toEqual([{ kind: 'done' }, { kind: 'done' }]);
      const lines = await received(file, 2 * EVENTS);
      const cef = lines.filter((line) => line.includes('CEF:0|'));
      expect(cef.map((line) => /externalId=(\S+)/.exec(line)?.[1])).toEqual(
        Array.from({ length: EVENTS }, (_, n) => `e${n}`),
      );
      expect(cef[0]).toMatch(/^110\t2026-11-20T09:00:00\.000\S*\tbylaw\ttool_result\t/);
      expect(cef[0]).toContain('cs2=Ümlaut');
      const ocsf = lines.filter((line) => line.includes('{"activity_id"'));
      const parsed = ocsf.map((line) => JSON.parse(line.slice(line.indexOf('{'))));
      expect(parsed.map(({ metadata }) => metadata.uid)).toEqual(
        Array.from({ length: EVENTS }, (_, n) => `e${n}`),
      );
      expect(parsed.at(-1)?.unmapped.detail.text).toHaveLength((EVENTS - 1) * 6);
    } finally {
      daemon.kill('SIGKILL');
      await bylaw.close();
    }
  },
  60_000,
);

async function listening(port: number): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((done) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        done(true);
      });
      socket.once('error', () => done(false));
    });
    if (open) return;
    await wait(50);
  }
}

/** The lines of a file, once it has the wanted number. */
async function received(file: string, wanted: number): Promise<string[]> {
  for (;;) {
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
    if (lines.length >= wanted) return lines;
    await wait(50);
  }
}
