import { BLOCK_SIDES, type BlockSide } from '#domain/network/block.ts';
import { PROBE_OUTCOMES, type ProbeOutcome, type ProbeOutcomes } from '#domain/network/probe.ts';
import type { Tx } from '../open.ts';

/** A test from a managed device, as the command reported it. */
export interface NetworkProbe {
  readonly id: string;
  readonly at: Date;
  readonly place: string;
  readonly outcomes: ProbeOutcomes;
  /** Provider of the personal account that was tried in the browser, such as gmail.com; null: the command's requests. */
  readonly account: string | null;
  /** Side of a block that was tried; null: no block was. */
  readonly block: BlockSide | null;
  /** Who ran it, by the name of that day. */
  readonly person: string;
}

/** The newest tests of a client, the newest first. */
export async function networkProbes(
  tx: Tx,
  clientId: string,
  max: number,
): Promise<(NetworkProbe & { readonly userId: string })[]> {
  const rows = await tx
    .selectFrom('network_probes')
    .selectAll()
    .where('client_id', '=', clientId)
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(max)
    .execute();
  return rows.map(
    ({ id, at, place, person, user_id, own, other_key, other_value, account_domain, block_side }) => ({
      id,
      at,
      place,
      person,
      userId: user_id,
      account: account_domain,
      block: BLOCK_SIDES.find((one) => one === block_side) ?? null,
      outcomes: {
        own: outcomeOf(own),
        ...(other_key === null ? {} : { other_key: outcomeOf(other_key) }),
        other_value: outcomeOf(other_value),
      },
    }),
  );
}

export async function addNetworkProbe(
  tx: Tx,
  clientId: string,
  { id, at, place, person, account, block, outcomes, userId }: NetworkProbe & { readonly userId: string },
): Promise<void> {
  await tx
    .insertInto('network_probes')
    .values({
      client_id: clientId,
      id,
      at,
      place,
      person,
      account_domain: account,
      block_side: block,
      user_id: userId,
      own: outcomes.own ?? 'unclear',
      other_key: outcomes.other_key ?? null,
      other_value: outcomes.other_value ?? 'unclear',
    })
    .execute();
}

/** An outcome of a newer release shows nothing here. */
function outcomeOf(text: string): ProbeOutcome {
  return PROBE_OUTCOMES.find((one) => one === text) ?? 'unclear';
}
