import type { ServerConfig } from '../../context.ts';
import { fetchAllowed, OutboundRefused } from '../../outbound.ts';
import type { Message } from '../../shared/services/mail.ts';
import type { MailSettings } from '../../shared/settings.ts';
import { cloudOf } from './cloud.ts';
import { sendByGraph } from './graph.ts';
import { createTokens } from './token.ts';

/** Timeout of Microsoft's responses, in milliseconds. */
const TIMEOUT_MS = 20_000;

type Config = Pick<ServerConfig, 'privateHosts' | 'vendorUrls'>;

/** Hosts contacted for mail with OAuth 2, in addition to the SMTP server. */
export function microsoftHosts(
  { signIn, cloud }: MailSettings,
  vendorUrls: Config['vendorUrls'],
): readonly string[] {
  const { login, graph } = cloudOf(cloud, vendorUrls?.microsoft_mail);
  const addresses = signIn === 'graph' ? [login, graph] : signIn === 'xoauth2' ? [login] : [];
  return [...new Set(addresses.map((address) => new URL(address).host))];
}

/** Mail through Microsoft's APIs; tokens are cached in memory. */
export function createMicrosoftMail(config: Config, clock: () => Date) {
  const tokens = createTokens(clock);

  function meansFor(settings: MailSettings, secret: string | null) {
    if (secret === null)
      throw new Error('The credential of the application is missing. Enter it under Settings > Mail.');
    const cloud = cloudOf(settings.cloud, config.vendorUrls?.microsoft_mail);
    const allowed = fetchAllowed({
      hosts: microsoftHosts(settings, config.vendorUrls),
      privateHosts: config.privateHosts,
      timeoutMs: TIMEOUT_MS,
    });
    const fetch: typeof allowed = async (url, init) => {
      try {
        return await allowed(url, init);
      } catch (error) {
        if (error instanceof OutboundRefused) throw error;
        throw new Error(`${new URL(url).host} cannot be reached. Check the network, then try again.`);
      }
    };
    const token = async (scope: string, again: boolean) => {
      if (again) tokens.forget();
      const { tenant, application, credential } = settings;
      return tokens.get({ login: cloud.login, tenant, application, credential, secret, scope }, fetch);
    };
    return { cloud, fetch, token };
  }

  return {
    /** Sends by Graph. Throws an Error with a sentence for a person. */
    async send(settings: MailSettings, secret: string | null, message: Message): Promise<void> {
      const { cloud, fetch, token } = meansFor(settings, secret);
      // The scope always names the service's real host, even if another URL replaces it.
      const scope = `${cloudOf(settings.cloud, undefined).graph}/.default`;
      await sendByGraph(
        { graph: cloud.graph, from: settings.from, fetch, clock, token: (again) => token(scope, again) },
        message,
      );
    },
    /** A token for SMTP with XOAUTH2. Throws an Error with a sentence for a person. */
    async smtpToken(settings: MailSettings, secret: string | null): Promise<string> {
      const { cloud, token } = meansFor(settings, secret);
      return token(cloud.smtpScope, false);
    },
    forget: () => tokens.forget(),
  };
}
