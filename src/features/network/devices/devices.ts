import { randomUUID } from 'node:crypto';
import {
  addNetworkDevice,
  type NetworkDevice,
  networkDevice,
  networkDevices,
  revokeNetworkDevice,
  takeTurnsEnrolling,
} from '#store/network/devices.ts';
import type { HandlerContext } from '../../context.ts';
import { badInput, notFound, unprocessable } from '../../problems.ts';
import { publicKeyOf } from './statement.ts';

/** Maximum active devices of a client; more than a schedule has places. */
const MAX_DEVICES = 200;

export async function shownDevices({ client, read }: HandlerContext) {
  return (await read((tx) => networkDevices(tx, client.id))).map(deviceView);
}

/** Registers the public key of a device, so that tests signed with it count as the device's. */
export async function enrollDevice(
  { client, actor, now, change }: HandlerContext,
  { name, publicKey }: { readonly name: string; readonly publicKey: string },
) {
  const key = publicKeyOf(publicKey);
  if (key === null)
    throw badInput(
      'publicKey',
      'is not a public key on the curve P-256 (SubjectPublicKeyInfo, in base64). “bylaw probe --enroll” and the scripts make one.',
    );
  const spki = key.export({ format: 'der', type: 'spki' }).toString('base64');
  return change(async (tx, recorder) => {
    await takeTurnsEnrolling(tx, client.id);
    const all = await networkDevices(tx, client.id);
    // One key is one device: a second one would count as another witness, and a revoked key could be used under another
    // name.
    const known = all.find(({ public_key }) => publicKeyOf(public_key)?.equals(key));
    if (known !== undefined)
      throw unprocessable(
        known.revoked_at === null
          ? `This key is enrolled as “${known.name}” already. Each device makes a key of its own.`
          : `This key was that of “${known.name}”, which was revoked. Have the device make a new one.`,
      );
    const signing = all.filter(({ revoked_at }) => revoked_at === null);
    if (signing.length >= MAX_DEVICES)
      throw unprocessable(
        `${MAX_DEVICES} devices are enrolled, which is the maximum. Revoke those that no longer run tests.`,
      );
    if (signing.some((one) => one.name.toLowerCase() === name.toLowerCase()))
      throw unprocessable(
        `A device is already enrolled as “${name}”. Revoke it to enroll it again, or choose another name.`,
      );
    const device: NetworkDevice = {
      client_id: client.id,
      id: randomUUID(),
      name,
      public_key: spki,
      enrolled_at: now,
      enrolled_by: actor.userId,
      enrolled_by_name: actor.name,
      revoked_at: null,
      revoked_by_name: null,
    };
    await addNetworkDevice(tx, device);
    await recorder.record({
      subject: { kind: 'network_device', id: device.id, name },
      before: null,
      after: { name, publicKey: device.public_key },
    });
    return deviceView(device);
  });
}

/**
 * Revokes a device permanently: its further tests are refused, and earlier ones in favor of the network no longer
 * count.
 */
export async function revokeDevice(
  { client, actor, now, change }: HandlerContext,
  { networkDevice: id }: { readonly networkDevice: string },
) {
  return change(async (tx, recorder) => {
    const device = await networkDevice(tx, client.id, id, true);
    if (device === null) throw notFound();
    if (device.revoked_at !== null) {
      recorder.unchanged();
      return deviceView(device);
    }
    await revokeNetworkDevice(tx, client.id, id, { name: actor.name, at: now });
    await recorder.record({
      subject: { kind: 'network_device', id, name: device.name },
      before: { revoked: false },
      after: { revoked: true },
    });
    await recorder.facts();
    return deviceView({ ...device, revoked_at: now, revoked_by_name: actor.name });
  });
}

function deviceView(device: NetworkDevice) {
  return {
    id: device.id,
    name: device.name,
    enrolledAt: device.enrolled_at.toISOString(),
    enrolledBy: device.enrolled_by_name,
    revokedAt: device.revoked_at?.toISOString() ?? null,
    revokedBy: device.revoked_by_name,
  };
}
