import { listSessions, removeSession, removeSessions } from '#store/identity/sessions.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';
import { ownSession } from '../shared/own-session.ts';
import { SESSION_COOKIE, setCookie } from '../sign-in/index.ts';

/** Where the person is signed in, this browser first. */
export async function mySessions(context: HandlerContext) {
  const { actor, now } = context;
  const rows = await context.read((tx) => listSessions(tx, actor.userId, now));
  const items = rows
    .map((row) => ({
      id: row.id,
      method: row.method,
      ip: row.ip,
      userAgent: row.user_agent,
      createdAt: row.created_at.toISOString(),
      lastSeenAt: row.last_seen_at.toISOString(),
      expiresAt: row.expires_at.toISOString(),
      current: row.id === actor.sessionId,
    }))
    .sort((one, other) => Number(other.current) - Number(one.current));
  return { items, total: items.length };
}

export async function endSession(context: HandlerContext, id: string): Promise<{ done: true }> {
  ownSession(context);
  await context.change(async (tx, recorder) => {
    if (!(await removeSession(tx, context.actor.userId, id)))
      throw notFound('This session has already ended.');
    await recorder.record({ subject: { kind: 'session', id } });
  });
  return { done: true };
}

export async function endOtherSessions(context: HandlerContext): Promise<{ ended: number }> {
  const current = ownSession(context);
  return context.change(async (tx, recorder) => {
    const ended = await removeSessions(tx, context.actor.userId, current);
    if (ended === 0) recorder.unchanged();
    else
      await recorder.record({
        subject: { kind: 'user', id: context.actor.userId, name: context.actor.name },
        after: { sessionsEnded: ended },
      });
    return { ended };
  });
}

/** Ends this session, here and on the server. */
export async function signOut(context: HandlerContext): Promise<{ done: true }> {
  const current = ownSession(context);
  await context.change(async (tx, recorder) => {
    await removeSession(tx, context.actor.userId, current);
    await recorder.record({ subject: { kind: 'session', id: current } });
  });
  setCookie(context, SESSION_COOKIE, '', { path: '/', maxAge: 0 });
  return { done: true };
}
