import { count } from '#domain/text/words.ts';
import { sourceOf } from '#sources/registry.ts';
import type { Tx } from '#store/open.ts';
import { channelHosts } from '#store/reminders/channels.ts';
import { sinkHosts } from '#store/sinks/sinks.ts';
import { connectedClients } from '#store/sources/connections.ts';
import { microsoftHosts } from '../mail/index.ts';
import type { Workspace, WorkspaceSettings } from '../shared/settings.ts';

/** Every host outside that this server asks or sends to, and what for. What is not in this list is not contacted. */
export async function outboundHosts(
  tx: Tx,
  { settings }: Workspace,
  vendorUrls: Readonly<Record<string, string>> | undefined,
): Promise<{ readonly host: string; readonly for: string }[]> {
  const providers = await tx
    .selectFrom('identity_providers')
    .select(['name', 'issuer'])
    .where('enabled', '=', true)
    .orderBy('name')
    .execute();
  return [
    ...mailHosts(settings.mail, vendorUrls).map((host) => ({
      host,
      for: 'Mail: invitations, reminders, reports',
    })),
    ...providers.map(({ name, issuer }) => ({ host: new URL(issuer).host, for: `Sign-in with ${name}` })),
    ...(await connectedClients(tx)).flatMap(({ vendor, clients }) => {
      const address = vendorUrls?.[vendor] ?? sourceOf(vendor)?.host;
      if (address === undefined) return [];
      return [{ host: new URL(address).host, for: `Reading the sources of ${count(clients, 'client')}` }];
    }),
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

function mailHosts(
  mail: WorkspaceSettings['mail'],
  vendorUrls: Readonly<Record<string, string>> | undefined,
): readonly string[] {
  if (mail === null) return [];
  const server = mail.signIn === 'graph' ? [] : [`${mail.host}:${mail.port}`];
  return [...server, ...microsoftHosts(mail, vendorUrls)];
}
