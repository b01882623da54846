import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { recordedTemplates } from './recorded.ts';

/** The latest sign-ins to Claude with MFA, device, address and the result of each policy. */
export async function showSignIns(context: HandlerContext, input: { readonly person?: string | undefined }) {
  const { services, client } = context;
  const run = await services.verdicts.run(client.id, 'claudeSignIns', {
    person: input.person?.trim().toLowerCase() ?? null,
  });
  if (!run) throw notFound();
  const found = run.result;
  const { mfa } = await context.read((tx) => recordedTemplates(tx, client.id));
  const enforced = mfa?.state === 'enabled' ? (mfa.since ?? null) : null;
  if ('howToGet' in found)
    return { from: null, total: 0, enforced, why: found.why, howToGet: found.howToGet, items: [] };
  return {
    from: found.from,
    total: found.total,
    enforced,
    why: null,
    howToGet: null,
    items: found.items.map((row) => ({
      at: row.at,
      person: row.upn,
      app: row.app,
      address: row.ip,
      connector: row.connector,
      interactive: row.interactive ?? null,
      succeeded: row.errorCode === null ? null : row.errorCode === 0,
      errorCode: row.errorCode,
      mfa: row.mfa,
      missed:
        enforced !== null &&
        row.at > enforced &&
        row.errorCode === 0 &&
        row.mfa === false &&
        row.interactive !== false &&
        !row.connector,
      device: {
        name: row.from?.deviceName ?? null,
        os: row.from?.os ?? null,
        browser: row.from?.browser ?? null,
        compliant: row.compliantDevice,
        managed: row.managedDevice,
      },
      policies: (row.policies ?? []).map((one) => ({ ...one })),
    })),
  };
}
// Guide: G5.4-01 G6.2-09
