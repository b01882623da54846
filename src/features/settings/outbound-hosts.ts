import { count } from '#domain/text/words.ts';
import type { Tx } from '#store/open.ts';
import { channelHosts } from '#store/reminders/channels.ts';
import { sinkHosts } from '#store/sinks/sinks.ts';
import { connectedSources } from '#store/sources/connections.ts';
import type { Services } from '../context.ts';
import { microsoftHosts } from '../mail/index.ts';
import type { Workspace, WorkspaceSettings } from '../shared/settings.ts';
import { addressOf } from '../sources/index.ts';

/** Every external host that this server contacts, with the purpose. It contacts no others. */
export async function outboundHosts(
  tx: Tx,
  { settings }: Workspace,
  { config, sources }: Pick<Services, 'config' | 'sources'>,
): Promise<{ readonly host: string; readonly for: string }[]> {
  const providers = await tx
    .selectFrom('identity_providers')
    .select(['name', 'issuer'])
    .where('enabled', '=', true)
    .orderBy('name')
    .execute();
  return [
    ...mailHosts(settings.mail, config.vendorUrls).map((host) => ({
      host,
      for: 'Mail: invitations, reminders, reports',
    })),
    ...providers.map(({ name, issuer }) => ({ host: new URL(issuer).host, for: `Sign-in with ${name}` })),
    ...(settings.timeStamps === null
      ? []
      : [
          {
            host: new URL(settings.timeStamps.url).host,
            for: 'Time stamps: the SHA-256 of minutes, reports of incidents and heads of the audit log',
          },
        ]),
    ...(await sourceHosts(tx, { config, sources })),
    ...(await channelHosts(tx)).map(({ host, clients, workspace }) => ({
      host,
      for: `Teams: reminders of ${[
        ...(workspace ? ['the workspace'] : []),
        ...(clients > 0 ? [count(clients, 'client')] : []),
      ].join(' and ')}`,
    })),
    ...(await sinkHosts(tx)).map(({ host, clients }) => ({
      host,
      for: `Sinks: activities and alerts of ${count(clients, 'client')}`,
    })),
  ];
}

async function sourceHosts(
  tx: Tx,
  { config, sources }: Pick<Services, 'config' | 'sources'>,
): Promise<{ readonly host: string; readonly for: string }[]> {
  const clients = new Map<string, Set<string>>();
  for (const { client_id, vendor, settings } of await connectedSources(tx)) {
    const live = sources.find(({ id }) => id === vendor)?.live;
    for (const host of live?.hosts(settings) ?? []) {
      const asked = new URL(addressOf({ config }, vendor, host)).host;
      clients.set(asked, (clients.get(asked) ?? new Set()).add(client_id));
    }
  }
  return [...clients].map(([host, of]) => ({
    host,
    for: `Reading the sources of ${count(of.size, 'client')}`,
  }));
}

function mailHosts(
  mail: WorkspaceSettings['mail'],
  vendorUrls: Readonly<Record<string, string>> | undefined,
): readonly string[] {
  if (mail === null) return [];
  const server = mail.signIn === 'graph' ? [] : [`${mail.host}:${mail.port}`];
  return [...server, ...microsoftHosts(mail, vendorUrls)];
}
