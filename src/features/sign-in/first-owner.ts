import { randomUUID } from 'node:crypto';
import { addChallenge, readChallenge, removeChallenges, takeChallenge } from '#store/identity/challenges.ts';
import { newSecret } from '#store/identity/secrets.ts';
import { anyUser, insertUser } from '#store/identity/users.ts';
import type { HandlerContext, Services } from '../context.ts';
import { hashPassword, passwordProblem } from '../credentials/index.ts';
import { forbidden, unprocessable } from '../problems.ts';
import { passkeyHost } from './origin.ts';
import { actorOf, giveSession, openSession } from './session.ts';

const HOURS = 24;
const WORKSPACE_NAME = 'Bylaw';

/**
 * The URL for creating the first owner, or null if there are users already. Each call creates a new link and
 * invalidates the previous one. The secret is in the fragment (after `#`), so that it reaches no log and no other site.
 */
export async function firstOwnerLink(
  services: Pick<Services, 'store' | 'clock' | 'config'>,
): Promise<string | null> {
  const secret = newSecret();
  const now = services.clock();
  const created = await services.store.write('system', async (tx) => {
    await removeChallenges(tx, 'first_owner');
    if (await anyUser(tx)) return false;
    await addChallenge(tx, { kind: 'first_owner', secret, data: {}, now, minutes: HOURS * 60 });
    return true;
  });
  // On loopback, use the host name that passkeys need instead of the IP address.
  const { openAt } = passkeyHost(services.config) ?? { openAt: services.config.origin };
  return created ? `${openAt}/start#${secret}` : null;
}

export interface FirstOwner {
  readonly token: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** Name of the organization that runs the console; left out: Bylaw. */
  readonly workspace?: string | undefined;
}

/** Creates the first owner and signs them in. If two people use the same link, the second is refused. */
export async function createFirstOwner(context: HandlerContext, input: FirstOwner) {
  const { now } = context;
  const counts = await context.read((tx) => readChallenge(tx, 'first_owner', input.token, now));
  if (counts === null) throw noLonger();
  const problem = await passwordProblem(input.password, input);
  if (problem !== null) throw unprocessable(problem);
  const password = await hashPassword(input.password);
  const user = { id: randomUUID(), name: input.name.trim() };
  const secret = newSecret();
  const created = await context.change(async (tx, recorder) => {
    const taken = await takeChallenge(tx, 'first_owner', input.token, now);
    if (taken === null || (await anyUser(tx))) {
      recorder.unchanged();
      return null;
    }
    await insertUser(tx, { ...user, email: input.email, password, now, proven: 'machine' });
    await tx
      .insertInto('workspace')
      .values({ name: input.workspace ?? WORKSPACE_NAME, settings: '{}' })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
    await tx
      .insertInto('grants')
      .values({
        id: randomUUID(),
        user_id: user.id,
        client_id: null,
        effect: 'allow',
        role: 'owner',
        permission: null,
        granted_by: user.id,
        created_at: now,
      })
      .execute();
    await recorder.record({
      actor: actorOf(user),
      subject: { kind: 'user', id: user.id, name: user.name },
      after: {
        email: input.email,
        role: 'owner',
        clients: 'all',
        workspace: input.workspace ?? WORKSPACE_NAME,
      },
    });
    return openSession(context, tx, recorder, { user, method: 'password', secret });
  });
  if (created === null) throw noLonger();
  giveSession(context, created);
  return { userId: user.id, name: user.name };
}

function noLonger() {
  return forbidden(
    'This one-time link is no longer valid: it was used, it is older than 24 hours, or Bylaw was started again since. The newest one is printed where Bylaw was started.',
  );
}
