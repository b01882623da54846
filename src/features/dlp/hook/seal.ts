import { hookSecretPlace } from '#store/dlp/hooks.ts';
import type { Services } from '../../context.ts';

/** The sealed signing secret of a client’s hook. */
export const sealHookSecret = ({ sealer }: Pick<Services, 'sealer'>, clientId: string, secret: string) =>
  sealer.seal(secret, hookSecretPlace(clientId));
