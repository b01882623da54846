import { BLOCK_SIDES, type BlockSide } from '#domain/network/block.ts';
import {
  PROBE_APPS,
  PROBE_OUTCOMES,
  type ProbeApp,
  type ProbeCertificate,
  type ProbeOutcome,
  type ProbeOutcomes,
} from '#domain/network/probe.ts';
import type { Tx } from '../open.ts';

/** A test from a managed device, as reported by the command. */
export interface NetworkProbe {
  readonly id: string;
  readonly at: Date;
  readonly place: string;
  readonly outcomes: ProbeOutcomes;
  /** Provider of the personal account that was tried, such as gmail.com; null: the command's requests. */
  readonly account: string | null;
  /** Program in which it was tried; null: the command's requests. */
  readonly app: ProbeApp | null;
  /** Side of a block that was tried; null: none. */
  readonly block: BlockSide | null;
  /** Name of the person at the time. */
  readonly person: string;
  /** Device that signed it; null: unsigned, on the person's word. */
  readonly device: {
    readonly id: string;
    readonly name: string;
    readonly enrolledAt: Date;
    readonly enrolledBy: string;
    readonly isRevoked: boolean;
  } | null;
  /** Whether the header meant for Claude also reached Bylaw or another host; null: not checked. */
  readonly headerHere: boolean | null;
  /** Issuers of the certificates of Claude's hosts; null: not read. */
  readonly certificates: readonly ProbeCertificate[] | null;
}

/** Newest tests of a client, newest first. */
export async function networkProbes(
  tx: Tx,
  clientId: string,
  max: number,
): Promise<(NetworkProbe & { readonly userId: string })[]> {
  const rows = await tx
    .selectFrom('network_probes as p')
    .leftJoin('network_devices as d', (join) =>
      join.onRef('d.client_id', '=', 'p.client_id').onRef('d.id', '=', 'p.device_id'),
    )
    .selectAll('p')
    .select(['d.name as device_name', 'd.enrolled_at', 'd.enrolled_by_name', 'd.revoked_at'])
    .where('p.client_id', '=', clientId)
    .orderBy('p.at', 'desc')
    .orderBy('p.id')
    .limit(max)
    .execute();
  return rows.map(
    ({ id, at, place, person, user_id, own, other_key, other_value, account_domain, ...row }) => ({
      id,
      at,
      place,
      person,
      userId: user_id,
      account: account_domain,
      app: account_domain === null ? null : (PROBE_APPS.find((one) => one === row.app) ?? 'browser'),
      block: BLOCK_SIDES.find((one) => one === row.block_side) ?? null,
      outcomes: {
        own: outcomeOf(own),
        ...(other_key === null ? {} : { other_key: outcomeOf(other_key) }),
        other_value: outcomeOf(other_value),
      },
      device:
        row.device_id === null || row.device_name === null || row.enrolled_at === null
          ? null
          : {
              id: row.device_id,
              name: row.device_name,
              enrolledAt: row.enrolled_at,
              enrolledBy: row.enrolled_by_name ?? '',
              isRevoked: row.revoked_at !== null,
            },
      headerHere: row.header_here,
      certificates: row.certificates,
    }),
  );
}

/** Adds a test. `signed`: time by the device's clock, and the nonce. Returns false if the nonce was used before. */
export async function addNetworkProbe(
  tx: Tx,
  clientId: string,
  {
    id,
    at,
    place,
    person,
    account,
    app,
    block,
    outcomes,
    device,
    headerHere,
    certificates,
    userId,
  }: NetworkProbe & { readonly userId: string },
  signed: { readonly at: Date; readonly nonce: string } | null,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('network_probes')
    .values({
      client_id: clientId,
      id,
      at,
      place,
      person,
      account_domain: account,
      app,
      block_side: block,
      user_id: userId,
      own: outcomes.own ?? 'unclear',
      other_key: outcomes.other_key ?? null,
      other_value: outcomes.other_value ?? 'unclear',
      device_id: device?.id ?? null,
      signed_at: signed?.at ?? null,
      nonce: signed?.nonce ?? null,
      header_here: headerHere,
      certificates: certificates === null ? null : JSON.stringify(certificates),
    })
    .onConflict((there) => there.columns(['client_id', 'device_id', 'nonce']).doNothing())
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows) === 1;
}

/** An outcome from a newer release is treated as unclear. */
function outcomeOf(text: string): ProbeOutcome {
  return PROBE_OUTCOMES.find((one) => one === text) ?? 'unclear';
}
