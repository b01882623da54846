import { insertUser } from '#store/identity/users.ts';
import { TEST_NOW, type TestAnswer, type TestConsole } from '../../../server/testing/console.ts';
import { hashPassword } from '../../credentials/passwords.ts';

export const PASSWORD = 'four quiet wooden herons';
/** A cheap hash, because tests verify it hundreds of times. */
const HASH = await hashPassword(PASSWORD, { memory: 64, passes: 1 });

export interface From {
  readonly ip?: string;
  readonly cookie?: string;
}

/** Helpers with which tests of sign-in use a console, from any network. */
export function visitor(console_: () => TestConsole) {
  async function call(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH',
    path: string,
    body?: object,
    { ip = '198.51.100.7', cookie }: From = {},
  ): Promise<TestAnswer> {
    return console_().inject({
      method,
      url: `/api/v1${path}`,
      remoteAddress: ip,
      headers: {
        origin: console_().services.config.origin,
        ...(cookie === undefined ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
  }
  return {
    call,
    /** A person with a password, who has never signed in. */
    dana: async (email = 'dana@kestrel.example'): Promise<{ id: string; email: string }> => {
      const id = `id-${email}`;
      await console_().services.store.write('system', (tx) =>
        insertUser(tx, { id, email, name: 'Dana Whitlock', password: HASH, now: TEST_NOW }),
      );
      return { id, email };
    },
    signIn: (email: string, password: string, from: From = {}) =>
      call('POST', '/sign-in/password', { email, password }, from),
    later: (ms: number): void => console_().setNow(new Date(console_().services.clock().getTime() + ms)),
    /** The workspace's audit log, oldest first. */
    log: async (): Promise<{ action: string; actor: string; body: string }[]> => {
      const rows = await console_().services.store.read('system', (tx) =>
        tx
          .selectFrom('audit_log')
          .select(['action', 'actor_name', 'body'])
          .where('client_id', '=', 'workspace')
          .orderBy('seq')
          .execute(),
      );
      return rows.map(({ action, actor_name, body }) => ({ action, actor: actor_name, body }));
    },
  };
}

/** The session cookie of an answer as a `Cookie` header; empty if it sets none. */
export function cookieOf(answer: TestAnswer): string {
  const header = [answer.headers['set-cookie']].flat().map(String);
  return header.find((text) => text.startsWith('bylaw_session='))?.split(';')[0] ?? '';
}
