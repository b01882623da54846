import { randomUUID } from 'node:crypto';
import {
  findProvider,
  insertProvider,
  listProviders,
  type ProviderRow,
  providerSecretPlace,
  removeProvider,
  updateProvider,
} from '#store/identity/providers.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../../context.ts';
import { discover, issuerProblem, type ProviderSettings, redirectUri } from '../../credentials/index.ts';
import { OutboundRefused } from '../../outbound.ts';
import { conflict, notFound, unprocessable } from '../../problems.ts';

export async function listIdentityProviders({ read, services }: HandlerContext) {
  const items = await read(async (tx) => {
    const people = await peopleByIssuer(tx);
    return (await listProviders(tx)).map((row) => providerView(row, people.get(row.issuer) ?? 0));
  });
  return { items, total: items.length, redirectUri: redirectUri(services.config) };
}

interface NewProvider {
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly secret: string | null;
}

/** Stores a provider whose issuer returned its discovery document. */
export async function addProvider(
  context: HandlerContext,
  { name, clientId, secret, ...input }: NewProvider,
) {
  const { now, services } = context;
  const issuer = await issuerOf(context, { issuer: input.issuer, clientId, secret });
  const id = randomUUID();
  return context.change(async (tx, recorder) => {
    if ((await listProviders(tx)).some((row) => row.issuer === issuer))
      throw unprocessable(`${issuer} is already set up. Change the existing one.`);
    const secretSealed = secret === null ? null : services.sealer.seal(secret, providerSecretPlace(id));
    await insertProvider(tx, { id, name, issuer, oidcClientId: clientId, secretSealed, now });
    await recorder.record({
      subject: { kind: 'provider', id, name },
      after: { name, issuer, clientId, hasSecret: secret !== null },
    });
    return providerView(await stored(tx, id), 0);
  });
}

interface ProviderEdit {
  readonly provider: string;
  readonly version: number;
  readonly name: string;
  readonly clientId: string;
  readonly enabled: boolean;
  /** Left out: unchanged. */
  readonly secret?: string | undefined;
}

export async function editProvider(context: HandlerContext, edit: ProviderEdit) {
  const { services } = context;
  return context.change(async (tx, recorder) => {
    const before = await stored(tx, edit.provider);
    const { name, clientId, enabled } = edit;
    const done = await updateProvider(tx, before.id, edit.version, {
      name,
      oidcClientId: clientId,
      enabled,
      ...(edit.secret === undefined
        ? {}
        : { secretSealed: services.sealer.seal(edit.secret, providerSecretPlace(before.id)) }),
    });
    if (!done) throw editConflict(before);
    await recorder.record({
      subject: { kind: 'provider', id: before.id, name },
      before: { name: before.name, clientId: before.oidc_client_id, enabled: before.enabled },
      after: { name, clientId, enabled, ...(edit.secret === undefined ? {} : { secret: 'replaced' }) },
    });
    const people = await peopleByIssuer(tx);
    return providerView(await stored(tx, before.id), people.get(before.issuer) ?? 0);
  });
}

/** People linked to it are kept; they sign in another way. */
export async function dropProvider(context: HandlerContext, id: string, version: number) {
  return context.change(async (tx, recorder) => {
    const before = await stored(tx, id);
    if (before.version !== version) throw editConflict(before);
    const people = (await peopleByIssuer(tx)).get(before.issuer) ?? 0;
    await removeProvider(tx, id);
    await recorder.record({
      subject: { kind: 'provider', id, name: before.name },
      before: { name: before.name, issuer: before.issuer, clientId: before.oidc_client_id, people },
    });
    return { removed: true as const };
  });
}

async function stored(tx: Tx, id: string): Promise<ProviderRow> {
  const row = await findProvider(tx, id);
  if (row === null) throw notFound();
  return row;
}

function editConflict({ name, version }: ProviderRow) {
  return conflict(
    `${name} was changed in the meantime. Your changes were not stored. Look at the current version.`,
    {
      by: null,
      at: null,
      version,
    },
  );
}

/** The issuer as the provider itself writes it. Sends a request, so it runs outside of any transaction. */
async function issuerOf({ services }: HandlerContext, settings: ProviderSettings): Promise<string> {
  const problem = issuerProblem(settings.issuer);
  if (problem !== null) throw unprocessable(problem);
  try {
    return (await discover(services, settings)).serverMetadata().issuer;
  } catch (error) {
    if (error instanceof OutboundRefused) throw unprocessable(error.message);
    const inner = error instanceof Error && error.cause instanceof OutboundRefused ? error.cause : null;
    if (inner !== null) throw unprocessable(inner.message);
    services.log.info({ err: error, issuer: settings.issuer }, 'an issuer could not be checked');
    throw unprocessable(
      `${settings.issuer} does not describe itself as a sign-in provider. Nothing was stored. Compare the address with the one that the provider shows; for Entra it is https://login.microsoftonline.com/TENANT-ID/v2.0.`,
    );
  }
}

async function peopleByIssuer(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .selectFrom('users')
    .select((eb) => ['oidc_issuer', eb.fn.countAll<string>().as('count')])
    .where('oidc_issuer', 'is not', null)
    .groupBy('oidc_issuer')
    .execute();
  return new Map(rows.map(({ oidc_issuer, count }) => [oidc_issuer ?? '', Number(count)]));
}

function providerView(row: ProviderRow, people: number) {
  return {
    id: row.id,
    name: row.name,
    issuer: row.issuer,
    clientId: row.oidc_client_id,
    hasSecret: row.secret_sealed !== null,
    enabled: row.enabled,
    people,
    createdAt: row.created_at.toISOString(),
    version: row.version,
  };
}
