import type { Tx } from '#store/open.ts';
import { holdsOf } from '#store/usage/holds.ts';
import type { HandlerContext } from '../context.ts';
import type { People } from '../people/index.ts';
import { unprocessable } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { heldPeople, isOn } from './activity/model.ts';
import { holdNow, readRetained } from './model.ts';

type Held = Pick<HandlerContext, 'client' | 'now'>;

/**
 * Refuses manual removal of what a legal hold protects: anything of a client on hold, and what concerns a person on
 * hold. From here to the end of the transaction, no hold can be placed.
 *
 * @param people all of the client, read before the transaction
 * @param person address, name or id; null: it concerns no one
 */
export async function refuseHeld(
  tx: Tx,
  context: Held,
  people: People,
  person: string | null,
): Promise<void> {
  const today = await refuseHeldClient(tx, context);
  if (person === null) return;
  const held = await heldPeople(tx, context.client.id, people, today);
  const theirs = [person, ...people.addressesOf(people.of(person).key)];
  if (theirs.some((one) => held.includes(one)))
    throw unprocessable('The person this is about is on legal hold. End the hold first.');
}

/** Refuses to remove a client while it, or any of its people, is on legal hold. */
export async function refuseAnyHold(tx: Tx, context: Held): Promise<void> {
  const today = await refuseHeldClient(tx, context);
  const on = (await holdsOf(tx, context.client.id)).filter((hold) => isOn(hold, today));
  if (on.length > 0)
    throw unprocessable(
      `${context.client.name} has people on legal hold (${on.length}). End each of these holds first, in the client’s settings.`,
    );
}

async function refuseHeldClient(tx: Tx, { client, now }: Held): Promise<string> {
  const { settings } = await readRetained(tx, client.id, { lock: true });
  const { today } = present(now, client.timezone);
  if (holdNow(settings.retention, today) !== null)
    throw unprocessable(`${client.name} is on legal hold. End the hold first, in the client’s settings.`);
  return today;
}
