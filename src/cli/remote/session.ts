import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { Problem } from '../problem.ts';

const schema = z.object({ server: z.url(), token: z.string().min(1) });
export type Session = z.infer<typeof schema>;

/** Where `bylaw login` stores server and token: readable by this user only. */
export function sessionFile(environment: NodeJS.ProcessEnv = process.env): string {
  const base = environment.XDG_CONFIG_HOME?.trim() || join(homedir(), '.config');
  return join(base, 'bylaw', 'session.json');
}

/** The server to use: BYLAW_SERVER and BYLAW_TOKEN, otherwise what `bylaw login` stored. */
export function currentSession(environment: NodeJS.ProcessEnv = process.env): Session {
  const server = environment.BYLAW_SERVER?.trim();
  const token = environment.BYLAW_TOKEN?.trim();
  if (server && token) return { server: serverAddress(server), token: tokenText(token) };
  // Mixing one of them with the other's stored value would send a token to the wrong server.
  if (server || token)
    throw new Problem(
      `${server ? 'BYLAW_SERVER' : 'BYLAW_TOKEN'} is set and ${server ? 'BYLAW_TOKEN' : 'BYLAW_SERVER'} is not. Set both, or neither.`,
    );
  const file = sessionFile(environment);
  if (!existsSync(file))
    throw new Problem(
      'No server is known yet. “bylaw login http://127.0.0.1:7700” asks for a token, which you create in the console under your name > Tokens.',
    );
  const parsed = schema.safeParse(readJson(file));
  if (!parsed.success) throw new Problem(`${file} cannot be read. “bylaw login” creates it again.`);
  return parsed.data;
}

/** Format of a token; anything else must not reach a header or a message. */
export function tokenText(text: string): string {
  const token = text.trim();
  if (!/^byl_[A-Za-z0-9_-]+$/.test(token))
    throw new Problem(
      'That is not a token: a token starts with “byl_” and has only letters, digits, “-” and “_”. Create one in the console under your name > Tokens.',
    );
  return token;
}

/** Whether a server and a token are configured. */
export function isSignedIn(environment: NodeJS.ProcessEnv = process.env): boolean {
  return (
    (Boolean(environment.BYLAW_SERVER?.trim()) && Boolean(environment.BYLAW_TOKEN?.trim())) ||
    existsSync(sessionFile(environment))
  );
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

export function storeSession(session: Session, environment: NodeJS.ProcessEnv = process.env): string {
  const file = sessionFile(environment);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, `${JSON.stringify(session, null, 2)}\n`, { mode: 0o600 });
  // Writing to an existing file does not change its mode.
  chmodSync(file, 0o600);
  return file;
}

export function forgetSession(environment: NodeJS.ProcessEnv = process.env): boolean {
  const file = sessionFile(environment);
  if (!existsSync(file)) return false;
  rmSync(file);
  return true;
}

/** A server's URL without a path. Without TLS, a token is only sent to this machine. */
export function serverAddress(text: string): string {
  let url: URL;
  try {
    url = new URL(/^https?:\/\//.test(text) ? text : `http://${text}`);
  } catch {
    throw new Problem(`“${text}” is not a server address. Write it like http://127.0.0.1:7700.`);
  }
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol === 'http:' && !local)
    throw new Problem(
      `${url.origin} is not encrypted, so a token sent there could be read on the way. Use its https address.`,
    );
  return url.origin;
}
