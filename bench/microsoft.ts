import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { OPTIONAL } from '../sandbox/microsoft/permissions.ts';
import { APPLICATION, startMicrosoft } from '../sandbox/microsoft/simulator.ts';
import { alderTenant, largeTenant, type Tenant } from '../sandbox/microsoft/tenant.ts';
import { vendorSourceSchema } from '../src/domain/model/vendor-source.ts';
import { loadCatalogue } from '../src/sources/catalogue/load.ts';
import { reachTo } from '../src/sources/microsoft/graph/testing.ts';
import { microsoft } from '../src/sources/microsoft/index.ts';
import { SourceProblem } from '../src/sources/problem.ts';

const NOW = new Date('2026-11-24T15:00:00Z');
const { limits } = vendorSourceSchema.parse(
  parse(readFileSync(new URL('../src/sources/microsoft/source.yaml', import.meta.url), 'utf8')),
);
const LARGE = { users: 20_000, policies: 200, days: 90, signInsADay: 4_000, until: NOW };
const TENANTS = 40;
/** Connections that a server reads concurrently. */
const CONCURRENT_READS = 4;

type Line = (what: string, figure: number, unit: string, allowed: number) => void;

/**
 * Reading tenants through Graph within Microsoft's limits. Time is simulated and passes only while waiting for a limit.
 */
export async function benchMicrosoft(line: Line, note: (text: string) => void): Promise<void> {
  const noteUnread = (streams: readonly string[]) => {
    if (streams.length > 0) note(`not licensed in the simulator, so not read: ${streams.join(', ')}`);
  };
  const large = await tenantOf(largeTenant(LARGE));
  const first = await large.read();
  line(
    `waiting for Microsoft’s limits, ${LARGE.users.toLocaleString('en')} people, ${LARGE.policies} policies, ${LARGE.days} days of ${LARGE.signInsADay.toLocaleString('en')} sign-ins, first reading`,
    first.waited,
    's',
    1800,
  );
  line('the same, work of this process, the simulator included', first.seconds, 's', 60);
  note(`${first.requests} requests, refused for their number ${large.throttled()} times`);
  noteUnread(first.notLicensed);
  large.pass(3_600_000);
  const next = await large.read();
  line('waiting for them an hour later, nothing changed', next.waited, 's', 60);
  note(`${next.requests} requests`);
  await large.close();

  const tenants = await Promise.all(Array.from({ length: TENANTS }, () => tenantOf(alderTenant())));
  for (const one of tenants) await one.read();
  let waited = 0;
  let seconds = 0;
  let requests = 0;
  const notLicensed = new Set<string>();
  for (const one of tenants) {
    one.pass(86_400_000);
    const reading = await one.read();
    waited += reading.waited;
    seconds += reading.seconds;
    requests += reading.requests;
    for (const stream of reading.notLicensed) notLicensed.add(stream);
  }
  const refused = tenants.reduce((sum, one) => sum + one.throttled(), 0);
  line(
    `${TENANTS} tenants read again, ${CONCURRENT_READS} at the same time`,
    waited / CONCURRENT_READS + seconds,
    's',
    3600,
  );
  note(`${requests} requests, refused for their number ${refused} times`);
  noteUnread([...notLicensed]);
  for (const one of tenants) await one.close();
}

/** A tenant and what has been read of it. */
async function tenantOf(tenant: Tenant) {
  let url = '';
  const way = reachTo(() => url, NOW);
  const simulator = await startMicrosoft({ tenant, now: way.clock, keeps: false });
  url = simulator.url;
  simulator.consented.push(...OPTIONAL);
  const used = new Map<string, number>();
  const reach = {
    ...way.reach,
    async take(name: string, requests = 1) {
      const limit = limits[name];
      if (limit === undefined) throw new TypeError(`There is no limit ${name}.`);
      const windowMs = limit.seconds * 1000;
      const now = way.clock().getTime();
      const key = `${name} ${Math.floor(now / windowMs)}`;
      const taken = (used.get(key) ?? 0) + requests;
      if (taken > limit.requests)
        throw new SourceProblem('throttled', 'Used up.', { retryAfterMs: windowMs - (now % windowMs) });
      used.set(key, taken);
    },
  };
  const live = microsoft.live;
  if (live === null) throw new TypeError('Microsoft is not read live.');
  const { tenant: id, application, secret } = APPLICATION;
  const catalogue = loadCatalogue();
  const places = new Map<string, unknown>();
  return {
    pass: way.pass,
    throttled: () => simulator.throttled,
    close: () => simulator.close(),
    async read() {
      const begun = process.cpuUsage();
      const before = { at: way.clock().getTime(), requests: simulator.requests.length };
      const source = live.open({ cloud: 'global', tenant: id, application, secret }, reach);
      const notLicensed: string[] = [];
      // Sites are read by a separate application.
      for (const { id: stream } of live.streams.filter(({ keyKinds }) => keyKinds.includes('reading'))) {
        const batches = source.read(stream, {
          place: places.get(stream) ?? null,
          granted: new Set(),
          catalogue,
          clock: way.clock,
          charter: {},
          content: null,
        });
        try {
          for await (const { place } of batches) places.set(stream, place);
        } catch (error) {
          // As on a server, a missing license does not prevent other streams from being read.
          if (!(error instanceof SourceProblem && error.code === 'not_licensed')) throw error;
          notLicensed.push(stream);
        }
      }
      const work = process.cpuUsage(begun);
      return {
        waited: (way.clock().getTime() - before.at) / 1000,
        seconds: (work.user + work.system) / 1_000_000,
        requests: simulator.requests.length - before.requests,
        notLicensed,
      };
    },
  };
}
