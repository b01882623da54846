import { expect, it } from 'vitest';
import { collectEntries, graphClient } from './client.ts';
import { CLOUDS, hostsOf } from './clouds.ts';
import { reachTo } from './testing.ts';

const NOW = new Date('2026-11-24T15:00:00Z');

it.each(CLOUDS)('signs in and reads in the cloud of the tenant and in no other: %s', async (cloud) => {
  const { reach } = reachTo(() => '', NOW);
  const asked: { readonly host: string; readonly scope: string | null }[] = [];
  let next: string | undefined;
  const graph = graphClient(
    { cloud, tenant: 'alder.example', application: 'app', secret: 'a-secret' },
    {
      ...reach,
      address: (host) => `https://${host}`,
      fetch: async (target, { body }) => {
        const { host, pathname } = new URL(String(target));
        asked.push({ host, scope: new URLSearchParams(String(body ?? '')).get('scope') });
        if (pathname.endsWith('/token'))
          return Response.json({ token_type: 'Bearer', access_token: 'a-token', expires_in: 3600 });
        return Response.json({
          value: [{ id: '1' }],
          ...(next === undefined ? {} : { '@odata.nextLink': next }),
        });
      },
    },
  );
  const { login, graph: host } = hostsOf(cloud);
  expect(await collectEntries(graph.list('/users'))).toEqual([{ id: '1' }]);
  expect(asked).toEqual([
    { host: login, scope: `https://${host}/.default` },
    { host, scope: null },
  ]);
  // A page of another cloud is not followed, and no token goes there.
  const other = hostsOf(cloud === 'global' ? 'gcc_high' : 'global').graph;
  next = `https://${other}/v1.0/users?$skiptoken=2`;
  await expect(collectEntries(graph.list('/users'))).rejects.toMatchObject({ code: 'unreadable' });
  expect(asked.map((one) => one.host)).not.toContain(other);
});
