import { randomUUID } from 'node:crypto';
import { type BlockSide, blockVerdict } from '#domain/network/block.ts';
import { type ProbeOutcome, verdictOf } from '#domain/network/probe.ts';
import { FREE_MAIL } from '#domain/rules/accounts/free-mail.ts';
import { addNetworkProbe, type NetworkProbe, networkProbes } from '#store/network/probes.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest } from '../problems.ts';

/** Tests that the page shows. */
const MAX_SHOWN = 10;

export async function shownProbes(context: HandlerContext) {
  const probes = await context.read((tx) => networkProbes(tx, context.client.id, MAX_SHOWN));
  return probes.map(probeView);
}

/** Records a test in the name of the signed-in person. The control is decided again at once. */
export async function recordProbe(
  context: HandlerContext,
  input: {
    readonly place: string;
    readonly own: ProbeOutcome;
    readonly otherKey: ProbeOutcome | null;
    readonly otherValue: ProbeOutcome;
    readonly provider: string | null;
    readonly block: BlockSide | null;
  },
) {
  const { client, actor, now } = context;
  if (input.provider !== null && input.block !== null)
    throw badRequest('A test is of a personal account or of a block, not of both at once.');
  if (input.provider !== null && !FREE_MAIL.domains.has(input.provider))
    throw badRequest(
      `"${input.provider}" is no mail provider where anyone can open an address. Try with an account of one, for example gmail.com.`,
    );
  const probe: NetworkProbe = {
    id: randomUUID(),
    at: now,
    place: input.place,
    person: actor.name,
    account: input.provider,
    block: input.block,
    outcomes: {
      own: input.own,
      ...(input.otherKey === null ? {} : { other_key: input.otherKey }),
      other_value: input.otherValue,
    },
  };
  await context.change(async (tx, recorder) => {
    await addNetworkProbe(tx, client.id, { ...probe, userId: actor.userId });
    await recorder.record({
      subject: { kind: 'network_probe', id: probe.id, name: probe.place },
      reason: null,
      before: null,
      after: { ...probe.outcomes, account: probe.account, block: probe.block, shows: showsOf(probe) },
    });
    await recorder.facts();
  });
  return probeView(probe);
}

function probeView(probe: NetworkProbe) {
  const { id, at, place, person, account, block, outcomes } = probe;
  return {
    id,
    at: at.toISOString(),
    place,
    person,
    provider: account,
    block,
    own: outcomes.own ?? null,
    otherKey: outcomes.other_key ?? null,
    otherValue: outcomes.other_value ?? null,
    shows: showsOf(probe),
  };
}

function showsOf({ block, account, outcomes }: NetworkProbe) {
  if (block === null) return verdictOf({ outcomes, account });
  return blockVerdict(block, outcomes.own) ?? ('not_shown' as const);
}
