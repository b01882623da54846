import { randomUUID } from 'node:crypto';
import { type ProbeOutcome, probeVerdict } from '#domain/network/probe.ts';
import { addNetworkProbe, type NetworkProbe, networkProbes } from '#store/network/probes.ts';
import type { HandlerContext } from '../context.ts';

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
  },
) {
  const { client, actor, now } = context;
  const probe: NetworkProbe = {
    id: randomUUID(),
    at: now,
    place: input.place,
    person: actor.name,
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
      after: { ...probe.outcomes, shows: probeVerdict(probe.outcomes) },
    });
    await recorder.facts();
  });
  return probeView(probe);
}

function probeView({ id, at, place, person, outcomes }: NetworkProbe) {
  return {
    id,
    at: at.toISOString(),
    place,
    person,
    own: outcomes.own ?? null,
    otherKey: outcomes.other_key ?? null,
    otherValue: outcomes.other_value ?? null,
    shows: probeVerdict(outcomes),
  };
}
