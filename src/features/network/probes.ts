import { randomUUID } from 'node:crypto';
import { type BlockSide, blockVerdict } from '#domain/network/block.ts';
import { type ProbeApp, type ProbeCertificate, type ProbeOutcome, verdictOf } from '#domain/network/probe.ts';
import { FREE_MAIL } from '#domain/rules/accounts/free-mail.ts';
import { momentWords } from '#domain/text/moments.ts';
import { networkDevice } from '#store/network/devices.ts';
import { addNetworkProbe, type NetworkProbe, networkProbes } from '#store/network/probes.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest, conflict, forbidden, notFound } from '../problems.ts';
import { MINUTES_APART, statementOf } from './devices/statement.ts';

/** Maximum tests on the page. */
const MAX_SHOWN = 10;

export async function shownProbes(context: HandlerContext) {
  const probes = await context.read((tx) => networkProbes(tx, context.client.id, MAX_SHOWN));
  return probes.map(probeView);
}

type Tried = Pick<
  NetworkProbe,
  'place' | 'outcomes' | 'account' | 'app' | 'block' | 'device' | 'certificates'
> & {
  /** Whether the header meant for Claude also reached another host; null if none was tested. */
  readonly headerElsewhere: boolean | null;
};

/** Records a test in the name of the signed-in person. The control is evaluated at once. */
export async function recordProbe(
  context: HandlerContext,
  input: {
    readonly place: string;
    readonly own: ProbeOutcome;
    readonly otherKey: ProbeOutcome | null;
    readonly otherValue: ProbeOutcome;
    readonly headerElsewhere: boolean | null;
    readonly provider: string | null;
    readonly app: ProbeApp;
    readonly block: BlockSide | null;
    readonly certificates: readonly ProbeCertificate[] | null;
  },
) {
  if (input.provider !== null && input.block !== null)
    throw badRequest('A test is either of a personal account or of a block, not both at once.');
  if (input.provider !== null && !FREE_MAIL.domains.has(input.provider))
    throw badRequest(
      `“${input.provider}” is not an email provider where anyone can open an account. Try with an account at one, for example gmail.com.`,
    );
  return stored(
    context,
    {
      place: input.place,
      account: input.provider,
      app: input.provider === null ? null : input.app,
      block: input.block,
      device: null,
      outcomes: outcomesOf(input),
      headerElsewhere: input.headerElsewhere,
      certificates: input.certificates,
    },
    null,
  );
}

/** Records a test signed by a device. The person who submits it is recorded as well, but the device is what counts. */
export async function recordSigned(
  context: HandlerContext,
  input: { readonly networkDevice: string; readonly statement: string; readonly signature: string },
) {
  const { client, now } = context;
  const device = await context.read((tx) => networkDevice(tx, client.id, input.networkDevice));
  if (device === null) throw notFound();
  if (device.revoked_at !== null) throw revoked(device.name);
  const said = statementOf(device.public_key, input);
  if (said === null || said.device !== device.id)
    throw forbidden(
      `This was not signed by the device “${device.name}”. If its key was lost, revoke it and enroll the device again.`,
    );
  const at = new Date(said.at);
  if (Math.abs(now.getTime() - at.getTime()) > MINUTES_APART * 60_000)
    throw forbidden(
      `The device signed this on ${momentWords(said.at, 'UTC')} UTC, more than ${MINUTES_APART} minutes from now by the server’s clock. Set the device’s clock right and run the test again.`,
    );
  const { id, name, enrolled_at: enrolledAt, enrolled_by_name: enrolledBy } = device;
  return stored(
    context,
    {
      place: said.place,
      account: null,
      app: null,
      block: null,
      device: { id, name, enrolledAt, enrolledBy, isRevoked: false },
      outcomes: outcomesOf(said),
      headerElsewhere: said.headerElsewhere ?? null,
      certificates: said.certificates ?? null,
    },
    { at, nonce: said.nonce },
  );
}

async function stored(
  context: HandlerContext,
  { headerElsewhere, ...tried }: Tried,
  signed: { readonly at: Date; readonly nonce: string } | null,
) {
  const { client, actor, now } = context;
  const probe: NetworkProbe = {
    ...tried,
    id: randomUUID(),
    at: now,
    person: actor.name,
    headerHere: carriesHeader(context) || headerElsewhere === true,
  };
  await context.change(async (tx, recorder) => {
    if (probe.device !== null) {
      // The device may have been revoked meanwhile.
      const held = await networkDevice(tx, client.id, probe.device.id, true);
      if (held?.revoked_at !== null) throw revoked(probe.device.name);
    }
    const isNew = await addNetworkProbe(tx, client.id, { ...probe, userId: actor.userId }, signed);
    if (!isNew)
      throw conflict('This exact result was already recorded.', { by: null, at: null, version: null });
    await recorder.record({
      subject: { kind: 'network_probe', id: probe.id, name: probe.place },
      reason: null,
      before: null,
      after: {
        ...probe.outcomes,
        account: probe.account,
        app: probe.app,
        block: probe.block,
        device: probe.device?.name ?? null,
        headerHere: probe.headerHere,
        certificates: probe.certificates,
        shows: showsOf(probe),
      },
    });
    await recorder.facts();
  });
  return probeView(probe);
}

/** Whether this request itself had the header meant for Claude, which should never reach another host such as Bylaw. */
function carriesHeader({ services, request }: HandlerContext): boolean {
  const name = services.catalogue.network.restriction.header.toLowerCase();
  return request.headerNames.some((one) => one.startsWith(name));
}

const revoked = (name: string) =>
  forbidden(`The device “${name}” was revoked. Enroll it again if its tests should count.`);

function outcomesOf(input: {
  readonly own: ProbeOutcome;
  readonly otherKey: ProbeOutcome | null;
  readonly otherValue: ProbeOutcome;
}) {
  return {
    own: input.own,
    ...(input.otherKey === null ? {} : { other_key: input.otherKey }),
    other_value: input.otherValue,
  };
}

function probeView(probe: NetworkProbe) {
  const { id, at, place, person, account, app, block, outcomes, device, headerHere, certificates } = probe;
  return {
    id,
    at: at.toISOString(),
    place,
    person,
    provider: account,
    app,
    block,
    own: outcomes.own ?? null,
    otherKey: outcomes.other_key ?? null,
    otherValue: outcomes.other_value ?? null,
    device:
      device === null
        ? null
        : {
            id: device.id,
            name: device.name,
            enrolledAt: device.enrolledAt.toISOString(),
            enrolledBy: device.enrolledBy,
            isRevoked: device.isRevoked,
          },
    headerHere,
    certificates: certificates === null ? null : [...certificates],
    shows: showsOf(probe),
  };
}

function showsOf({ block, account, outcomes }: NetworkProbe) {
  if (block === null) return verdictOf({ outcomes, account });
  return blockVerdict(block, outcomes.own) ?? ('not_shown' as const);
}
