import { type StaffSignInRow, staffSignInPlace } from '#store/staff/sign-in.ts';
import type { ServerConfig, Services } from '../../context.ts';
import type { ProviderSettings } from '../../credentials/index.ts';
import { type SignInCloud, signInCloud } from './schemas.ts';

/** learn.microsoft.com/entra/identity-platform/authentication-national-cloud, read 2026-11-24. */
const LOGIN: Readonly<Record<SignInCloud, string>> = {
  global: 'https://login.microsoftonline.com',
  us_government: 'https://login.microsoftonline.us',
};

/** The redirect URI that the client registers for its application. */
export function staffRedirectUri({ origin }: Pick<ServerConfig, 'origin'>): string {
  return `${origin}/staff/entra/callback`;
}

/** The token issuer: only this tenant is accepted. */
export function issuerOf(
  { vendorUrls }: Pick<ServerConfig, 'vendorUrls'>,
  { cloud, tenant }: { readonly cloud: SignInCloud; readonly tenant: string },
): string {
  return `${vendorUrls?.microsoft ?? LOGIN[cloud]}/${tenant}/v2.0`;
}

/** The stored settings of a client's application, with its secret decrypted. */
export function applicationOf(
  { config, sealer }: Pick<Services, 'config' | 'sealer'>,
  row: StaffSignInRow,
): ProviderSettings {
  const { secret_sealed: sealed } = row;
  return {
    issuer: issuerOf(config, { cloud: signInCloud.parse(row.cloud), tenant: row.tenant_id }),
    clientId: row.application_id,
    secret: sealed === null ? null : sealer.open(sealed, staffSignInPlace(row.client_id)),
  };
}
