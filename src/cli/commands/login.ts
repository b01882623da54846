import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Problem } from '../problem.ts';
import { Refusal } from '../remote/request.ts';
import { forgetSession, serverAddress, storeSession, tokenText } from '../remote/session.ts';
import { safe, type Terminal } from '../terminal.ts';

/**
 * `bylaw login SERVER`: asks for a token, tests it, and stores it for this user. The token is not an option, because
 * command lines can be read by others on this machine and stay in the shell's history.
 */
export async function loginCommand(server: string, terminal: Terminal): Promise<number> {
  const address = serverAddress(server);
  const token = tokenText(process.env.BYLAW_TOKEN ?? (await ask('Token: ')));
  const response = await fetch(`${address}/api/v1/me`, {
    headers: { authorization: `Bearer ${token}` },
    redirect: 'error',
  }).catch((error: unknown) => {
    throw new Problem(
      `The server at ${address} cannot be reached: ${error instanceof Error ? error.message : String(error)}.`,
    );
  });
  if (response.status === 401)
    throw new Refusal(
      401,
      'UNAUTHORIZED',
      'The server does not know this token. It may have been revoked or have expired.',
    );
  if (!response.ok) throw new Refusal(response.status, 'HTTP', `The server answered ${response.status}.`);
  const me: unknown = await response.json();
  const name = typeof me === 'object' && me !== null && 'name' in me ? String(me.name) : 'you';
  const file = storeSession({ server: address, token });
  terminal.out(`Signed in to ${address} as ${safe(name)}. The token is kept in ${file}.`);
  return 0;
}

/** `bylaw logout`: deletes the stored token; to revoke it, use the console. */
export function logoutCommand(terminal: Terminal): number {
  terminal.out(
    forgetSession()
      ? 'The token is deleted here. Revoke it in the console if no one else uses it.'
      : 'No token was stored here.',
  );
  return 0;
}

/** Reads from the terminal without echo. */
async function ask(question: string): Promise<string> {
  if (process.stdin.isTTY !== true) {
    let text = '';
    for await (const chunk of process.stdin) text += String(chunk);
    return text;
  }
  process.stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await prompt.question('');
  } finally {
    prompt.close();
    process.stderr.write('\n');
  }
}
