import type { z } from 'zod';
import {
  putStaffSignIn,
  removeStaffSignIn,
  type StaffSignInRow,
  staffSignIn,
  staffSignInPlace,
} from '#store/staff/sign-in.ts';
import type { HandlerContext } from '../../context.ts';
import { discover } from '../../credentials/index.ts';
import { conflict, notFound, unprocessable } from '../../problems.ts';
import { issuerOf, staffRedirectUri } from './application.ts';
import { signInCloud, type signInParts, type signInShown } from './schemas.ts';

type Shown = z.input<typeof signInShown>;

export function signInOf(
  { services: { config } }: Pick<HandlerContext, 'services'>,
  row: StaffSignInRow | undefined,
): Shown {
  return {
    redirectUri: staffRedirectUri(config),
    application:
      row === undefined
        ? null
        : {
            cloud: signInCloud.parse(row.cloud),
            tenant: row.tenant_id,
            id: row.application_id,
            hasSecret: row.secret_sealed !== null,
            by: row.changed_by_name,
            at: row.changed_at.toISOString(),
          },
    version: row?.version ?? 0,
  };
}

/** Sets the application through which a client's staff sign in, after reading the tenant's metadata from Microsoft. */
export async function setSignIn(
  context: HandlerContext,
  { version, cloud, tenant, application, secret }: z.output<z.ZodObject<typeof signInParts>>,
): Promise<Shown> {
  const { client, actor, now, services } = context;
  if (client.sandbox && services.config.vendorUrls?.microsoft === undefined)
    throw unprocessable('The sandbox association is fictional, so no real application belongs here.');
  const issuer = issuerOf(services.config, { cloud, tenant });
  await discover(services, { issuer, clientId: application, secret: secret ?? null }).catch(
    (error: unknown) => {
      services.log.info({ err: error, issuer }, 'a tenant for the sign-in of staff could not be checked');
      throw unprocessable(
        'Microsoft has no tenant with this ID in this cloud, or does not answer. Nothing was stored. Compare the ID with the one on the Entra overview page.',
      );
    },
  );
  const stored = await context.change(async (tx, recorder) => {
    const before = await staffSignIn(tx, client.id, { lock: true });
    // A secret belongs to one application and would only fail with another.
    const kept = before?.application_id === application ? before.secret_sealed : null;
    const put = await putStaffSignIn(tx, {
      client_id: client.id,
      cloud,
      tenant_id: tenant,
      application_id: application,
      secret_sealed:
        secret === undefined
          ? kept
          : secret === null
            ? null
            : services.sealer.seal(secret, staffSignInPlace(client.id)),
      version,
      changed_by_name: actor.name,
      changed_at: now,
    });
    if (!put) throw quicker(before);
    const after = await staffSignIn(tx, client.id);
    await recorder.record({
      subject: { kind: 'staff_sign_in', id: client.id },
      before: { ...signInOf(context, before).application },
      after: {
        ...signInOf(context, after).application,
        ...(secret === undefined ? {} : { secret: 'replaced' }),
      },
    });
    return after;
  });
  services.events.publish({ client: client.id, topic: 'policy', id: null });
  return signInOf(context, stored);
}

/** Removes the application: from now on staff prove who they are by email only. Their acknowledgements are kept. */
export async function dropSignIn(
  context: HandlerContext,
  { version }: { readonly version: number },
): Promise<{ removed: true }> {
  const { client, services } = context;
  await context.change(async (tx, recorder) => {
    const before = await staffSignIn(tx, client.id, { lock: true });
    if (before === undefined) throw notFound();
    if (before.version !== version) throw quicker(before);
    await removeStaffSignIn(tx, client.id);
    await recorder.record({
      subject: { kind: 'staff_sign_in', id: client.id },
      before: { ...signInOf(context, before).application },
      after: {},
    });
  });
  services.events.publish({ client: client.id, topic: 'policy', id: null });
  return { removed: true };
}

function quicker(row: StaffSignInRow | undefined) {
  return conflict('Meanwhile, someone else changed how staff sign in. Look at the current version.', {
    by: row?.changed_by_name ?? null,
    at: row?.changed_at ?? null,
    version: row?.version ?? 0,
  });
}
